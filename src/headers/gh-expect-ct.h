/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Expect-CT (RFC 9163), which no current browser obeys. Its directives stand between
 * commas. */

#pragma once

#include "gh-diagnostic.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 max_age; /* seconds; -1 when missing or unreadable */
  gboolean enforce;
  char *report_uri; /* or NULL */
} GhExpectCt;

GhExpectCt *gh_expect_ct_parse (const char *text, gssize length, GArray *diagnostics);
void gh_expect_ct_free (GhExpectCt *expect_ct);
char *gh_expect_ct_to_text (gint64 max_age, gboolean enforce, const char *report_uri);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhExpectCt, gh_expect_ct_free)

G_END_DECLS
