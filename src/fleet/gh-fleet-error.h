/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GH_FLEET_ERROR (gh_fleet_error_quark ())

typedef enum
{
  GH_FLEET_ERROR_UNKNOWN,
  GH_FLEET_ERROR_AMBIGUOUS,
  GH_FLEET_ERROR_READ_ONLY,  /* the role may only read */
  GH_FLEET_ERROR_NOT_LOADED, /* never synced: no policy to work on */
  GH_FLEET_ERROR_CONFLICT,   /* conflicts wait for a choice */
  GH_FLEET_ERROR_INVALID,    /* a finding of severity error stands against it */
  GH_FLEET_ERROR_STALE,      /* another program changed the draft: look at it again */
  GH_FLEET_ERROR_BUSY,       /* the workspace is being applied already */
  GH_FLEET_ERROR_DEMO,       /* gatehouse-server could not be started */
  GH_FLEET_ERROR_PARTIAL,    /* some of many failed */
} GhFleetError;

GQuark gh_fleet_error_quark (void);

G_END_DECLS
