/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the reader and the checks of the evaluator share. */

#pragma once

#include "gh-csp-evaluator.h"
#include "gh-csp-private.h"
#include "gh-csp-url.h"

G_BEGIN_DECLS

/* What a value is, found out once while reading. */
typedef enum
{
  GH_CSP_IS_QUOTED = 1 << 0, /* begins with a single quote */
  GH_CSP_IS_SCHEME = 1 << 1,
  GH_CSP_IS_XSS_SCHEME = 1 << 2, /* data: http: https: */
  GH_CSP_IS_STRICT_NONCE = 1 << 3,
  GH_CSP_IS_LOOSE_NONCE = 1 << 4,
  GH_CSP_IS_STRICT_HASH = 1 << 5,
  GH_CSP_IS_HTTP_URL = 1 << 6,
  GH_CSP_IS_DIRECTIVE_NAME = 1 << 7,
  GH_CSP_IS_WILDCARD = 1 << 8,
  GH_CSP_HAS_DOT = 1 << 9,
  GH_CSP_MAY_BE_IP = 1 << 10,
  GH_CSP_WANTS_QUOTES = 1 << 11,
  GH_CSP_IS_PLAIN = 1 << 12, /* lower case, digits and - _ . + = : / * ' only */
} GhCspTraits;

typedef struct
{
  const char *text; /* in the evaluator's copy, or in its extra texts */
  guint32 length;
  guint16 traits;  /* GhCspTraits */
  guint8 keyword;  /* GhCspKeyword, GH_CSP_NO_KEYWORD when the tool knows none such */
  guint8 removed;  /* has no effect beside the others */
} GhCspToken;

typedef struct
{
  const char *name;
  guint32 name_length;
  GhCspDirectiveId id; /* GH_CSP_NO_DIRECTIVE when the tool knows none such */
  guint first;         /* of its tokens */
  guint n_tokens;
  guint16 traits;   /* of all its tokens together */
  guint32 keywords; /* a bit for each GhCspKeyword among them */
  gint64 index;     /* what the name is as an array index, or -1 */
  gboolean removed;
} GhCspTokenList;

struct _GhCspEvaluator
{
  char *text; /* owned: the policy, with names and keywords in lower case */
  gsize length;
  gsize allocated;
  GhCspStore tokens;     /* of GhCspToken */
  GhCspStore lists;      /* of GhCspTokenList, in the order of JavaScript's object keys */
  GhCspStore weaknesses; /* of GhCspWeakness */
  GPtrArray *extra;      /* of char *: what lower case made longer or shorter */
  GhCspSeen seen;
  GhCspUrl url;
  guint16 traits;                    /* of all tokens together */
  gint32 by_id[GH_CSP_N_DIRECTIVES]; /* index into lists, or -1 */
};

/* Fills tokens, lists, traits and by_id from the first length bytes of text. */
void gh_csp_evaluator_read (GhCspEvaluator *self, const char *policy, gsize length);

/* The keywords that count for the tool. */
gboolean gh_csp_evaluator_knows_keyword (GhCspKeyword keyword);

static inline const GhCspTokenList *
gh_csp_evaluator_get_list (const GhCspEvaluator *self, GhCspDirectiveId id)
{
  if (self->by_id[id] < 0)
    return NULL;

  return (const GhCspTokenList *) self->lists.data + self->by_id[id];
}

static inline GhCspToken *
gh_csp_evaluator_get_tokens (const GhCspEvaluator *self, const GhCspTokenList *list)
{
  if (self->tokens.data == NULL)
    return NULL; /* no list has a value */

  return (GhCspToken *) self->tokens.data + list->first;
}

/* The directive that stands in for one that is absent, by the tool's own and shorter chain. */
GhCspDirectiveId gh_csp_evaluator_get_effective_id (const GhCspEvaluator *self, GhCspDirectiveId id);
const GhCspTokenList *gh_csp_evaluator_get_effective_list (const GhCspEvaluator *self, GhCspDirectiveId id);

/* The lists behind ids, each once; gives how many. */
guint gh_csp_evaluator_collect_lists (const GhCspEvaluator *self,
                                      const GhCspDirectiveId *ids,
                                      guint n_ids,
                                      const GhCspTokenList **lists);

/* Among the values that were not removed; list may be NULL. */
GhCspToken *gh_csp_evaluator_find_keyword (const GhCspEvaluator *self, const GhCspTokenList *list, GhCspKeyword keyword);
gboolean gh_csp_evaluator_has_traits (const GhCspEvaluator *self, const GhCspTokenList *list, guint16 traits);
gboolean gh_csp_token_is (const GhCspToken *token, const char *text);

GhCspWeakness *gh_csp_evaluator_report (GhCspEvaluator *self, GhCspWeaknessType type, GhCspWeaknessSeverity severity);
void gh_csp_evaluator_report_directive (GhCspEvaluator *self,
                                        GhCspWeaknessType type,
                                        GhCspWeaknessSeverity severity,
                                        GhCspDirectiveId id);
GhCspWeakness *gh_csp_evaluator_report_token (GhCspEvaluator *self,
                                              GhCspWeaknessType type,
                                              GhCspWeaknessSeverity severity,
                                              const GhCspTokenList *list,
                                              const GhCspToken *token);

void gh_csp_evaluator_check_default (GhCspEvaluator *self);
void gh_csp_evaluator_check_script_allowlist_bypass (GhCspEvaluator *self);
void gh_csp_evaluator_check_object_allowlist_bypass (GhCspEvaluator *self);

G_END_DECLS
