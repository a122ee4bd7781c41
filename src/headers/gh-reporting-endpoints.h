/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reporting-Endpoints (Reporting API, section 3.2): a dictionary of names and addresses. */

#pragma once

#include "gh-structured-field.h"

G_BEGIN_DECLS

/* NULL when browsers would drop the header. */
GhStructuredField *
gh_reporting_endpoints_parse (const char *text, gssize length, GArray *diagnostics);
const char *gh_reporting_endpoints_lookup (const GhStructuredField *endpoints, const char *name);

G_END_DECLS
