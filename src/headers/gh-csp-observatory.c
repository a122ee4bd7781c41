/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Judges policies as the MDN HTTP Observatory's test of Content-Security-Policy does. */

#include "gh-csp-observatory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-csp-observatory-private.h"

#define NONE "'none'"
#define UNSAFE_INLINE "'unsafe-inline'"

typedef enum
{
  DEFAULT_SRC_NONE,
  NO_UNSAFE,
  UNSAFE_INLINE_IN_STYLE,
  DUPLICATE_DIRECTIVES,
  INSECURE_SCHEME_PASSIVE,
  UNSAFE_EVAL,
  UNSAFE_INLINE_IN_SCRIPT,
  INSECURE_SCHEME,
  INVALID,
  NOT_IMPLEMENTED,
  REPORT_ONLY,
  UNDECIDED,
} Result;

static const struct
{
  const char *name;
  int modifier;
  gboolean pass;
  const char *reason;
} results[] = {
  [DEFAULT_SRC_NONE] = { "csp-implemented-with-no-unsafe-default-src-none",
                         10,
                         TRUE,
                         N_ ("The policy allows nothing unsafe, and nothing at all by default.") },
  [NO_UNSAFE] = { "csp-implemented-with-no-unsafe",
                  5,
                  TRUE,
                  N_ ("The policy allows nothing unsafe. With default-src 'none' it would be as "
                      "tight as can be.") },
  [UNSAFE_INLINE_IN_STYLE] = { "csp-implemented-with-unsafe-inline-in-style-src-only",
                               0,
                               TRUE,
                               N_ ("The policy is safe but for styles, which may come from "
                                   "anywhere or stand in the page.") },
  [DUPLICATE_DIRECTIVES] = { "csp-implemented-but-duplicate-directives",
                             0,
                             TRUE,
                             N_ ("The policy names a reporting directive twice.") },
  [INSECURE_SCHEME_PASSIVE]
  = { "csp-implemented-with-insecure-scheme-in-passive-content-only",
      -10,
      TRUE,
      N_ ("The policy allows images or media over unprotected connections.") },
  [UNSAFE_EVAL] = { "csp-implemented-with-unsafe-eval",
                    -10,
                    FALSE,
                    N_ ("The policy lets scripts turn text into code.") },
  [UNSAFE_INLINE_IN_SCRIPT]
  = { "csp-implemented-with-unsafe-inline",
      -20,
      FALSE,
      N_ ("The policy allows scripts written into the page, from data: or from anywhere, or "
          "plug-ins from anywhere.") },
  [INSECURE_SCHEME] = { "csp-implemented-with-insecure-scheme",
                        -20,
                        FALSE,
                        N_ ("The policy allows unprotected connections.") },
  [INVALID] = { "csp-header-invalid",
                -25,
                FALSE,
                N_ ("The policy cannot be read: it is empty, or names a directive twice.") },
  [NOT_IMPLEMENTED]
  = { "csp-not-implemented", -25, FALSE, N_ ("No Content-Security-Policy is sent.") },
  [REPORT_ONLY] = { "csp-not-implemented-but-reporting-enabled",
                    -25,
                    FALSE,
                    N_ ("A Content-Security-Policy is only reported on, none is enforced.") },
};

/* Sources that let in what anyone serves. */
static const char *const broad[]
  = { "ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*" };
static const char *const inline_sources[] = { UNSAFE_INLINE, "data:" };
static const char *const secret_prefixes[] = { "'sha256-", "'sha384-", "'sha512-", "'nonce-" };

/* An absent directive allows everything. */
static GhCspObservatorySource everything = { .text = "*", .length = 1, .keep = TRUE };

/* One without sources, or that lost all of them, blocks everything. */
static GhCspObservatorySource nothing = { .text = NONE, .length = sizeof NONE - 1, .keep = TRUE };

typedef struct
{
  GhCspObservatorySource *sources;
  guint n_sources;
} Sources;

static gboolean
source_is (const GhCspObservatorySource *source, const char *text, gsize length)
{
  return source->length == length && source->keep && memcmp (source->text, text, length) == 0;
}

static gboolean
source_begins (const GhCspObservatorySource *source, const char *prefix, gsize length)
{
  return source->length >= length && source->keep && memcmp (source->text, prefix, length) == 0;
}

static Sources
get_list_sources (GhCspObservatoryPolicy *policy, const GhCspObservatoryList *list)
{
  if (list->n_sources == 0)
    return (Sources){ &nothing, 1 };

  return (Sources){ gh_csp_observatory_policy_get_sources (policy, list), list->n_sources };
}

static Sources
get_sources (GhCspObservatoryPolicy *policy, const char *name, const char *fallback)
{
  GhCspObservatoryList *list = gh_csp_observatory_policy_lookup (policy, name);

  if (list == NULL && fallback != NULL)
    list = gh_csp_observatory_policy_lookup (policy, fallback);
  if (list == NULL)
    return (Sources){ &everything, 1 };

  return get_list_sources (policy, list);
}

static gboolean
has_source (Sources list, const char *text)
{
  gsize length = strlen (text);

  for (guint i = 0; i < list.n_sources; i++)
    if (source_is (&list.sources[i], text, length))
      return TRUE;

  return FALSE;
}

static gboolean
has_any (Sources list, const char *const *texts, guint n_texts)
{
  for (guint i = 0; i < n_texts; i++)
    if (has_source (list, texts[i]))
      return TRUE;

  return FALSE;
}

static gboolean
has_prefix (Sources list, const char *prefix)
{
  gsize length = strlen (prefix);

  for (guint i = 0; i < list.n_sources; i++)
    if (source_begins (&list.sources[i], prefix, length))
      return TRUE;

  return FALSE;
}

static gboolean
is_broad (Sources list)
{
  return has_any (list, broad, G_N_ELEMENTS (broad));
}

static gboolean
is_unsafe (Sources list)
{
  return is_broad (list) || has_any (list, inline_sources, G_N_ELEMENTS (inline_sources));
}

static gboolean
has_secret (Sources list)
{
  for (guint i = 0; i < G_N_ELEMENTS (secret_prefixes); i++)
    if (has_prefix (list, secret_prefixes[i]))
      return TRUE;

  return FALSE;
}

/* What is taken out is gone for every directive that falls back to the same list. */
static void
remove_source (Sources list, const char *text)
{
  gsize length = strlen (text);

  for (guint i = 0; i < list.n_sources; i++)
    if (source_is (&list.sources[i], text, length))
      list.sources[i].keep = FALSE;
}

static void
remove_prefix (Sources list, const char *prefix)
{
  gsize length = strlen (prefix);

  for (guint i = 0; i < list.n_sources; i++)
    if (source_begins (&list.sources[i], prefix, length))
      list.sources[i].keep = FALSE;
}

static void
reduce_dynamic (Sources script)
{
  for (guint i = 0; i < G_N_ELEMENTS (broad); i++)
    remove_prefix (script, broad[i]);
  remove_source (script, "'self'");
  remove_source (script, UNSAFE_INLINE);
}

static gboolean
has_insecure_scheme (Sources list)
{
  return has_prefix (list, "http:") || has_prefix (list, "ftp:");
}

static gboolean
is_active_insecure (GhCspObservatoryPolicy *policy, Sources script)
{
  const GhCspObservatoryList *others[] = {
    gh_csp_observatory_policy_lookup (policy, "img-src"),
    gh_csp_observatory_policy_lookup (policy, "media-src"),
    gh_csp_observatory_policy_lookup (policy, "script-src"),
  };

  for (guint i = 0; i < gh_csp_observatory_policy_get_n_lists (policy); i++)
    {
      const GhCspObservatoryList *list = gh_csp_observatory_policy_get_nth (policy, i);

      if (list != others[0] && list != others[1] && list != others[2]
          && has_insecure_scheme (get_list_sources (policy, list)))
        return TRUE;
    }

  return has_insecure_scheme (script);
}

static gboolean
is_passive_insecure (GhCspObservatoryPolicy *policy)
{
  return has_insecure_scheme (get_sources (policy, "img-src", "default-src"))
         || has_insecure_scheme (get_sources (policy, "media-src", "default-src"));
}

static gboolean
is_default_none (GhCspObservatoryPolicy *policy)
{
  Sources list = get_sources (policy, "default-src", NULL);
  guint n_none = 0;

  for (guint i = 0; i < list.n_sources; i++)
    {
      if (list.sources[i].keep && !source_is (&list.sources[i], NONE, strlen (NONE)))
        return FALSE;
      n_none += list.sources[i].keep;
    }

  return n_none > 0;
}

static void
decide (Result *result, Result found)
{
  if (*result == UNDECIDED)
    *result = found;
}

/* Nonces and hashes undo 'unsafe-inline', and with 'strict-dynamic' they undo hosts. */
static void
reduce (Sources script, Sources style, GhCspObservatory *verdict, Result *result)
{
  if (has_secret (script))
    remove_source (script, UNSAFE_INLINE);
  if (has_secret (style))
    remove_source (style, UNSAFE_INLINE);
  if (!has_source (script, "'strict-dynamic'"))
    return;

  if (has_secret (script))
    {
      reduce_dynamic (script);
      verdict->strict_dynamic = TRUE;
    }
  else
    decide (result, INVALID);
}

/* In the order of the test: the first that is found decides. */
static Result
judge (GhCspObservatoryPolicy *policy, gboolean is_https, GhCspObservatory *verdict)
{
  Sources object = get_sources (policy, "object-src", "default-src");
  Sources script = get_sources (policy, "script-src", "default-src");
  Sources style = get_sources (policy, "style-src", "default-src");
  Result result = UNDECIDED;

  reduce (script, style, verdict, &result);
  verdict->unsafe_inline = is_unsafe (script) || is_broad (object);
  verdict->insecure_scheme_active = is_https && is_active_insecure (policy, script);
  verdict->unsafe_eval
    = has_source (script, "'unsafe-eval'") || has_source (style, "'unsafe-eval'");
  verdict->insecure_scheme_passive = is_https && is_passive_insecure (policy);
  verdict->unsafe_inline_style = is_unsafe (style);
  verdict->default_none = is_default_none (policy);

  if (verdict->unsafe_inline)
    decide (&result, UNSAFE_INLINE_IN_SCRIPT);
  if (verdict->insecure_scheme_active)
    decide (&result, INSECURE_SCHEME);
  if (verdict->unsafe_eval)
    decide (&result, UNSAFE_EVAL);
  if (verdict->insecure_scheme_passive)
    decide (&result, INSECURE_SCHEME_PASSIVE);
  if (verdict->unsafe_inline_style)
    decide (&result, UNSAFE_INLINE_IN_STYLE);
  decide (&result, verdict->default_none ? DEFAULT_SRC_NONE : NO_UNSAFE);

  verdict->anti_clickjacking = !is_broad (get_sources (policy, "frame-ancestors", NULL));
  verdict->insecure_base_uri = is_unsafe (get_sources (policy, "base-uri", NULL));
  verdict->insecure_form_action = is_broad (get_sources (policy, "form-action", NULL));
  verdict->unsafe_objects = is_broad (object);
  verdict->has_frame_ancestors
    = gh_csp_observatory_policy_lookup (policy, "frame-ancestors") != NULL;

  return result;
}

static Result
evaluate (const char *const *headers,
          const char *const *report_only_headers,
          gboolean is_https,
          GhCspObservatory *verdict)
{
  static const char *const no_headers[] = { NULL };
  g_autoptr (GhCspObservatoryPolicy) policy
    = gh_csp_observatory_policy_parse (headers != NULL ? headers : no_headers);
  Result result;

  if (policy == NULL)
    return INVALID;
  if (gh_csp_observatory_policy_get_n_lists (policy) == 0)
    return report_only_headers != NULL && report_only_headers[0] != NULL ? REPORT_ONLY
                                                                         : NOT_IMPLEMENTED;

  result = judge (policy, is_https, verdict);

  return results[result].pass && policy->has_duplicates ? DUPLICATE_DIRECTIVES : result;
}

GhCspObservatory
gh_csp_observatory_evaluate (const char *const *headers,
                             const char *const *report_only_headers,
                             gboolean is_https)
{
  GhCspObservatory verdict = { 0 };
  Result result = evaluate (headers, report_only_headers, is_https, &verdict);

  verdict.result = results[result].name;
  verdict.modifier = results[result].modifier;
  verdict.pass = results[result].pass;

  return verdict;
}

const char *
gh_csp_observatory_get_reason (const char *result)
{
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    if (strcmp (results[i].name, result) == 0)
      return _ (results[i].reason);

  return NULL;
}
