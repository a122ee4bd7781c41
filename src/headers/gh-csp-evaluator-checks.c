/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The checks that CSP Evaluator makes by default, in the order in which it makes and reports
 * them. */

#include "gh-csp-evaluator-private.h"

#include <string.h>

#include "gh-csp-javascript.h"

typedef void (*Check) (GhCspEvaluator *self);

#define MINIMUM_NONCE_LENGTH 8

static const GhCspDirectiveId script_directives[]
  = { GH_CSP_SCRIPT_SRC, GH_CSP_SCRIPT_SRC_ATTR, GH_CSP_SCRIPT_SRC_ELEM };
static const GhCspDirectiveId xss_directives[] = { GH_CSP_SCRIPT_SRC,
                                                   GH_CSP_SCRIPT_SRC_ATTR,
                                                   GH_CSP_SCRIPT_SRC_ELEM,
                                                   GH_CSP_OBJECT_SRC,
                                                   GH_CSP_BASE_URI };
static const GhCspDirectiveId deprecated_directives[]
  = { GH_CSP_REFLECTED_XSS, GH_CSP_REFERRER, GH_CSP_DISOWN_OPENER, GH_CSP_PREFETCH_SRC };

static void
check_script_unsafe_inline (GhCspEvaluator *self)
{
  const GhCspTokenList *lists[G_N_ELEMENTS (script_directives)];
  guint n = gh_csp_evaluator_collect_lists (
    self, script_directives, G_N_ELEMENTS (script_directives), lists);

  for (guint i = 0; i < n; i++)
    {
      const GhCspToken *token
        = gh_csp_evaluator_find_keyword (self, lists[i], GH_CSP_KEYWORD_UNSAFE_INLINE);

      if (token != NULL)
        gh_csp_evaluator_report_token (
          self, GH_CSP_WEAKNESS_SCRIPT_UNSAFE_INLINE, GH_CSP_WEAKNESS_HIGH, lists[i], token);
      token = gh_csp_evaluator_find_keyword (self, lists[i], GH_CSP_KEYWORD_UNSAFE_HASHES);
      if (token != NULL)
        gh_csp_evaluator_report_token (self,
                                       GH_CSP_WEAKNESS_SCRIPT_UNSAFE_HASHES,
                                       GH_CSP_WEAKNESS_MEDIUM_MAYBE,
                                       lists[i],
                                       token);
    }
}

static void
check_script_unsafe_eval (GhCspEvaluator *self)
{
  const GhCspTokenList *lists[G_N_ELEMENTS (script_directives)];
  guint n = gh_csp_evaluator_collect_lists (
    self, script_directives, G_N_ELEMENTS (script_directives), lists);

  for (guint i = 0; i < n; i++)
    {
      const GhCspToken *token
        = gh_csp_evaluator_find_keyword (self, lists[i], GH_CSP_KEYWORD_UNSAFE_EVAL);

      if (token != NULL)
        gh_csp_evaluator_report_token (
          self, GH_CSP_WEAKNESS_SCRIPT_UNSAFE_EVAL, GH_CSP_WEAKNESS_MEDIUM_MAYBE, lists[i], token);
    }
}

/* Reports each value with the traits in the directives through which scripts run. */
static void
check_xss_traits (GhCspEvaluator *self, guint16 traits, GhCspWeaknessType type)
{
  const GhCspTokenList *lists[G_N_ELEMENTS (xss_directives)];
  guint n
    = gh_csp_evaluator_collect_lists (self, xss_directives, G_N_ELEMENTS (xss_directives), lists);

  for (guint i = 0; i < n; i++)
    {
      const GhCspToken *tokens = gh_csp_evaluator_get_tokens (self, lists[i]);

      if ((lists[i]->traits & traits) == 0)
        continue;
      for (guint j = 0; j < lists[i]->n_tokens; j++)
        if ((tokens[j].traits & traits) != 0 && !tokens[j].removed)
          gh_csp_evaluator_report_token (self, type, GH_CSP_WEAKNESS_HIGH, lists[i], &tokens[j]);
    }
}

static void
check_plain_url_schemes (GhCspEvaluator *self)
{
  check_xss_traits (self, GH_CSP_IS_XSS_SCHEME, GH_CSP_WEAKNESS_PLAIN_URL_SCHEMES);
}

static void
check_wildcards (GhCspEvaluator *self)
{
  check_xss_traits (self, GH_CSP_IS_WILDCARD, GH_CSP_WEAKNESS_PLAIN_WILDCARD);
}

static gboolean
is_empty (const GhCspEvaluator *self, const GhCspTokenList *list)
{
  const GhCspToken *tokens;

  if (list == NULL)
    return TRUE;

  tokens = gh_csp_evaluator_get_tokens (self, list);
  for (guint i = 0; i < list->n_tokens; i++)
    if (!tokens[i].removed)
      return FALSE;

  return TRUE;
}

static gboolean
needs_base_uri (const GhCspEvaluator *self)
{
  const GhCspTokenList *script = gh_csp_evaluator_get_effective_list (self, GH_CSP_SCRIPT_SRC);

  return gh_csp_evaluator_has_traits (self, script, GH_CSP_IS_STRICT_NONCE)
         || (gh_csp_evaluator_has_traits (self, script, GH_CSP_IS_STRICT_HASH)
             && gh_csp_evaluator_find_keyword (self, script, GH_CSP_KEYWORD_STRICT_DYNAMIC)
                  != NULL);
}

static void
report_missing (GhCspEvaluator *self, GhCspDirectiveId id)
{
  gh_csp_evaluator_report_directive (
    self, GH_CSP_WEAKNESS_MISSING_DIRECTIVES, GH_CSP_WEAKNESS_HIGH, id);
}

static void
check_missing_directives (GhCspEvaluator *self)
{
  if (is_empty (self, gh_csp_evaluator_get_effective_list (self, GH_CSP_OBJECT_SRC)))
    report_missing (self, GH_CSP_OBJECT_SRC);
  if (gh_csp_evaluator_get_effective_list (self, GH_CSP_SCRIPT_SRC) == NULL)
    report_missing (self, GH_CSP_SCRIPT_SRC);
  if (self->by_id[GH_CSP_BASE_URI] < 0 && needs_base_uri (self))
    report_missing (self, GH_CSP_BASE_URI);
}

/* "[12:3" and "]": the tool takes what begins so for an address, whatever the URL makes of it. */
static gboolean
begins_with_brackets (const char *address, gsize length)
{
  gsize i = 1;

  if (length < 3 || address[0] != '[')
    return FALSE;
  while (i < length && (g_ascii_isdigit (address[i]) || address[i] == ':'))
    i++;

  return i > 1 && i < length && address[i] == ']';
}

static void
judge_ip (GhCspEvaluator *self, const GhCspTokenList *list, const GhCspToken *token)
{
  gsize length = token->length;
  const char *address = gh_csp_url_skip_scheme (token->text, &length);

  if (gh_csp_url_parse (&self->url, address, length)
      && (self->url.is_ip || begins_with_brackets (address, length)))
    gh_csp_evaluator_report_token (
      self, GH_CSP_WEAKNESS_IP_SOURCE, GH_CSP_WEAKNESS_INFO, list, token);
}

static void
judge_nonce (GhCspEvaluator *self, const GhCspTokenList *list, const GhCspToken *token)
{
  const char *nonce = token->text + strlen ("'nonce-");
  gsize length = token->length - strlen ("'nonce-'");

  if (gh_javascript_get_length (nonce, length) < MINIMUM_NONCE_LENGTH)
    gh_csp_evaluator_report_token (
      self, GH_CSP_WEAKNESS_NONCE_LENGTH, GH_CSP_WEAKNESS_MEDIUM, list, token);
  if ((token->traits & GH_CSP_IS_STRICT_NONCE) == 0)
    gh_csp_evaluator_report_token (
      self, GH_CSP_WEAKNESS_NONCE_CHARSET, GH_CSP_WEAKNESS_INFO, list, token);
}

static void
judge_http (GhCspEvaluator *self, const GhCspTokenList *list, const GhCspToken *token)
{
  gh_csp_evaluator_report_token (
    self, GH_CSP_WEAKNESS_SRC_HTTP, GH_CSP_WEAKNESS_MEDIUM, list, token);
}

static void
judge_name (GhCspEvaluator *self, const GhCspTokenList *list, const GhCspToken *token)
{
  gh_csp_evaluator_report_token (
    self, GH_CSP_WEAKNESS_MISSING_SEMICOLON, GH_CSP_WEAKNESS_SYNTAX, list, token);
}

static gboolean
is_valid_in_quotes (const GhCspTokenList *list, const GhCspToken *token)
{
  if (list->id == GH_CSP_REQUIRE_TRUSTED_TYPES_FOR)
    return gh_csp_token_is (token, "'script'");
  if (list->id == GH_CSP_TRUSTED_TYPES)
    return gh_csp_token_is (token, "'allow-duplicates'") || token->keyword == GH_CSP_KEYWORD_NONE;

  return token->keyword != GH_CSP_NO_KEYWORD
         || (token->traits & (GH_CSP_IS_STRICT_HASH | GH_CSP_IS_STRICT_NONCE)) != 0;
}

static void
judge_keyword (GhCspEvaluator *self, const GhCspTokenList *list, const GhCspToken *token)
{
  if ((token->traits & GH_CSP_WANTS_QUOTES) != 0 || !is_valid_in_quotes (list, token))
    gh_csp_evaluator_report_token (
      self, GH_CSP_WEAKNESS_INVALID_KEYWORD, GH_CSP_WEAKNESS_SYNTAX, list, token);
}

/* Calls judge for each value of any directive that has one of the traits. */
static void
check_traits (GhCspEvaluator *self,
              guint16 traits,
              void (*judge) (GhCspEvaluator *, const GhCspTokenList *, const GhCspToken *))
{
  const GhCspTokenList *lists = self->lists.data;

  if ((self->traits & traits) == 0)
    return;
  for (guint i = 0; i < self->lists.length; i++)
    {
      const GhCspToken *tokens = gh_csp_evaluator_get_tokens (self, &lists[i]);

      if ((lists[i].traits & traits) == 0 || lists[i].removed)
        continue;
      for (guint j = 0; j < lists[i].n_tokens; j++)
        if ((tokens[j].traits & traits) != 0 && !tokens[j].removed)
          judge (self, &lists[i], &tokens[j]);
    }
}

static void
check_ip_source (GhCspEvaluator *self)
{
  check_traits (self, GH_CSP_MAY_BE_IP, judge_ip);
}

static void
check_nonce (GhCspEvaluator *self)
{
  check_traits (self, GH_CSP_IS_LOOSE_NONCE, judge_nonce);
}

static void
check_src_http (GhCspEvaluator *self)
{
  check_traits (self, GH_CSP_IS_HTTP_URL, judge_http);
}

static void
check_deprecated_directive (GhCspEvaluator *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (deprecated_directives); i++)
    if (self->by_id[deprecated_directives[i]] >= 0)
      gh_csp_evaluator_report_directive (
        self, GH_CSP_WEAKNESS_DEPRECATED_DIRECTIVE, GH_CSP_WEAKNESS_INFO, deprecated_directives[i]);
}

static void
check_unknown_directive (GhCspEvaluator *self)
{
  const GhCspTokenList *lists = self->lists.data;

  for (guint i = 0; i < self->lists.length; i++)
    if (lists[i].id == GH_CSP_NO_DIRECTIVE)
      {
        GhCspWeakness *weakness = gh_csp_evaluator_report (
          self, GH_CSP_WEAKNESS_UNKNOWN_DIRECTIVE, GH_CSP_WEAKNESS_SYNTAX);

        weakness->directive = lists[i].name;
        weakness->directive_length = lists[i].name_length;
      }
}

static void
check_missing_semicolon (GhCspEvaluator *self)
{
  check_traits (self, GH_CSP_IS_DIRECTIVE_NAME, judge_name);
}

static void
check_invalid_keyword (GhCspEvaluator *self)
{
  check_traits (self, GH_CSP_WANTS_QUOTES | GH_CSP_IS_QUOTED, judge_keyword);
}

static const Check default_checks[] = {
  check_script_unsafe_inline,
  check_script_unsafe_eval,
  check_plain_url_schemes,
  check_wildcards,
  check_missing_directives,
  gh_csp_evaluator_check_script_allowlist_bypass,
  gh_csp_evaluator_check_object_allowlist_bypass,
  check_ip_source,
  check_nonce,
  check_src_http,
  check_deprecated_directive,
  check_unknown_directive,
  check_missing_semicolon,
  check_invalid_keyword,
};

void
gh_csp_evaluator_check_default (GhCspEvaluator *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (default_checks); i++)
    default_checks[i](self);
}
