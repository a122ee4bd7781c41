/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hosts that serve what turns a permission to load scripts from them into a permission to
 * run any script: JSONP endpoints, AngularJS, Flash files. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GH_CSP_BYPASS_JSONP,
  GH_CSP_BYPASS_ANGULAR,
  GH_CSP_BYPASS_FLASH,
  GH_CSP_N_BYPASSES,
} GhCspBypass;

typedef struct
{
  const char *host;
  const char *path;
  guint rank;          /* among several that match, the lowest counts */
  gboolean needs_eval; /* of use only where 'unsafe-eval' is allowed */
} GhCspBypassHost;

/* The entry that a source with this host and path lets through, or NULL. With wildcard, host
 * is what follows the "*", from its dot: ".example.org". */
const GhCspBypassHost *gh_csp_bypass_hosts_lookup (GhCspBypass kind,
                                                   const char *host,
                                                   gsize host_length,
                                                   gboolean wildcard,
                                                   const char *path,
                                                   gsize path_length);

/* All of a kind, ordered by their names read backwards. */
const GhCspBypassHost *gh_csp_bypass_hosts_get_table (GhCspBypass kind, gsize *n_hosts);

G_END_DECLS
