/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The checks that a browser makes before it loads or runs something: CSP3 sections 6.1
 * (pre-request and inline checks), 6.3, 6.4 and 6.7. */

#include "gh-csp-match.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-csp-match-private.h"
#include "gh-csp-words.h"

typedef enum
{
  FETCH,
  SCRIPT,
  STYLE,
  WORKER,
  PREFETCH,
  NAVIGATION,
  INLINE,
  INLINE_ATTRIBUTE,
  EVAL,
} Kind;

static const struct
{
  const char *name;
  GhCspDirectiveId directive;
  Kind kind;
} loads[GH_CSP_N_LOADS] = {
  [GH_CSP_LOAD_SCRIPT] = { "script", GH_CSP_SCRIPT_SRC_ELEM, SCRIPT },
  [GH_CSP_LOAD_STYLE] = { "style", GH_CSP_STYLE_SRC_ELEM, STYLE },
  [GH_CSP_LOAD_IMAGE] = { "img", GH_CSP_IMG_SRC, FETCH },
  [GH_CSP_LOAD_FONT] = { "font", GH_CSP_FONT_SRC, FETCH },
  [GH_CSP_LOAD_CONNECT] = { "connect", GH_CSP_CONNECT_SRC, FETCH },
  [GH_CSP_LOAD_FRAME] = { "frame", GH_CSP_FRAME_SRC, FETCH },
  [GH_CSP_LOAD_FENCED_FRAME] = { "fenced-frame", GH_CSP_FENCED_FRAME_SRC, FETCH },
  [GH_CSP_LOAD_WORKER] = { "worker", GH_CSP_WORKER_SRC, WORKER },
  [GH_CSP_LOAD_OBJECT] = { "object", GH_CSP_OBJECT_SRC, FETCH },
  [GH_CSP_LOAD_MEDIA] = { "media", GH_CSP_MEDIA_SRC, FETCH },
  [GH_CSP_LOAD_MANIFEST] = { "manifest", GH_CSP_MANIFEST_SRC, FETCH },
  [GH_CSP_LOAD_CHILD] = { "child", GH_CSP_CHILD_SRC, FETCH },
  [GH_CSP_LOAD_PREFETCH] = { "prefetch", GH_CSP_DEFAULT_SRC, PREFETCH },
  [GH_CSP_LOAD_BASE] = { "base", GH_CSP_BASE_URI, NAVIGATION },
  [GH_CSP_LOAD_FORM] = { "form", GH_CSP_FORM_ACTION, NAVIGATION },
  [GH_CSP_LOAD_ANCESTOR] = { "ancestor", GH_CSP_FRAME_ANCESTORS, NAVIGATION },
  [GH_CSP_LOAD_INLINE_SCRIPT] = { "inline-script", GH_CSP_SCRIPT_SRC_ELEM, INLINE },
  [GH_CSP_LOAD_INLINE_SCRIPT_ATTRIBUTE]
  = { "inline-script-attribute", GH_CSP_SCRIPT_SRC_ATTR, INLINE_ATTRIBUTE },
  [GH_CSP_LOAD_INLINE_STYLE] = { "inline-style", GH_CSP_STYLE_SRC_ELEM, INLINE },
  [GH_CSP_LOAD_INLINE_STYLE_ATTRIBUTE]
  = { "inline-style-attribute", GH_CSP_STYLE_SRC_ATTR, INLINE_ATTRIBUTE },
  [GH_CSP_LOAD_JAVASCRIPT_URL] = { "javascript-url", GH_CSP_SCRIPT_SRC_ELEM, INLINE_ATTRIBUTE },
  [GH_CSP_LOAD_EVAL] = { "eval", GH_CSP_SCRIPT_SRC, EVAL },
  [GH_CSP_LOAD_WASM_EVAL] = { "wasm-eval", GH_CSP_SCRIPT_SRC, EVAL },
};

/* Why it is allowed, then why it is blocked. */
typedef enum
{
  UNRESTRICTED,
  BY_SOURCE,
  BY_NONCE,
  BY_INTEGRITY,
  BY_HASH,
  BY_TRUST,
  BY_KEYWORD,
  BY_OTHER_DIRECTIVE,
  NOTHING_ALLOWED,
  NO_SOURCE,
  ONLY_SCHEME,
  ONLY_PORT,
  ONLY_PATH,
  NO_TRUST,
  NO_INLINE,
  INLINE_VOID,
  NO_EVAL,
} Reason;

#define FIRST_BLOCKED NOTHING_ALLOWED

/* %1$s is the directive, %2$s the source. */
static const char *const messages[] = {
  [UNRESTRICTED] = N_ ("Allowed: nothing in the policy restricts it."),
  [BY_SOURCE] = N_ ("Allowed: “%2$s” in %1$s covers it."),
  [BY_NONCE] = N_ ("Allowed: its nonce is the one in %1$s."),
  [BY_INTEGRITY] = N_ ("Allowed: all its integrity hashes stand in %1$s."),
  [BY_HASH] = N_ ("Allowed: the hash %2$s in %1$s is that of what stands in the page."),
  [BY_TRUST] = N_ ("Allowed: a trusted script adds it, and %1$s holds 'strict-dynamic'."),
  [BY_KEYWORD] = N_ ("Allowed by %2$s in %1$s."),
  [BY_OTHER_DIRECTIVE] = N_ ("Allowed: “%2$s” in %1$s covers it, and one directive is enough for "
                             "what is fetched ahead."),
  [NOTHING_ALLOWED] = N_ ("Blocked: %1$s allows nothing."),
  [NO_SOURCE] = N_ ("Blocked: no source in %1$s covers it."),
  [ONLY_SCHEME] = N_ ("Blocked: “%2$s” in %1$s comes near, but the scheme is another."),
  [ONLY_PORT] = N_ ("Blocked: “%2$s” in %1$s comes near, but the port is another."),
  [ONLY_PATH] = N_ ("Blocked: “%2$s” in %1$s comes near, but the path is another."),
  [NO_TRUST] = N_ ("Blocked: with 'strict-dynamic', hosts in %1$s count for nothing, and the page "
                   "itself has to give the script a nonce or a hash."),
  [NO_INLINE] = N_ ("Blocked: %1$s allows nothing that stands in the page without its nonce or "
                    "hash."),
  [INLINE_VOID] = N_ ("Blocked: 'unsafe-inline' in %1$s is void beside a nonce, a hash or "
                      "'strict-dynamic'."),
  [NO_EVAL] = N_ ("Blocked: %1$s does not let text be turned into code."),
};

typedef struct
{
  Reason reason;
  const GhCspDirective *directive; /* NULL when unrestricted */
  const GhCspValue *value;         /* or NULL */
} Judgement;

static gboolean
allows_nothing (const GhCspQuestion *question, const GhCspDirective *directive)
{
  return directive->n_values == 0
         || (directive->n_values == 1
             && gh_csp_question_get_values (question, directive)->keyword == GH_CSP_KEYWORD_NONE);
}

static Reason
get_near_reason (GhCspCoverage coverage)
{
  switch (coverage)
    {
    case GH_CSP_MISSES_SCHEME:
      return ONLY_SCHEME;
    case GH_CSP_MISSES_PORT:
      return ONLY_PORT;
    case GH_CSP_MISSES_PATH:
      return ONLY_PATH;
    case GH_CSP_COVERS:
      return BY_SOURCE;
    case GH_CSP_MISSES:
    default:
      return NO_SOURCE;
    }
}

/* 6.7.2.7: the first source that covers the URL, or the one that comes nearest. */
static Judgement
judge_url (const GhCspQuestion *question, const GhCspDirective *directive)
{
  const GhCspValue *values = gh_csp_question_get_values (question, directive);
  Judgement best = { NO_SOURCE, directive, NULL };
  GhCspCoverage nearest = GH_CSP_MISSES;

  if (allows_nothing (question, directive))
    return (Judgement){ NOTHING_ALLOWED, directive, NULL };

  for (guint i = 0; i < directive->n_values && nearest != GH_CSP_COVERS; i++)
    {
      GhCspCoverage coverage;
      GhCspSource source;

      gh_csp_question_parse (question, &values[i], &source);
      coverage = gh_csp_source_get_coverage (
        &source, question->location, question->origin, question->request->n_redirects);
      if (coverage > nearest)
        {
          nearest = coverage;
          best = (Judgement){ get_near_reason (coverage), directive, &values[i] };
        }
    }

  return best;
}

static const GhCspValue *
find_keyword (const GhCspQuestion *question, const GhCspDirective *directive, GhCspKeyword keyword)
{
  return gh_csp_find_keyword (question->csp, directive, keyword);
}

/* 6.7.1.1 */
static Judgement
judge_script (const GhCspQuestion *question, const GhCspDirective *directive)
{
  const GhCspValue *value = gh_csp_question_find_nonce (question, directive);

  if (value != NULL)
    return (Judgement){ BY_NONCE, directive, value };
  if (gh_csp_question_matches_integrity (question, directive))
    return (Judgement){ BY_INTEGRITY, directive, NULL };

  value = find_keyword (question, directive, GH_CSP_KEYWORD_STRICT_DYNAMIC);
  if (value != NULL)
    return (
      Judgement){ question->request->parser_inserted ? NO_TRUST : BY_TRUST, directive, value };

  return judge_url (question, directive);
}

static Judgement
judge_style (const GhCspQuestion *question, const GhCspDirective *directive)
{
  const GhCspValue *value = gh_csp_question_find_nonce (question, directive);

  return value != NULL ? (Judgement){ BY_NONCE, directive, value }
                       : judge_url (question, directive);
}

static gboolean
is_for_scripts (GhCspLoad load)
{
  return load == GH_CSP_LOAD_INLINE_SCRIPT || load == GH_CSP_LOAD_INLINE_SCRIPT_ATTRIBUTE
         || load == GH_CSP_LOAD_JAVASCRIPT_URL;
}

/* 6.7.3.2: what takes the force from 'unsafe-inline'. */
static gboolean
voids_inline (const GhCspValue *value, GhCspLoad load)
{
  return value->kind == GH_CSP_SOURCE_NONCE || value->kind == GH_CSP_SOURCE_HASH
         || (value->keyword == GH_CSP_KEYWORD_STRICT_DYNAMIC && is_for_scripts (load));
}

/* 6.7.3.3 */
static Judgement
judge_inline (const GhCspQuestion *question, const GhCspDirective *directive, gboolean is_attribute)
{
  const GhCspValue *values = gh_csp_question_get_values (question, directive);
  const GhCspValue *unsafe = find_keyword (question, directive, GH_CSP_KEYWORD_UNSAFE_INLINE);
  const GhCspValue *value;
  gboolean is_void = FALSE;

  if (allows_nothing (question, directive))
    return (Judgement){ NOTHING_ALLOWED, directive, NULL };
  for (guint i = 0; i < directive->n_values; i++)
    is_void |= voids_inline (&values[i], question->request->load);
  if (unsafe != NULL && !is_void)
    return (Judgement){ BY_KEYWORD, directive, unsafe };

  value = is_attribute ? NULL : gh_csp_question_find_nonce (question, directive);
  if (value != NULL)
    return (Judgement){ BY_NONCE, directive, value };
  if (!is_attribute || find_keyword (question, directive, GH_CSP_KEYWORD_UNSAFE_HASHES) != NULL)
    value = gh_csp_question_find_content (question, directive);
  if (value != NULL)
    return (Judgement){ BY_HASH, directive, value };

  return (Judgement){ unsafe != NULL ? INLINE_VOID : NO_INLINE, directive, unsafe };
}

static Judgement
judge_eval (const GhCspQuestion *question, const GhCspDirective *directive)
{
  const GhCspValue *value = find_keyword (question, directive, GH_CSP_KEYWORD_UNSAFE_EVAL);

  if (value == NULL && question->request->load == GH_CSP_LOAD_WASM_EVAL)
    value = find_keyword (question, directive, GH_CSP_KEYWORD_WASM_UNSAFE_EVAL);

  return (Judgement){ value != NULL ? BY_KEYWORD : NO_EVAL, directive, value };
}

/* 6.1.3.1 and 4.1.4: with a default-src, one directive of the policy has to allow it. */
static Judgement
judge_prefetch (const GhCspQuestion *question,
                const GhCspPolicy *policy,
                const GhCspDirective *default_src)
{
  const GhCspDirective *directives = gh_csp_get_directives (question->csp, NULL);
  Judgement judgement = judge_url (question, default_src);

  for (guint i = policy->first_directive;
       judgement.reason >= FIRST_BLOCKED && i < policy->first_directive + policy->n_directives;
       i++)
    if (directives[i].skipped == GH_CSP_OBEYED
        && (gh_csp_directive_get_flags (directives[i].id) & GH_CSP_DIRECTIVE_FETCH) != 0)
      {
        Judgement other = judge_url (question, &directives[i]);

        if (other.reason == BY_SOURCE)
          judgement = (Judgement){ BY_OTHER_DIRECTIVE, other.directive, other.value };
      }

  return judgement;
}

static Judgement
judge_policy (const GhCspQuestion *question, const GhCspPolicy *policy)
{
  GhCspLoad load = question->request->load;
  const GhCspDirective *directive
    = gh_csp_lookup_effective (question->csp, policy, loads[load].directive);

  if (directive == NULL)
    return (Judgement){ UNRESTRICTED, NULL, NULL };

  switch (loads[load].kind)
    {
    case SCRIPT:
      return judge_script (question, directive);
    case STYLE:
      return judge_style (question, directive);
    case WORKER:
      return directive->id == GH_CSP_SCRIPT_SRC ? judge_script (question, directive)
                                                : judge_url (question, directive);
    case PREFETCH:
      return judge_prefetch (question, policy, directive);
    case INLINE:
      return judge_inline (question, directive, FALSE);
    case INLINE_ATTRIBUTE:
      return judge_inline (question, directive, TRUE);
    case EVAL:
      return judge_eval (question, directive);
    case FETCH:
    case NAVIGATION:
    default:
      return judge_url (question, directive);
    }
}

static gboolean
upgrades (const GhCsp *csp)
{
  guint n_policies;
  const GhCspPolicy *policies = gh_csp_get_policies (csp, &n_policies);

  for (guint i = 0; i < n_policies; i++)
    if (gh_csp_lookup (csp, &policies[i], GH_CSP_UPGRADE_INSECURE_REQUESTS) != NULL)
      return TRUE;

  return FALSE;
}

/* The directive that is named for the load, and the one that stands in for it, if another. */
static char *
dup_message (const GhCspQuestion *question, const Judgement *judgement, const char *source)
{
  GhCspDirectiveId effective = loads[question->request->load].directive;
  const char *words[] = { NULL, source };
  const char *names[] = { NULL, gh_csp_directive_get_name (effective) };
  g_autofree char *message = NULL;
  g_autofree char *instead = NULL;

  if (judgement->directive != NULL)
    words[0] = names[0] = gh_csp_directive_get_name (judgement->directive->id);
  message = gh_csp_fill (_ (messages[judgement->reason]), words, G_N_ELEMENTS (words));
  if (judgement->directive == NULL || judgement->directive->id == effective
      || judgement->reason == BY_OTHER_DIRECTIVE)
    return g_steal_pointer (&message);

  instead = gh_csp_fill (
    _ ("%1$s stands in for %2$s, which the policy does not have."), names, G_N_ELEMENTS (names));

  return g_strjoin (" ", message, instead, NULL);
}

/* What allows by an address may be read otherwise by browsers. */
static char *
dup_note (const GhCspQuestion *question, const Judgement *judgement)
{
  return judgement->reason == BY_SOURCE || judgement->reason == BY_OTHER_DIRECTIVE
           ? gh_csp_question_dup_socket_note (question, judgement->directive)
           : NULL;
}

static GhCspVerdict *
make_verdict (const GhCspQuestion *question, const Judgement *judgement, guint policy)
{
  GhCspVerdict *verdict = g_new0 (GhCspVerdict, 1);

  verdict->allowed = judgement->reason < FIRST_BLOCKED;
  verdict->effective = loads[question->request->load].directive;
  verdict->directive
    = judgement->directive != NULL ? judgement->directive->id : GH_CSP_NO_DIRECTIVE;
  verdict->policy = policy;
  if (judgement->value != NULL)
    verdict->source = gh_csp_dup_span (question->csp, judgement->value->span);
  verdict->message = dup_message (question, judgement, verdict->source);

  return verdict;
}

/* Blocked by the first policy that blocks; allowed by the last that has anything to say, with
 * the first note there is. */
static GhCspVerdict *
judge (const GhCspQuestion *question)
{
  guint n_policies;
  const GhCspPolicy *policies = gh_csp_get_policies (question->csp, &n_policies);
  g_autofree char *note = NULL;
  Judgement decisive = { UNRESTRICTED, NULL, NULL };
  GhCspVerdict *verdict;
  guint policy = 0;

  for (guint i = 0; i < n_policies && decisive.reason < FIRST_BLOCKED; i++)
    {
      Judgement judgement = judge_policy (question, &policies[i]);

      if (judgement.reason == UNRESTRICTED)
        continue;
      if (note == NULL)
        note = dup_note (question, &judgement);
      decisive = judgement;
      policy = i;
    }

  verdict = make_verdict (question, &decisive, policy);
  if (verdict->allowed)
    verdict->note = g_steal_pointer (&note);

  return verdict;
}

GhCspVerdict *
gh_csp_match (const GhCsp *csp, const GhCspRequest *request, GError **error)
{
  g_autoptr (GhCspLocation) origin = NULL;
  g_autoptr (GhCspLocation) location = NULL;
  GhCspQuestion question = { csp, request, NULL, NULL, FALSE };

  g_return_val_if_fail (request->load < GH_CSP_N_LOADS, NULL);

  origin = gh_csp_location_parse (request->self_origin, error);
  if (origin == NULL)
    return NULL;
  if (gh_csp_load_needs_url (request->load))
    {
      location = gh_csp_location_parse (request->url, error);
      if (location == NULL)
        return NULL;
      if (loads[request->load].kind != NAVIGATION && upgrades (csp))
        gh_csp_location_upgrade (location);
      if (request->load == GH_CSP_LOAD_CONNECT)
        question.is_socket = gh_csp_location_resolve_socket (location);
    }
  question.origin = origin;
  question.location = location;

  return judge (&question);
}

void
gh_csp_verdict_free (GhCspVerdict *verdict)
{
  if (verdict == NULL)
    return;

  g_free (verdict->source);
  g_free (verdict->message);
  g_free (verdict->note);
  g_free (verdict);
}

const char *
gh_csp_load_to_string (GhCspLoad load)
{
  g_return_val_if_fail (load < GH_CSP_N_LOADS, NULL);

  return loads[load].name;
}

gboolean
gh_csp_load_from_string (const char *text, GhCspLoad *load)
{
  for (guint i = 0; i < GH_CSP_N_LOADS; i++)
    if (strcmp (loads[i].name, text) == 0)
      {
        *load = i;
        return TRUE;
      }

  return FALSE;
}

gboolean
gh_csp_load_needs_url (GhCspLoad load)
{
  g_return_val_if_fail (load < GH_CSP_N_LOADS, FALSE);

  return loads[load].kind < INLINE;
}
