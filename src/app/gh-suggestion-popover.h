/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may be added, each with a line of words, to be chosen by a click or the keyboard. */

#pragma once

#include <gtk/gtk.h>

#include "gh-csp-suggestions.h"

G_BEGIN_DECLS

#define GH_TYPE_SUGGESTION_POPOVER (gh_suggestion_popover_get_type ())

G_DECLARE_FINAL_TYPE (GhSuggestionPopover,
                      gh_suggestion_popover,
                      GH,
                      SUGGESTION_POPOVER,
                      GtkPopover)

/* Signal `chosen` (const char *text), after which the popover is down. title is the accessible
 * name of the list. */
GtkWidget *gh_suggestion_popover_new (const char *title);

/* suggestions holds GhCspSuggestion. */
void gh_suggestion_popover_fill (GhSuggestionPopover *self, GPtrArray *suggestions);

/* For tests: as if a person chose it; FALSE when it is not offered. */
gboolean gh_suggestion_popover_choose (GhSuggestionPopover *self, const char *text);

G_END_DECLS
