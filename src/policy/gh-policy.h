/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole policy: one value for each field of the settings table, and the unknown
 * members that came with it, kept so that they go back to the server untouched.
 * Reference counted; shared policies are treated as immutable, so copy before set. */

#pragma once

#include <json-glib/json-glib.h>

#include "gh-setting.h"

G_BEGIN_DECLS

#define GH_TYPE_POLICY (gh_policy_get_type ())

typedef struct _GhPolicy GhPolicy;

GType gh_policy_get_type (void);

GhPolicy *gh_policy_new (void); /* every field at its default */
GhPolicy *gh_policy_copy (const GhPolicy *policy);
GhPolicy *gh_policy_ref (GhPolicy *policy);
void gh_policy_unref (GhPolicy *policy);
gboolean gh_policy_equal (const GhPolicy *a, const GhPolicy *b);

GVariant *gh_policy_get (const GhPolicy *policy, const GhSetting *setting);
void gh_policy_set (GhPolicy *policy, const GhSetting *setting, GVariant *value);

/* By id, for code that names its fields; a programmer error when id or type is wrong. */
gboolean gh_policy_get_boolean (const GhPolicy *policy, const char *id);
gint64 gh_policy_get_integer (const GhPolicy *policy, const char *id);
const char *gh_policy_get_string (const GhPolicy *policy, const char *id);
const char **gh_policy_dup_string_list (const GhPolicy *policy, const char *id); /* g_free */

JsonObject *gh_policy_get_unknown (const GhPolicy *policy); /* or NULL */
void gh_policy_set_unknown (GhPolicy *policy, JsonObject *unknown);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhPolicy, gh_policy_unref)

G_END_DECLS
