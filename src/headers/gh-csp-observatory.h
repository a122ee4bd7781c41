/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the MDN HTTP Observatory (algorithm 6) makes of a response's Content-Security-Policy:
 * the result that its score counts, and what it tells beside it. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *result; /* "csp-implemented-with-unsafe-inline", static */
  int modifier;       /* points */
  gboolean pass;

  /* All FALSE where the header is absent or invalid. */
  gboolean anti_clickjacking;
  gboolean default_none;
  gboolean insecure_base_uri;
  gboolean insecure_form_action;
  gboolean insecure_scheme_active;
  gboolean insecure_scheme_passive;
  gboolean strict_dynamic;
  gboolean unsafe_eval;
  gboolean unsafe_inline;
  gboolean unsafe_inline_style;
  gboolean unsafe_objects;

  gboolean has_frame_ancestors; /* with any value: it takes the place of X-Frame-Options */
} GhCspObservatory;

/* headers and report_only_headers are the values of each header line, NULL-terminated; NULL
 * stands for none. is_https tells how the page itself is served. */
GhCspObservatory gh_csp_observatory_evaluate (const char *const *headers,
                                              const char *const *report_only_headers,
                                              gboolean is_https);

/* The result with its points, by its name; NULL for one that the test does not give. */
const char *gh_csp_observatory_get_reason (const char *result); /* translated, a whole sentence */

G_END_DECLS
