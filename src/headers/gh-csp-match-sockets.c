/* SPDX-License-Identifier: GPL-3.0-or-later */

/* WebSockets, about which browsers differ from CSP3. There, a WebSocket is an http or https
 * request before any source is asked (Fetch, section 4.4), so that http and https sources, and
 * hosts without a scheme, cover it, and ws: and wss: cover http and https addresses. In Chromium
 * and Firefox a source covers only what is of its own kind, but for * and 'self', and 'self' is
 * for no WebSocket in Safari before version 16. */

#include "gh-csp-match-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-csp-words.h"

/* %1$s is the directive, %2$s the source, %3$s what to add. */
static const char socket_note[]
  = N_ ("The specification has it so, but in Chromium and Firefox “%2$s” covers no WebSocket: add "
        "%3$s to %1$s.");
static const char web_note[]
  = N_ ("The specification has it so, but in Chromium and Firefox “%2$s” covers nothing but "
        "WebSockets: add %3$s to %1$s.");
static const char self_note[]
  = N_ ("Safari before version 16 takes %2$s for no WebSocket: for these, add %3$s to %1$s.");

static gboolean
is_for_sockets (const GhCspSource *source)
{
  return gh_csp_part_is (&source->scheme, "ws") || gh_csp_part_is (&source->scheme, "wss");
}

static gboolean
is_self (const GhCspSource *source)
{
  return source->kind == GH_CSP_SOURCE_KEYWORD && source->keyword == GH_CSP_KEYWORD_SELF;
}

/* Whether every browser takes a source that covers the location for what CSP3 takes it. */
static gboolean
is_undisputed (const GhCspSource *source, gboolean is_socket)
{
  return gh_csp_source_is_star (source)
         || (is_self (source) ? !is_socket : is_for_sockets (source) == is_socket);
}

/* The host of what is asked about, with the scheme that every browser understands. */
static char *
dup_addition (const GhCspQuestion *question)
{
  const GhCspLocation *location = question->location;
  gboolean is_secure = strcmp (location->scheme, "https") == 0;
  const char *scheme = question->is_socket ? (is_secure ? "wss" : "ws") : location->scheme;

  if (location->port == (is_secure ? 443 : 80))
    return g_strdup_printf ("%s://%s", scheme, location->host);

  return g_strdup_printf ("%s://%s:%d", scheme, location->host, location->port);
}

static char *
dup_note (const GhCspQuestion *question, const GhCspDirective *directive, const GhCspValue *value)
{
  g_autofree char *text = gh_csp_dup_span (question->csp, value->span);
  g_autofree char *addition = dup_addition (question);
  const char *words[] = { gh_csp_directive_get_name (directive->id), text, addition };
  const char *note = question->is_socket ? socket_note : web_note;
  GhCspSource source;

  gh_csp_question_parse (question, value, &source);
  if (is_self (&source))
    note = self_note;

  return gh_csp_fill (_ (note), words, G_N_ELEMENTS (words));
}

static gboolean
concerns (const GhCspQuestion *question)
{
  const GhCspLocation *location = question->location;

  return location != NULL && location->host != NULL
         && (strcmp (location->scheme, "http") == 0 || strcmp (location->scheme, "https") == 0);
}

char *
gh_csp_question_dup_socket_note (const GhCspQuestion *question, const GhCspDirective *directive)
{
  const GhCspValue *values = gh_csp_question_get_values (question, directive);
  const GhCspValue *disputed = NULL;

  if (!concerns (question))
    return NULL;

  for (guint i = 0; i < directive->n_values; i++)
    {
      GhCspSource source;

      gh_csp_question_parse (question, &values[i], &source);
      if (gh_csp_source_get_coverage (
            &source, question->location, question->origin, question->request->n_redirects)
          != GH_CSP_COVERS)
        continue;
      if (is_undisputed (&source, question->is_socket))
        return NULL;
      if (disputed == NULL || is_self (&source))
        disputed = &values[i];
    }

  return disputed != NULL ? dup_note (question, directive, disputed) : NULL;
}
