/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A header block as it would be sent, each line marked against what is applied now, with
 * the fields that cause it one click away. */

#pragma once

#include <gtk/gtk.h>

#include "gh-form-context.h"

G_BEGIN_DECLS

#define GH_TYPE_HEADER_LIST (gh_header_list_get_type ())

G_DECLARE_FINAL_TYPE (GhHeaderList, gh_header_list, GH, HEADER_LIST, GtkWidget)

/* Property `changes-only` (gboolean): leaves out the lines that stay as they are. */
void gh_header_list_set_context (GhHeaderList *self, GhFormContext *context);

/* The lines as text, for tests: " Name: value", "-Name: old", "+Name: new". */
char *gh_header_list_dup_text (GhHeaderList *self);

G_END_DECLS
