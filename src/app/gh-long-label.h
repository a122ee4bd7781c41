/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A long line of words that wraps, laid out in pieces, so that a change to a line of many
 * kilobytes lays out again only the piece that it is in. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GH_TYPE_LONG_LABEL (gh_long_label_get_type ())

G_DECLARE_FINAL_TYPE (GhLongLabel, gh_long_label, GH, LONG_LABEL, GtkWidget)

GtkWidget *gh_long_label_new (void);
void gh_long_label_set_text (GhLongLabel *self, const char *text);

/* Shows of a text what it does not share with another, beside which it stands: "…" stands for
 * each longer part that is the same. The first word is always shown. */
void gh_long_label_set_text_beside (GhLongLabel *self, const char *text, const char *other);

/* The whole text, whatever is shown of it. */
const char *gh_long_label_get_text (GhLongLabel *self);

G_END_DECLS
