/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The application: one instance per session, the fleet it opens at its start, its menu. */

#pragma once

#include <adwaita.h>

#include "gh-fleet.h"
#include "gh-window.h"

G_BEGIN_DECLS

#define GH_TYPE_APPLICATION (gh_application_get_type ())

G_DECLARE_FINAL_TYPE (GhApplication, gh_application, GH, APPLICATION, AdwApplication)

/* flags: G_APPLICATION_NON_UNIQUE for tests, else G_APPLICATION_DEFAULT_FLAGS.
 * Property `fleet`, read-only and notified: NULL until it is open. */
GhApplication *gh_application_new (GApplicationFlags flags);
GhFleet *gh_application_get_fleet (GhApplication *self);

/* The window, made when there is none. */
GhWindow *gh_application_get_window (GhApplication *self);

/* Makes templates and forms known; for programs that use widgets without an application. */
void gh_application_ensure_resources (void);

G_END_DECLS
