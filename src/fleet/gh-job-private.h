/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a job's items are made and moved on. */

#pragma once

#include "gh-job.h"

G_BEGIN_DECLS

GhJobItem *gh_job_item_new (GhWorkspace *workspace);
void gh_job_item_set (GhJobItem *self, GhJobItemState state, const char *message);

G_END_DECLS
