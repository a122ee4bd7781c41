/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the checks look at a policy that was read, and how they report. */

#include "gh-csp-evaluator-private.h"

#include <string.h>

GhCspWeakness *
gh_csp_evaluator_report (GhCspEvaluator *self,
                         GhCspWeaknessType type,
                         GhCspWeaknessSeverity severity)
{
  GhCspWeakness *weakness = gh_csp_store_push (&self->weaknesses, sizeof (GhCspWeakness));

  *weakness = (GhCspWeakness){ .type = type, .severity = severity };

  return weakness;
}

void
gh_csp_evaluator_report_directive (GhCspEvaluator *self,
                                   GhCspWeaknessType type,
                                   GhCspWeaknessSeverity severity,
                                   GhCspDirectiveId id)
{
  GhCspWeakness *weakness = gh_csp_evaluator_report (self, type, severity);

  weakness->directive = gh_csp_directive_get_name (id);
  weakness->directive_length = strlen (weakness->directive);
}

GhCspWeakness *
gh_csp_evaluator_report_token (GhCspEvaluator *self,
                               GhCspWeaknessType type,
                               GhCspWeaknessSeverity severity,
                               const GhCspTokenList *list,
                               const GhCspToken *token)
{
  GhCspWeakness *weakness = gh_csp_evaluator_report (self, type, severity);

  weakness->directive = list->name;
  weakness->directive_length = list->name_length;
  weakness->value = token->text;
  weakness->value_length = token->length;

  return weakness;
}

/* The directive that stands in for one that is absent, by the tool's own and shorter chain. */
GhCspDirectiveId
gh_csp_evaluator_get_effective_id (const GhCspEvaluator *self, GhCspDirectiveId id)
{
  if (self->by_id[id] >= 0)
    return id;
  if ((id == GH_CSP_SCRIPT_SRC_ATTR || id == GH_CSP_SCRIPT_SRC_ELEM)
      && self->by_id[GH_CSP_SCRIPT_SRC] >= 0)
    return GH_CSP_SCRIPT_SRC;

  return (gh_csp_directive_get_flags (id) & GH_CSP_DIRECTIVE_FETCH) != 0 ? GH_CSP_DEFAULT_SRC : id;
}

const GhCspTokenList *
gh_csp_evaluator_get_effective_list (const GhCspEvaluator *self, GhCspDirectiveId id)
{
  return gh_csp_evaluator_get_list (self, gh_csp_evaluator_get_effective_id (self, id));
}

/* The lists behind ids, each once; gives how many. */
guint
gh_csp_evaluator_collect_lists (const GhCspEvaluator *self,
                                const GhCspDirectiveId *ids,
                                guint n_ids,
                                const GhCspTokenList **lists)
{
  guint64 seen = 0;
  guint n_lists = 0;

  for (guint i = 0; i < n_ids; i++)
    {
      GhCspDirectiveId id = gh_csp_evaluator_get_effective_id (self, ids[i]);

      if ((seen >> id & 1) != 0 || self->by_id[id] < 0)
        continue;
      seen |= G_GUINT64_CONSTANT (1) << id;
      lists[n_lists++] = gh_csp_evaluator_get_list (self, id);
    }

  return n_lists;
}

GhCspToken *
gh_csp_evaluator_find_keyword (const GhCspEvaluator *self,
                               const GhCspTokenList *list,
                               GhCspKeyword keyword)
{
  GhCspToken *tokens;

  if (list == NULL || (list->keywords >> keyword & 1) == 0)
    return NULL;

  tokens = gh_csp_evaluator_get_tokens (self, list);
  for (guint i = 0; i < list->n_tokens; i++)
    if (tokens[i].keyword == keyword && !tokens[i].removed)
      return &tokens[i];

  return NULL;
}

gboolean
gh_csp_evaluator_has_traits (const GhCspEvaluator *self, const GhCspTokenList *list, guint16 traits)
{
  const GhCspToken *tokens;

  if (list == NULL || (list->traits & traits) == 0)
    return FALSE;

  tokens = gh_csp_evaluator_get_tokens (self, list);
  for (guint i = 0; i < list->n_tokens; i++)
    if ((tokens[i].traits & traits) != 0 && !tokens[i].removed)
      return TRUE;

  return FALSE;
}

gboolean
gh_csp_token_is (const GhCspToken *token, const char *text)
{
  return strlen (text) == token->length && memcmp (token->text, text, token->length) == 0;
}
