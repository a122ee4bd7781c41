/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All policies of a response, read and merged into one as the Observatory does. */

#pragma once

#include "gh-csp-seen.h"

G_BEGIN_DECLS

typedef struct
{
  const char *text; /* in lower case, not terminated, in one of the policy's texts */
  guint64 key;      /* its first eight characters, in the order of the alphabet */
  guint32 length;
  guint policy : 31; /* which it came from */
  guint keep : 1;
} GhCspObservatorySource;

typedef struct
{
  const char *name; /* not terminated, in one of the policy's texts */
  gsize length;
  guint first_source;
  guint n_sources;
  guint seen_in; /* the last policy that named it, counted from 1 */
} GhCspObservatoryList;

typedef struct
{
  GArray *lists;           /* owned, of GhCspObservatoryList */
  GArray *sources;         /* owned, of GhCspObservatorySource */
  GPtrArray *texts;        /* owned, of char * */
  GhCspSeen names;         /* of the lists, each with its index */
  gboolean has_duplicates; /* of report-uri or report-to, which alone may be */
} GhCspObservatoryPolicy;

/* NULL when one of the policies is invalid. */
GhCspObservatoryPolicy *gh_csp_observatory_policy_parse (const char *const *headers);
void gh_csp_observatory_policy_free (GhCspObservatoryPolicy *policy);

guint gh_csp_observatory_policy_get_n_lists (const GhCspObservatoryPolicy *policy);
GhCspObservatoryList *gh_csp_observatory_policy_get_nth (const GhCspObservatoryPolicy *policy,
                                                         guint index);
GhCspObservatoryList *gh_csp_observatory_policy_lookup (const GhCspObservatoryPolicy *policy,
                                                        const char *name);

/* The first of the sources of a list that has some. */
GhCspObservatorySource *gh_csp_observatory_policy_get_sources (const GhCspObservatoryPolicy *policy,
                                                               const GhCspObservatoryList *list);

void gh_csp_observatory_source_set_key (GhCspObservatorySource *source);
/* Stable, and linear unless many are alike in their first eight characters. */
void gh_csp_observatory_sources_sort (GhCspObservatorySource *sources, guint n_sources);

/* Whether b lies under a, piece by piece between "/"; FALSE when one of them is malformed. */
gboolean gh_csp_observatory_source_covers (const GhCspObservatorySource *a,
                                           const GhCspObservatorySource *b,
                                           gboolean *matches);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhCspObservatoryPolicy, gh_csp_observatory_policy_free)

G_END_DECLS
