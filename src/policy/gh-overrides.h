/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a community of a workspace has for itself: a table of GhSetting to GVariant, sparse,
 * over the workspace's policy. Whatever is not in it the community inherits. Only settings of
 * community scope can be in it. */

#pragma once

#include <json-glib/json-glib.h>

#include "gh-policy.h"

G_BEGIN_DECLS

GHashTable *gh_overrides_new (void);
GHashTable *gh_overrides_copy (GHashTable *overrides);
void gh_overrides_set (GHashTable *overrides,
                       const GhSetting *setting,
                       GVariant *value); /* NULL: inherit */

/* Borrowed; NULL where it is inherited. */
GVariant *gh_overrides_get (GHashTable *overrides, const GhSetting *setting);

/* Borrowed: the community's own value, or else the workspace's. */
GVariant *gh_overrides_get_effective (GHashTable *overrides,
                                      const GhPolicy *workspace,
                                      const GhSetting *setting);

/* The whole policy that holds in the community. */
GhPolicy *gh_overrides_dup_policy (GHashTable *overrides, const GhPolicy *workspace);

/* Whether two values are the same, NULL standing for "inherited". */
gboolean gh_overrides_value_equal (GVariant *a, GVariant *b);

/* The wire form, as GET and PATCH of /v1/workspaces/{id}/communities/{cid}/policy have it:
 * every setting of community scope, null where it is inherited. */
JsonNode *gh_overrides_to_json (GHashTable *overrides);

/* Passes over members that are no setting of community scope: a newer server may have more
 * of them. Sets GH_POLICY_ERROR_SCHEMA when the node is no object, or the error of the first
 * member that does not fit its field. */
GHashTable *gh_overrides_from_json (JsonNode *node, GError **error);

/* A change that is wanted of one setting of a community; NULL stands for "inherited". */
typedef struct
{
  const GhSetting *setting;
  GVariant *base;  /* what the server had when it was drafted */
  GVariant *value; /* what it shall become */
} GhOverrideChange;

GhOverrideChange *
gh_override_change_new (const GhSetting *setting, GVariant *base, GVariant *value);
void gh_override_change_free (GhOverrideChange *change);

/* Whether the server moved away from the change's base to yet another value, so that somebody
 * must choose. */
gboolean gh_override_change_conflicts (const GhOverrideChange *change, GHashTable *overrides);

/* The overrides as they are once the changes (of GhOverrideChange) are made. */
GHashTable *gh_override_changes_apply (GPtrArray *changes, GHashTable *overrides);

/* Borrowed; NULL where the changes do not speak of the setting. */
const GhOverrideChange *gh_override_changes_find (GPtrArray *changes, const GhSetting *setting);

/* The merge patch of RFC 7396 that makes these changes (of GhOverrideChange). */
JsonNode *gh_override_changes_to_patch (GPtrArray *changes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhOverrideChange, gh_override_change_free)

G_END_DECLS
