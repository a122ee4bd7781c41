/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The form of one group of settings, from ui/forms/GROUP.ui, made when it is first shown. */

#pragma once

#include <adwaita.h>

#include "gh-setting-row.h"

G_BEGIN_DECLS

#define GH_TYPE_POLICY_FORM (gh_policy_form_get_type ())

G_DECLARE_FINAL_TYPE (GhPolicyForm, gh_policy_form, GH, POLICY_FORM, AdwBin)

GtkWidget *gh_policy_form_new (const GhGroup *group, GhFormContext *context);

/* Makes the rows if they are not there yet. Of GhSettingRow, in the form's order. */
GPtrArray *gh_policy_form_get_rows (GhPolicyForm *self);
GhSettingRow *gh_policy_form_find_row (GhPolicyForm *self, const GhSetting *setting);

/* Scrolls to a row, once the form has its size, and highlights it. */
void gh_policy_form_show_row (GhPolicyForm *self, const GhSetting *setting);

G_END_DECLS
