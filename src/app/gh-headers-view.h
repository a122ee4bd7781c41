/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The headers that the draft would send, what differs from those applied now, and what is
 * to be said about them. Follows every keystroke while it is seen. */

#pragma once

#include <adwaita.h>

#include "gh-finding-list.h"
#include "gh-header-list.h"
#include "gh-load-tester.h"
#include "gh-score-view.h"

G_BEGIN_DECLS

#define GH_TYPE_HEADERS_VIEW (gh_headers_view_get_type ())

G_DECLARE_FINAL_TYPE (GhHeadersView, gh_headers_view, GH, HEADERS_VIEW, AdwBin)

/* Action: headers.copy(s), with the id of an export format. */
GtkWidget *gh_headers_view_new (GhFormContext *context);
GhHeaderList *gh_headers_view_get_list (GhHeadersView *self);
GhFindingList *gh_headers_view_get_findings (GhHeadersView *self);
const char *gh_headers_view_get_summary (GhHeadersView *self);
GhLoadTester *gh_headers_view_get_tester (GhHeadersView *self);
GhScoreView *gh_headers_view_get_score (GhHeadersView *self);

G_END_DECLS
