/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All policies of a response, read and merged into one as the Observatory does. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *text; /* in lower case, not terminated, in one of the policy's texts */
  gsize length;
  guint64 key;  /* its first eight characters, in the order of the alphabet */
  guint policy; /* which it came from */
  gboolean keep;
} GhCspObservatorySource;

typedef struct
{
  char *name;      /* owned */
  GArray *sources; /* owned, of GhCspObservatorySource */
  guint seen_in;   /* the last policy that named it, counted from 1 */
} GhCspObservatoryList;

typedef struct
{
  GPtrArray *lists; /* owned, of GhCspObservatoryList */
  GHashTable *by_name;
  GPtrArray *texts; /* owned, of char * */
  gboolean has_duplicates; /* of report-uri or report-to, which alone may be */
} GhCspObservatoryPolicy;

/* NULL when one of the policies is invalid. */
GhCspObservatoryPolicy *gh_csp_observatory_policy_parse (const char *const *headers);
void gh_csp_observatory_policy_free (GhCspObservatoryPolicy *policy);
GhCspObservatoryList *gh_csp_observatory_policy_lookup (GhCspObservatoryPolicy *policy, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhCspObservatoryPolicy, gh_csp_observatory_policy_free)

G_END_DECLS
