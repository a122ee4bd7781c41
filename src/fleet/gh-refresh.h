/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps a fleet fresh: when the network comes back and when the person comes back to the
 * window. What fails is tried again, ever more seldom, as long as there is a network. */

#pragma once

#include "gh-fleet.h"

G_BEGIN_DECLS

#define GH_REFRESH_PAUSE_SECONDS 60 /* between a refresh that went well and the next one */
#define GH_REFRESH_FIRST_SECONDS 15 /* before a failed one is tried again, doubled each time */
#define GH_REFRESH_LAST_SECONDS 900

#define GH_TYPE_REFRESH (gh_refresh_get_type ())

G_DECLARE_FINAL_TYPE (GhRefresh, gh_refresh, GH, REFRESH, GObject)

/* Property, read-only and notified: `active` (gboolean). Signal: `finished` (GError *error or
 * NULL). monitor NULL: the system's. */
GhRefresh *gh_refresh_new (GhFleet *fleet, GNetworkMonitor *monitor);

/* The window got the focus: refreshes unless that was done a moment ago. */
void gh_refresh_on_focus (GhRefresh *self);

/* The person asked: at once, whatever the pause. */
void gh_refresh_now (GhRefresh *self);
gboolean gh_refresh_is_active (GhRefresh *self);

/* Seconds before the next try after so many failures in a row, jitter left out. */
guint gh_refresh_get_delay (guint n_failures);

G_END_DECLS
