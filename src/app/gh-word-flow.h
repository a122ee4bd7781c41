/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words one after the other in as many lines as they need, each with a button that takes it
 * out. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GH_TYPE_WORD_FLOW (gh_word_flow_get_type ())

G_DECLARE_FINAL_TYPE (GhWordFlow, gh_word_flow, GH, WORD_FLOW, GtkWidget)

/* Signal `remove` (guint index): asked for by the person; whoever listens takes the word out.
 * Not visible while there are no words. title is the accessible name of the list. */
GtkWidget *gh_word_flow_new (const char *title);
void gh_word_flow_set_title (GhWordFlow *self, const char *title);

void gh_word_flow_append (GhWordFlow *self, const char *word);
void gh_word_flow_remove (GhWordFlow *self, guint index);
void gh_word_flow_clear (GhWordFlow *self);

G_END_DECLS
