/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all forms and views of a window look at: the document of the open workspace, whether
 * it may be changed, and what follows from it (findings, headers), worked out once for all
 * of them and before the next frame. */

#pragma once

#include <gtk/gtk.h>

#include "gh-document.h"
#include "gh-finding.h"
#include "gh-header-set.h"
#include "gh-workspace.h"

G_BEGIN_DECLS

#define GH_TYPE_FORM_CONTEXT (gh_form_context_get_type ())

G_DECLARE_FINAL_TYPE (GhFormContext, gh_form_context, GH, FORM_CONTEXT, GObject)

/* Properties, notified: `document` (GhDocument or NULL), `can-write` (gboolean).
 * Signals:
 *   refreshed  findings, headers and counts are new
 *   communities-changed  another workspace, or what its communities have is new
 *   go-to      (const char *field): somebody asked to be shown a field */
GhFormContext *gh_form_context_new (void);

void gh_form_context_set_document (GhFormContext *self, GhDocument *document, gboolean can_write);

/* Whose document it is, or NULL: for what is not in the document, such as its communities,
 * which are read from the store; and its URL is the site. */
void gh_form_context_set_workspace (GhFormContext *self, GhWorkspace *workspace);
GhWorkspace *gh_form_context_get_workspace (GhFormContext *self);

/* The origin that the headers are sent from, "https://example.org". */
void gh_form_context_set_site (GhFormContext *self, const char *url);
const char *gh_form_context_get_site (GhFormContext *self);

GhDocument *gh_form_context_get_document (GhFormContext *self);
gboolean gh_form_context_get_can_write (GhFormContext *self);

/* Borrowed, valid until the next `refreshed`. Findings and sets are NULL without a document. */
GPtrArray *gh_form_context_get_findings (GhFormContext *self);
const GhHeaderSet *gh_form_context_get_headers_before (GhFormContext *self);
const GhHeaderSet *gh_form_context_get_headers_after (GhFormContext *self);

/* Counts over one group, or over everything with group NULL. A warning is a finding of
 * severity warning or worse. */
guint gh_form_context_count_drafted (GhFormContext *self, const char *group);
guint gh_form_context_count_warnings (GhFormContext *self, const char *group);
guint gh_form_context_count_draft_warnings (GhFormContext *self); /* those about drafted fields */

/* Works out now what would be worked out before the next frame. */
void gh_form_context_refresh (GhFormContext *self);
void gh_form_context_go_to (GhFormContext *self, const char *field);

G_END_DECLS
