/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list of words: each with a button that takes it out, and an entry that adds. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GH_TYPE_STRING_LIST_EDITOR (gh_string_list_editor_get_type ())

G_DECLARE_FINAL_TYPE (GhStringListEditor, gh_string_list_editor, GH, STRING_LIST_EDITOR, GtkWidget)

/* Signal `edited`: the person added or took out something. */
GtkWidget *gh_string_list_editor_new (const char *title);

void gh_string_list_editor_set_items (GhStringListEditor *self, GVariant *items); /* "as" */

/* The items with commas between. */
char *gh_string_list_editor_dup_text (GhStringListEditor *self);

/* As if the list had been emptied and this typed into it, with commas or spaces. */
void gh_string_list_editor_enter_text (GhStringListEditor *self, const char *text);

G_END_DECLS
