/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings in words, worst first, each with its mend and the way to its fields. */

#pragma once

#include <gtk/gtk.h>

#include "gh-form-context.h"

G_BEGIN_DECLS

#define GH_TYPE_FINDING_LIST (gh_finding_list_get_type ())

G_DECLARE_FINAL_TYPE (GhFindingList, gh_finding_list, GH, FINDING_LIST, GtkWidget)

typedef enum
{
  GH_FINDINGS_OF_HEADERS, /* those about fields that shape a header */
  GH_FINDINGS_OF_DRAFT,   /* those about drafted fields */
} GhFindingFilter;

void
gh_finding_list_set_context (GhFindingList *self, GhFormContext *context, GhFindingFilter filter);
guint gh_finding_list_get_n_shown (GhFindingList *self);

/* One line each, "severity: message", for tests. */
char *gh_finding_list_dup_text (GhFindingList *self);

const char *gh_severity_get_title (GhSeverity severity); /* translated */
const char *gh_severity_get_icon_name (GhSeverity severity);

G_END_DECLS
