/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Would this load?": an address and what it is loaded as, against the drafted
 * Content-Security-Policy, answered while it is typed. */

#pragma once

#include <adwaita.h>

#include "gh-form-context.h"

G_BEGIN_DECLS

#define GH_TYPE_LOAD_TESTER (gh_load_tester_get_type ())

G_DECLARE_FINAL_TYPE (GhLoadTester, gh_load_tester, GH, LOAD_TESTER, AdwBin)

void gh_load_tester_set_context (GhLoadTester *self, GhFormContext *context);

/* For tests: as if a person chose and typed. load is "script", "img", … */
void gh_load_tester_ask (GhLoadTester *self, const char *load, const char *url);
const char *gh_load_tester_get_answer (GhLoadTester *self);

G_END_DECLS
