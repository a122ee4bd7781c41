/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Policies to begin with. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *id;
  const char *title;       /* translatable */
  const char *description; /* translatable, one sentence */
  const char *policy;      /* {hashes} stands for hashes of scripts */
  gboolean report_only; /* to be sent as Content-Security-Policy-Report-Only at first */
  const char *source;   /* who recommends it */
} GhCspPreset;

const GhCspPreset *gh_csp_presets_get_table (gsize *n_presets);
const GhCspPreset *gh_csp_presets_lookup (const char *id);

/* The policy of a preset with hashes of the scripts it is to allow, each as 'sha256-…', put in
 * the place of the example; hashes is NULL-terminated. */
char *gh_csp_preset_dup_policy (const GhCspPreset *preset, const char *const *hashes);

G_END_DECLS
