/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One feature of a Permissions-Policy: what it lets pages do, and who may use it. */

#pragma once

#include <gtk/gtk.h>

#include "gh-permissions-policy.h"

G_BEGIN_DECLS

#define GH_TYPE_FEATURE_ROW (gh_feature_row_get_type ())

G_DECLARE_FINAL_TYPE (GhFeatureRow, gh_feature_row, GH, FEATURE_ROW, GtkListBoxRow)

/* Whom the person lets use it. */
typedef struct
{
  gboolean named; /* FALSE: the policy is to say nothing of the feature */
  gboolean everyone;
  gboolean self;
  const char *const *origins; /* valid ones, NULL-terminated */
} GhFeatureGrant;

/* Property `choice`, the state of the action feature.choice: "default", "nobody", "self",
 * "named" or "everybody". Signal `granted` (const GhFeatureGrant *grant): asked for by the
 * person; whoever listens writes it and shows what came of it. */
GtkWidget *gh_feature_row_new (const char *feature);
const char *gh_feature_row_get_feature (GhFeatureRow *self);

/* policy is borrowed for the call; NULL where browsers drop the header. diagnostics are those of
 * its reading. */
void gh_feature_row_show (GhFeatureRow *self,
                          const GhPermissionsPolicy *policy,
                          const GArray *diagnostics);

gboolean gh_feature_row_is_named (GhFeatureRow *self); /* by the policy that was shown last */

/* Whether the words stand in the name or the description, whatever their case. */
gboolean gh_feature_row_matches (GhFeatureRow *self, const char *words);

/* For tests: as a person does. */
GtkWidget *gh_feature_row_get_menu (GhFeatureRow *self);
void gh_feature_row_type_origin (GhFeatureRow *self, const char *origin);
const char *gh_feature_row_get_words (GhFeatureRow *self); /* below the choice; "" for none */

G_END_DECLS
