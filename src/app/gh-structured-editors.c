/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table of fields and the windows that edit them. */

#include "gh-structured-editors.h"

#include <glib/gi18n-lib.h>

#include "gh-csp-editor.h"
#include "gh-feature-editor.h"
#include "gh-hash-dialog.h"
#include "gh-preset-dialog.h"

static const GhStructuredEditor editors[] = {
  { "content-security-policy",
    N_ ("Choose a Preset…"),
    N_ ("Begin with a policy that is known to be good"),
    gh_preset_dialog_new },
  { "content-security-policy.policy",
    N_ ("Edit by Directive…"),
    N_ ("Change the policy directive by directive, with its text beside"),
    gh_csp_editor_new },
  { "content-security-policy.policy",
    N_ ("Make a Hash…"),
    N_ ("Allow a script or a style sheet that is written into a page"),
    gh_hash_dialog_new },
  { "permissions-policy.policy",
    N_ ("Edit by Feature…"),
    N_ ("Say of each feature of the browser who may use it, with the text beside"),
    gh_feature_editor_new },
};

const GhStructuredEditor *
gh_structured_editors_get_table (gsize *n_editors)
{
  *n_editors = G_N_ELEMENTS (editors);

  return editors;
}
