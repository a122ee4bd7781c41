/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs the checks: first what has no effect is taken out, then the policy that is left is
 * judged. */

#include "gh-csp-evaluator-private.h"

#include <string.h>

static const GhCspDirectiveId script_directives[]
  = { GH_CSP_SCRIPT_SRC, GH_CSP_SCRIPT_SRC_ATTR, GH_CSP_SCRIPT_SRC_ELEM };

/* What a browser before CSP3 does not know. */
static const GhCspDirectiveId csp3_directives[]
  = { GH_CSP_REPORT_TO,       GH_CSP_WORKER_SRC,      GH_CSP_MANIFEST_SRC,
      GH_CSP_TRUSTED_TYPES,   GH_CSP_SCRIPT_SRC_ATTR, GH_CSP_REQUIRE_TRUSTED_TYPES_FOR,
      GH_CSP_SCRIPT_SRC_ELEM, GH_CSP_STYLE_SRC_ATTR,  GH_CSP_STYLE_SRC_ELEM };

static gboolean
is_fallback (const GhCspToken *token)
{
  return (token->traits & GH_CSP_HAS_DOT) != 0 || gh_csp_token_is (token, "http:")
         || gh_csp_token_is (token, "https:") || gh_csp_token_is (token, "*");
}

static gboolean
requires_trusted_types (const GhCspEvaluator *self)
{
  const GhCspTokenList *list = gh_csp_evaluator_get_list (self, GH_CSP_REQUIRE_TRUSTED_TYPES_FOR);

  for (guint i = 0; list != NULL && i < list->n_tokens; i++)
    if (gh_csp_token_is (&gh_csp_evaluator_get_tokens (self, list)[i], "'script'"))
      return TRUE;

  return FALSE;
}

static void
report_strict (GhCspEvaluator *self, GhCspWeaknessType type, GhCspDirectiveId id)
{
  gh_csp_evaluator_report_directive (self, type, GH_CSP_WEAKNESS_STRICT_CSP, id);
}

/* The strict set, made on the policy as it stands. */
static void
check_strict (GhCspEvaluator *self)
{
  GhCspDirectiveId id = gh_csp_evaluator_get_effective_id (self, GH_CSP_SCRIPT_SRC);
  const GhCspTokenList *list = gh_csp_evaluator_get_list (self, id);
  const GhCspTraits secret = GH_CSP_IS_STRICT_NONCE | GH_CSP_IS_STRICT_HASH;
  gboolean is_dynamic
    = gh_csp_evaluator_find_keyword (self, list, GH_CSP_KEYWORD_STRICT_DYNAMIC) != NULL;
  gboolean has_secret = gh_csp_evaluator_has_traits (self, list, secret);
  gboolean has_host = FALSE;
  gboolean has_fallback = FALSE;

  for (guint i = 0; list != NULL && i < list->n_tokens; i++)
    {
      const GhCspToken *token = &gh_csp_evaluator_get_tokens (self, list)[i];

      has_host |= (token->traits & GH_CSP_IS_QUOTED) == 0;
      has_fallback |= is_fallback (token);
    }

  if (has_host && !is_dynamic)
    report_strict (self, GH_CSP_WEAKNESS_STRICT_DYNAMIC, id);
  if (is_dynamic && !has_secret)
    gh_csp_evaluator_report_directive (
      self, GH_CSP_WEAKNESS_STRICT_DYNAMIC_NOT_STANDALONE, GH_CSP_WEAKNESS_INFO, id);
  if (has_secret
      && gh_csp_evaluator_find_keyword (self, list, GH_CSP_KEYWORD_UNSAFE_INLINE) == NULL)
    report_strict (self, GH_CSP_WEAKNESS_UNSAFE_INLINE_FALLBACK, id);
  if (is_dynamic && !has_fallback)
    report_strict (self, GH_CSP_WEAKNESS_ALLOWLIST_FALLBACK, id);
  if (!requires_trusted_types (self))
    gh_csp_evaluator_report_directive (self,
                                       GH_CSP_WEAKNESS_REQUIRE_TRUSTED_TYPES_FOR_SCRIPTS,
                                       GH_CSP_WEAKNESS_INFO,
                                       GH_CSP_REQUIRE_TRUSTED_TYPES_FOR);
}

/* Takes out what has no effect beside a nonce, a hash or 'strict-dynamic', for a browser that
 * knows that version of CSP. A list that serves for three directives is gone through, and its
 * ignored values are reported, three times. */
static void
ignore_in (GhCspEvaluator *self, const GhCspTokenList *list, guint version, gboolean is_dynamic)
{
  GhCspToken *tokens = gh_csp_evaluator_get_tokens (self, list);
  gboolean has_secret
    = gh_csp_evaluator_has_traits (self, list, GH_CSP_IS_STRICT_NONCE | GH_CSP_IS_STRICT_HASH);

  for (guint i = 0; has_secret && i < list->n_tokens; i++)
    if (version >= 2 && tokens[i].keyword == GH_CSP_KEYWORD_UNSAFE_INLINE)
      {
        tokens[i].removed = TRUE;
        gh_csp_evaluator_report_token (
          self, GH_CSP_WEAKNESS_IGNORED, GH_CSP_WEAKNESS_NONE, list, &tokens[i]);
      }
    else if (version < 2
             && ((tokens[i].length >= 7 && memcmp (tokens[i].text, "'nonce-", 7) == 0)
                 || (tokens[i].length >= 4 && memcmp (tokens[i].text, "'sha", 4) == 0)))
      tokens[i].removed = TRUE;

  for (guint i = 0; is_dynamic && i < list->n_tokens; i++)
    if (version >= 3
        && ((tokens[i].traits & GH_CSP_IS_QUOTED) == 0 || tokens[i].keyword == GH_CSP_KEYWORD_SELF
            || tokens[i].keyword == GH_CSP_KEYWORD_UNSAFE_INLINE))
      {
        tokens[i].removed = TRUE;
        gh_csp_evaluator_report_token (
          self, GH_CSP_WEAKNESS_IGNORED, GH_CSP_WEAKNESS_NONE, list, &tokens[i]);
      }
    else if (version < 3 && tokens[i].keyword == GH_CSP_KEYWORD_STRICT_DYNAMIC)
      tokens[i].removed = TRUE;
}

static void
make_effective (GhCspEvaluator *self, guint version)
{
  gboolean is_dynamic[G_N_ELEMENTS (script_directives)];

  for (guint i = 0; i < G_N_ELEMENTS (script_directives); i++)
    is_dynamic[i] = gh_csp_evaluator_find_keyword (
                      self,
                      gh_csp_evaluator_get_effective_list (self, script_directives[i]),
                      GH_CSP_KEYWORD_STRICT_DYNAMIC)
                    != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (script_directives); i++)
    {
      const GhCspTokenList *list = gh_csp_evaluator_get_effective_list (self, script_directives[i]);

      if (list != NULL)
        ignore_in (self, list, version, is_dynamic[i]);
    }

  for (guint i = 0; version < 3 && i < G_N_ELEMENTS (csp3_directives); i++)
    if (self->by_id[csp3_directives[i]] >= 0)
      {
        GhCspTokenList *lists = self->lists.data;

        lists[self->by_id[csp3_directives[i]]].removed = TRUE;
        self->by_id[csp3_directives[i]] = -1;
      }
}

/* Puts the findings of the strict set behind those about ignored values: the tool makes the
 * effective policy first, but makes these checks on the policy as it stands. */
static void
move_strict_behind_ignored (GhCspEvaluator *self, guint n_strict)
{
  GhCspWeakness *weaknesses = self->weaknesses.data;
  GhCspWeakness strict[5];

  if (n_strict == 0)
    return;
  memcpy (strict, weaknesses, n_strict * sizeof *strict);
  memmove (
    weaknesses, weaknesses + n_strict, (self->weaknesses.length - n_strict) * sizeof *weaknesses);
  memcpy (weaknesses + self->weaknesses.length - n_strict, strict, n_strict * sizeof *strict);
}

GhCspEvaluator *
gh_csp_evaluator_new (void)
{
  GhCspEvaluator *self = g_new0 (GhCspEvaluator, 1);

  gh_csp_store_init (&self->tokens, sizeof (GhCspToken));
  gh_csp_store_init (&self->lists, sizeof (GhCspTokenList));
  gh_csp_store_init (&self->weaknesses, sizeof (GhCspWeakness));
  self->extra = g_ptr_array_new_with_free_func (g_free);
  gh_csp_url_init (&self->url);

  return self;
}

void
gh_csp_evaluator_free (GhCspEvaluator *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self->tokens.data);
  g_free (self->lists.data);
  g_free (self->weaknesses.data);
  g_ptr_array_unref (self->extra);
  gh_csp_seen_clear (&self->seen);
  gh_csp_url_clear (&self->url);
  g_free (self);
}

const GhCspWeakness *
gh_csp_evaluator_run (GhCspEvaluator *self,
                      const char *policy,
                      gssize length,
                      GhCspEvaluateFlags flags,
                      guint version,
                      guint *n_weaknesses)
{
  guint n_strict;

  g_return_val_if_fail (version >= 1 && version <= 3, NULL);

  self->weaknesses.length = 0;
  self->url.n_converted = 0;
  gh_csp_evaluator_read (self, policy, length < 0 ? strlen (policy) : (gsize) length);
  if ((flags & GH_CSP_EVALUATE_STRICT) != 0)
    check_strict (self);
  n_strict = self->weaknesses.length;
  make_effective (self, version);
  move_strict_behind_ignored (self, n_strict);
  gh_csp_evaluator_check_default (self);
  *n_weaknesses = self->weaknesses.length;

  return self->weaknesses.data;
}
