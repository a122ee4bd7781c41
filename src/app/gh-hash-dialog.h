/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes the hashes of a pasted script or style sheet, to be copied or to be added to a directive
 * of the drafted Content-Security-Policy. */

#pragma once

#include <adwaita.h>

#include "gh-form-context.h"

G_BEGIN_DECLS

#define GH_TYPE_HASH_DIALOG (gh_hash_dialog_get_type ())

G_DECLARE_FINAL_TYPE (GhHashDialog, gh_hash_dialog, GH, HASH_DIALOG, AdwWindow)

/* As a GhStructuredEditor creates its window. Actions: hash.copy(s), hash.add(s), of "sha256",
 * "sha384" or "sha512"; hash.add works where it would change the policy. */
GtkWindow *gh_hash_dialog_new (GhFormContext *context, const GhSetting *setting);

/* For tests: as if a person pasted and chose. directive is "script-src", "style-src", … */
void gh_hash_dialog_paste (GhHashDialog *self, const char *text, const char *directive);
const char *gh_hash_dialog_get_source (GhHashDialog *self, const char *algorithm);
const char *gh_hash_dialog_get_note (GhHashDialog *self); /* "" when there is none */

G_END_DECLS
