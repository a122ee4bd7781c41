/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One directive of a Content-Security-Policy: what it is for, its values, each of which can be
 * taken out, a place to add one, and what browsers make of it. */

#pragma once

#include <gtk/gtk.h>

#include "gh-csp.h"

G_BEGIN_DECLS

#define GH_TYPE_CSP_DIRECTIVE_ROW (gh_csp_directive_row_get_type ())

G_DECLARE_FINAL_TYPE (GhCspDirectiveRow,
                      gh_csp_directive_row,
                      GH,
                      CSP_DIRECTIVE_ROW,
                      GtkListBoxRow)

/* Of more values the first ones can be taken out here, the others in the text. */
#define GH_CSP_DIRECTIVE_ROW_MAXIMUM_VALUES 60

/* Signals, for whoever changes the policy:
 *   remove        the whole directive
 *   remove-value  (guint index): one of its values
 *   add-value     (const char *text) gboolean: one or more words; what was typed stays where it
 *                 returns FALSE */
GtkWidget *gh_csp_directive_row_new (void);

/* Shows the directive of that index in the order of the text. csp is borrowed until the next
 * call. What was typed and not yet added stays. */
void gh_csp_directive_row_show (GhCspDirectiveRow *self, const GhCsp *csp, guint directive);

/* Puts the keyboard to where a value is added. */
void gh_csp_directive_row_focus (GhCspDirectiveRow *self);

/* For tests: as if a person typed and pressed Enter, or chose from the suggestions. */
void gh_csp_directive_row_type (GhCspDirectiveRow *self, const char *text);
gboolean gh_csp_directive_row_choose (GhCspDirectiveRow *self, const char *text);
const char *gh_csp_directive_row_get_words (GhCspDirectiveRow *self); /* what browsers make of it */

G_END_DECLS
