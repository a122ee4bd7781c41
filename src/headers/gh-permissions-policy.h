/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Permissions-Policy: a structured dictionary of features and of who may use them. One
 * fault in its syntax and browsers drop the whole header. */

#pragma once

#include "gh-structured-field.h"

G_BEGIN_DECLS

typedef enum
{
  GH_FEATURE_CURRENT,      /* at least one browser obeys it */
  GH_FEATURE_EXPERIMENTAL, /* behind a flag, in a trial, or proposed */
  GH_FEATURE_RETIRED,      /* no browser knows it any more */
} GhFeatureStatus;

/* Who may use a feature that the policy does not name: the default allowlist of the
 * feature's specification (Permissions Policy, section 4.9). */
typedef enum
{
  GH_FEATURE_FOR_SELF,     /* the page itself, and frames of its own origin */
  GH_FEATURE_FOR_EVERYONE, /* frames of other origins too */
  GH_FEATURE_FOR_NOBODY,
} GhFeatureDefault;

typedef struct
{
  const char *name;
  GhFeatureStatus status;
  GhFeatureDefault default_allowlist;
  const char *description; /* one sentence, not yet translated: what it lets pages do */
} GhFeature;

const GhFeature *gh_features_get_table (gsize *n_features);
const GhFeature *gh_features_lookup (const char *name);

/* Who may use one feature. Nobody, where all three are empty. */
typedef struct
{
  const char *feature;
  gboolean everyone;     /* * */
  gboolean self;         /* self */
  GPtrArray *origins;    /* of char *, borrowed from the policy */
  const char *report_to; /* or NULL */
} GhPermission;

typedef struct _GhPermissionsPolicy GhPermissionsPolicy;

/* NULL when browsers would drop the header. */
GhPermissionsPolicy *
gh_permissions_policy_parse (const char *text, gssize length, GArray *diagnostics);
void gh_permissions_policy_free (GhPermissionsPolicy *self);

const GhStructuredField *gh_permissions_policy_get_field (const GhPermissionsPolicy *self);
guint gh_permissions_policy_get_n_permissions (const GhPermissionsPolicy *self);
const GhPermission *gh_permissions_policy_get_nth (const GhPermissionsPolicy *self, guint index);
const GhPermission *gh_permissions_policy_lookup (const GhPermissionsPolicy *self,
                                                  const char *feature);

/* The member as it stands in the text; NULL when the policy does not name the feature. */
char *gh_permissions_policy_dup_text (const GhPermissionsPolicy *self, const char *feature);

/* What diagnostics, those of its reading, say of the feature: sentences, a line each. */
char *gh_permissions_policy_dup_words (const GhPermissionsPolicy *self,
                                       const char *feature,
                                       const GArray *diagnostics);

/* Whether the page itself may use a feature: as the policy has it, else by the feature's
 * default. What no browser knows, or any more, nobody may use. */
gboolean gh_permissions_policy_allows_self (const GhPermissionsPolicy *self, const char *feature);

/* The text with one feature set or taken away, and the rest left as it was. origins is
 * NULL-terminated, or NULL; those that are not valid, which browsers would ignore, are left
 * out. The parameters of what is replaced, report-to and others, stay. */
char *gh_permissions_policy_replace (const GhPermissionsPolicy *self,
                                     const char *feature,
                                     gboolean everyone,
                                     gboolean self_origin,
                                     const char *const *origins);
char *gh_permissions_policy_remove (const GhPermissionsPolicy *self, const char *feature);

/* An origin, in which a wildcard may stand for the host, its first labels or the port, or a
 * scheme alone with its colon. */
gboolean gh_permission_origin_is_valid (const char *origin);

/* The same in the present syntax, when the text is in that of the old Feature-Policy
 * ("camera 'none'; usb 'self' https://example.com"), else NULL. */
char *gh_permissions_policy_from_feature_policy (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhPermissionsPolicy, gh_permissions_policy_free)

G_END_DECLS
