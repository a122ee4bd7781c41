/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of each of many workspaces while something is applied to them. */

#pragma once

#include <adwaita.h>

#include "gh-job.h"

G_BEGIN_DECLS

#define GH_TYPE_JOB_DIALOG (gh_job_dialog_get_type ())

G_DECLARE_FINAL_TYPE (GhJobDialog, gh_job_dialog, GH, JOB_DIALOG, AdwWindow)

/* A job that runs goes on when the dialog is closed.
 * Signal: ended (const char *words): it came to its end while nobody saw the dialog.
 * Actions: job.run (what is left), job.stop, job.forget. */
GtkWindow *gh_job_dialog_new (GhJob *job);
void gh_job_dialog_run (GhJobDialog *self);

/* For tests. */
const char *gh_job_dialog_get_summary (GhJobDialog *self);
gboolean gh_job_dialog_is_running (GhJobDialog *self);

G_END_DECLS
