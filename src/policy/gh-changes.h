/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The drafted fields of a document as a list model, in table order, kept up to date. */

#pragma once

#include "gh-document.h"
#include "gh-finding.h"

G_BEGIN_DECLS

#define GH_TYPE_CHANGE (gh_change_get_type ())
#define GH_TYPE_CHANGES (gh_changes_get_type ())

G_DECLARE_FINAL_TYPE (GhChange, gh_change, GH, CHANGE, GObject)
G_DECLARE_FINAL_TYPE (GhChanges, gh_changes, GH, CHANGES, GObject)

/* Properties of a change: field, title, before-text, after-text (strings for people),
 * weaker (gboolean). */
const GhSetting *gh_change_get_setting (GhChange *self);
GVariant *gh_change_get_before (GhChange *self);
GVariant *gh_change_get_after (GhChange *self);
gboolean gh_change_is_weaker (GhChange *self);

GhChanges *gh_changes_new (GhDocument *document);

G_END_DECLS
