/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables of what is usual, less what is there already. */

#include "gh-csp-suggestions.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-csp-seen.h"

#define BIT(id) (G_GUINT64_CONSTANT (1) << (id))

#define SCRIPTS                                                                                    \
  (BIT (GH_CSP_SCRIPT_SRC) | BIT (GH_CSP_SCRIPT_SRC_ELEM) | BIT (GH_CSP_SCRIPT_SRC_ATTR))
#define STYLES (BIT (GH_CSP_STYLE_SRC) | BIT (GH_CSP_STYLE_SRC_ELEM) | BIT (GH_CSP_STYLE_SRC_ATTR))
#define FETCHED                                                                                    \
  (BIT (GH_CSP_CHILD_SRC) | BIT (GH_CSP_CONNECT_SRC) | BIT (GH_CSP_DEFAULT_SRC)                    \
   | BIT (GH_CSP_FENCED_FRAME_SRC) | BIT (GH_CSP_FONT_SRC) | BIT (GH_CSP_FRAME_SRC)                \
   | BIT (GH_CSP_IMG_SRC) | BIT (GH_CSP_MANIFEST_SRC) | BIT (GH_CSP_MEDIA_SRC)                     \
   | BIT (GH_CSP_OBJECT_SRC) | BIT (GH_CSP_PREFETCH_SRC) | BIT (GH_CSP_WORKER_SRC))
#define SOURCE_LISTS                                                                               \
  (FETCHED | SCRIPTS | STYLES | BIT (GH_CSP_BASE_URI) | BIT (GH_CSP_FORM_ACTION)                   \
   | BIT (GH_CSP_FRAME_ANCESTORS) | BIT (GH_CSP_NAVIGATE_TO))
#define SANDBOX BIT (GH_CSP_SANDBOX)

typedef struct
{
  GhCspDirectiveId id;
  const char *values; /* to begin with where nothing restricts it */
  const char *help;
} DirectiveWords;

/* In the order in which they are offered. */
static const DirectiveWords directive_words[] = {
  { GH_CSP_DEFAULT_SRC, "'self'", N_ ("Whatever has no directive of its own") },
  { GH_CSP_SCRIPT_SRC, "'self'", N_ ("Scripts") },
  { GH_CSP_STYLE_SRC, "'self'", N_ ("Style sheets") },
  { GH_CSP_IMG_SRC, "'self'", N_ ("Images") },
  { GH_CSP_FONT_SRC, "'self'", N_ ("Fonts") },
  { GH_CSP_CONNECT_SRC, "'self'", N_ ("Connections that scripts make") },
  { GH_CSP_FRAME_SRC, "'self'", N_ ("Pages shown in frames of this one") },
  { GH_CSP_FRAME_ANCESTORS, "'none'", N_ ("Sites that may show these pages in a frame") },
  { GH_CSP_OBJECT_SRC, "'none'", N_ ("Plugins") },
  { GH_CSP_BASE_URI, "'none'", N_ ("What relative addresses may be made to start from") },
  { GH_CSP_FORM_ACTION, "'self'", N_ ("Where forms may be sent") },
  { GH_CSP_UPGRADE_INSECURE_REQUESTS, "", N_ ("Loads by HTTPS what a page names by HTTP") },
  { GH_CSP_MEDIA_SRC, "'self'", N_ ("Sound and films") },
  { GH_CSP_WORKER_SRC, "'self'", N_ ("Scripts that run in the background") },
  { GH_CSP_MANIFEST_SRC, "'self'", N_ ("The manifest of a web application") },
  { GH_CSP_CHILD_SRC, "'self'", N_ ("Frames and workers without a directive of their own") },
  { GH_CSP_REPORT_TO, "", N_ ("Name of the endpoint that is told of what was blocked") },
  { GH_CSP_REPORT_URI, "", N_ ("The same for older browsers, as an address") },
  { GH_CSP_SCRIPT_SRC_ELEM, "'self'", N_ ("Scripts in elements, apart from other scripts") },
  { GH_CSP_SCRIPT_SRC_ATTR, "'none'", N_ ("Scripts in attributes such as onclick") },
  { GH_CSP_STYLE_SRC_ELEM, "'self'", N_ ("Style sheets in elements, apart from other styles") },
  { GH_CSP_STYLE_SRC_ATTR, "'none'", N_ ("Styles in attributes") },
  { GH_CSP_REQUIRE_TRUSTED_TYPES_FOR,
    "'script'",
    N_ ("Scripts may write markup only through checked types") },
  { GH_CSP_TRUSTED_TYPES, "'none'", N_ ("Who may make such checked types") },
  { GH_CSP_SANDBOX,
    "allow-forms allow-same-origin allow-scripts",
    N_ ("Shuts pages in, but for what is named") },
  { GH_CSP_FENCED_FRAME_SRC, "'self'", N_ ("Pages shown in fenced frames") },
  { GH_CSP_WEBRTC, "'allow'", N_ ("Direct connections between browsers") },
  { GH_CSP_BLOCK_ALL_MIXED_CONTENT, "", N_ ("Outdated: browsers do this by themselves") },
  { GH_CSP_PREFETCH_SRC, "", N_ ("Outdated: no browser obeys it") },
  { GH_CSP_NAVIGATE_TO, "", N_ ("Outdated: no browser obeys it") },
  { GH_CSP_DISOWN_OPENER, "", N_ ("Outdated: no browser obeys it") },
  { GH_CSP_PLUGIN_TYPES, "", N_ ("Outdated: no browser obeys it") },
  { GH_CSP_REFERRER, "", N_ ("Outdated: Referrer-Policy says this") },
  { GH_CSP_REFLECTED_XSS, "", N_ ("Outdated: no browser obeys it") },
  { GH_CSP_REQUIRE_SRI_FOR, "", N_ ("Outdated: no browser obeys it") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (directive_words) == GH_CSP_N_DIRECTIVES);

/* From safe to dangerous. */
static const struct
{
  const char *text;
  guint64 directives;
  const char *help;
} value_words[] = {
  { "'self'", SOURCE_LISTS, N_ ("The workspace's own host") },
  { "'strict-dynamic'", SCRIPTS, N_ ("What scripts with a hash or a nonce load themselves") },
  { "'report-sample'", SCRIPTS | STYLES, N_ ("Reports show how what was blocked begins") },
  { "'script'", BIT (GH_CSP_REQUIRE_TRUSTED_TYPES_FOR), N_ ("All ways of writing markup") },
  { "default", BIT (GH_CSP_TRUSTED_TYPES), N_ ("The type that is used where none is named") },
  { "dompurify", BIT (GH_CSP_TRUSTED_TYPES), N_ ("The type of the library DOMPurify") },
  { "'block'", BIT (GH_CSP_WEBRTC), N_ ("No such connections") },
  { "'allow'", BIT (GH_CSP_WEBRTC), N_ ("All such connections") },
  { "allow-forms", SANDBOX, N_ ("Forms can be sent") },
  { "allow-same-origin", SANDBOX, N_ ("Pages keep their origin, with cookies and storage") },
  { "allow-scripts", SANDBOX, N_ ("Scripts run") },
  { "allow-popups", SANDBOX, N_ ("New windows can be opened") },
  { "allow-popups-to-escape-sandbox", SANDBOX, N_ ("New windows are not shut in") },
  { "allow-modals", SANDBOX, N_ ("Pages can ask and wait for the answer") },
  { "allow-downloads", SANDBOX, N_ ("Files can be downloaded") },
  { "data:",
    BIT (GH_CSP_IMG_SRC) | BIT (GH_CSP_FONT_SRC) | BIT (GH_CSP_MEDIA_SRC),
    N_ ("What is written into the address itself") },
  { "blob:",
    BIT (GH_CSP_IMG_SRC) | BIT (GH_CSP_MEDIA_SRC) | BIT (GH_CSP_WORKER_SRC),
    N_ ("What scripts of the page have made") },
  { "wss:", BIT (GH_CSP_CONNECT_SRC), N_ ("WebSockets to any host, encrypted") },
  { "'wasm-unsafe-eval'", SCRIPTS, N_ ("WebAssembly") },
  { "'inline-speculation-rules'", SCRIPTS, N_ ("Rules in a page for what is loaded early") },
  { "https:", SOURCE_LISTS & ~SCRIPTS, N_ ("Any host, by HTTPS") },
  { "'unsafe-hashes'", SCRIPTS | STYLES, N_ ("Hashes count for attributes too") },
  { "https:", SCRIPTS, N_ ("Any host, by HTTPS, also that of an attacker") },
  { "'unsafe-inline'", STYLES, N_ ("Any style written into a page") },
  { "'unsafe-eval'", SCRIPTS, N_ ("Text that is run as a script: weakens the policy") },
  { "'unsafe-inline'", SCRIPTS, N_ ("Any script written into a page, also an injected one") },
};

static GhCspSuggestion *
suggestion_new (char *text, const char *help)
{
  GhCspSuggestion *self = g_new (GhCspSuggestion, 1);

  self->text = text;
  self->help = help;
  return self;
}

static void
suggestion_free (gpointer data)
{
  GhCspSuggestion *self = data;

  g_free (self->text);
  g_free (self);
}

static const DirectiveWords *
find_words (GhCspDirectiveId id)
{
  for (guint i = 0; i < G_N_ELEMENTS (directive_words); i++)
    if (directive_words[i].id == id)
      return &directive_words[i];

  return NULL;
}

const char *
gh_csp_directive_get_help (GhCspDirectiveId id)
{
  const DirectiveWords *words = find_words (id);

  return words != NULL ? _ (words->help) : _ ("No browser knows this directive");
}

GPtrArray *
gh_csp_suggest_directives (const GhCsp *csp, guint policy)
{
  const GhCspPolicy *found = gh_csp_get_policy (csp, policy);
  GPtrArray *suggestions = g_ptr_array_new_with_free_func (suggestion_free);

  for (guint i = 0; i < G_N_ELEMENTS (directive_words); i++)
    {
      GhCspDirectiveId id = directive_words[i].id;

      if (gh_csp_directive_get_flags (id) & GH_CSP_DIRECTIVE_DEPRECATED
          || (found != NULL && gh_csp_lookup (csp, found, id) != NULL))
        continue;

      g_ptr_array_add (
        suggestions,
        suggestion_new (g_strdup (gh_csp_directive_get_name (id)), _ (directive_words[i].help)));
    }

  return suggestions;
}

static gboolean
has_value (const GhCsp *csp, const GhCspDirective *directive, const char *text)
{
  const GhCspValue *values = gh_csp_get_values (csp, NULL);
  gsize length = strlen (text);

  for (guint i = 0; i < directive->n_values; i++)
    {
      GhCspSpan span = values[directive->first_value + i].span;

      if (span.length == length
          && g_ascii_strncasecmp (gh_csp_get_span (csp, span), text, length) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Hosts that another directive of any policy names, each once. */
static void
suggest_hosts (const GhCsp *csp, const GhCspDirective *directive, GPtrArray *suggestions)
{
  guint n_values;
  const GhCspValue *values = gh_csp_get_values (csp, &n_values);
  GhCspSeen seen = { .entries = NULL };
  guint n_hosts = 0;

  gh_csp_seen_begin (&seen, n_values, TRUE);
  for (guint i = 0; i < directive->n_values; i++)
    {
      GhCspSpan span = values[directive->first_value + i].span;

      gh_csp_seen_add (&seen, gh_csp_get_span (csp, span), span.length, i);
    }
  for (guint i = 0; i < n_values && n_hosts < GH_CSP_SUGGESTED_HOSTS; i++)
    if (values[i].kind == GH_CSP_SOURCE_HOST
        && gh_csp_seen_add (&seen, gh_csp_get_span (csp, values[i].span), values[i].span.length, i)
             == GH_CSP_NOT_SEEN)
      {
        g_ptr_array_add (suggestions,
                         suggestion_new (gh_csp_dup_span (csp, values[i].span),
                                         _ ("Stands in another directive")));
        n_hosts++;
      }
  gh_csp_seen_clear (&seen);
}

GPtrArray *
gh_csp_suggest_values (const GhCsp *csp, const GhCspDirective *directive)
{
  GPtrArray *suggestions = g_ptr_array_new_with_free_func (suggestion_free);
  gboolean is_list = directive->id != GH_CSP_NO_DIRECTIVE
                     && gh_csp_directive_get_flags (directive->id) & GH_CSP_DIRECTIVE_SOURCE_LIST;

  if (directive->id == GH_CSP_NO_DIRECTIVE)
    return suggestions;
  if (is_list && directive->n_values == 0)
    g_ptr_array_add (suggestions, suggestion_new (g_strdup ("'none'"), _ ("Nothing at all")));

  for (guint i = 0; i < G_N_ELEMENTS (value_words); i++)
    if (value_words[i].directives & BIT (directive->id)
        && !has_value (csp, directive, value_words[i].text))
      g_ptr_array_add (suggestions,
                       suggestion_new (g_strdup (value_words[i].text), _ (value_words[i].help)));

  if (is_list)
    suggest_hosts (csp, directive, suggestions);
  return suggestions;
}

char *
gh_csp_dup_first_values (const GhCsp *csp, guint policy, GhCspDirectiveId id)
{
  const GhCspPolicy *found = gh_csp_get_policy (csp, policy);
  const GhCspDirective *stands_in = found != NULL ? gh_csp_lookup_effective (csp, found, id) : NULL;
  const GhCspValue *values = gh_csp_get_values (csp, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  if (stands_in == NULL)
    return g_strdup (find_words (id)->values);
  if (stands_in->n_values == 0)
    return g_strdup ("'none'");

  for (guint i = 0; i < stands_in->n_values; i++)
    {
      GhCspSpan span = values[stands_in->first_value + i].span;

      if (i > 0)
        g_string_append_c (text, ' ');
      g_string_append_len (text, gh_csp_get_span (csp, span), span.length);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
