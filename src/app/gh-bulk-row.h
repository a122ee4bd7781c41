/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One workspace of a plan or of a job: how it stands there, as an icon and in words. */

#pragma once

#include <gtk/gtk.h>

#include "gh-job.h"
#include "gh-plan.h"

G_BEGIN_DECLS

#define GH_TYPE_BULK_ROW (gh_bulk_row_get_type ())

G_DECLARE_FINAL_TYPE (GhBulkRow, gh_bulk_row, GH, BULK_ROW, GtkWidget)

GtkWidget *gh_bulk_row_new (void);

/* A GhPlanItem or a GhJobItem, which is followed, or NULL. */
void gh_bulk_row_set_item (GhBulkRow *self, GObject *item);

G_END_DECLS
