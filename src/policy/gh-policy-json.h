/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The wire form: one flat object, {"FIELD-ID": value, …}, as GET and PATCH of
 * /v1/workspaces/{id}/policy have it. Absent members stand for the default;
 * unknown members are kept and written back after the known ones. */

#pragma once

#include "gh-policy.h"

G_BEGIN_DECLS

JsonNode *gh_policy_to_json (const GhPolicy *policy);
char *
gh_policy_to_json_text (const GhPolicy *policy); /* stable member order, for ETags and hashes */
GhPolicy *gh_policy_from_json (JsonNode *node, GError **error);
GhPolicy *gh_policy_from_json_text (const char *text, gssize length, GError **error);

/* RFC 7396: null puts a field back to its default. Every fault is collected, so that
 * an answer can name all of them: errors holds GhFieldError, in the patch's order. */
typedef struct
{
  char *field;   /* member name as it stood in the patch */
  GError *error; /* GH_POLICY_ERROR */
} GhFieldError;

GhPolicy *gh_policy_apply_patch (const GhPolicy *policy, JsonObject *patch, GPtrArray **errors);
JsonNode *gh_policy_make_patch (const GhPolicy *before, const GhPolicy *after);
void gh_field_error_free (GhFieldError *field_error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhFieldError, gh_field_error_free)

G_END_DECLS
