/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checks of any implementation of the policy API against data/openapi.yaml. Names, and what
 * is said of a failure, are for whoever builds a server, and are in English as the
 * specification is. The room speaks HTTP in its own plain way: it shares no code with the
 * client that it would then fail to see the faults of. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  GH_CHECK_PASS,
  GH_CHECK_FAIL,
  GH_CHECK_SKIP,
} GhCheckResult;

typedef struct _GhConformance GhConformance;

/* reason is NULL for a check that passes. */
typedef void (*GhCheckReport) (const char *name,
                               GhCheckResult result,
                               const char *reason,
                               gpointer data);

/* token_header: NULL for Authorization. cancellable is borrowed, or NULL. */
GhConformance *gh_conformance_new (const char *url,
                                   const char *token,
                                   const char *token_header,
                                   GCancellable *cancellable);
void gh_conformance_free (GhConformance *self);

/* The server's address is a loopback one. */
gboolean gh_conformance_is_on_this_computer (GhConformance *self);

/* Whether checks that change the workspace, and put it back, may run. Not unless told so. */
void gh_conformance_allow_writes (GhConformance *self);

/* Finds the workspace to look at, the first one if NULL; FALSE when the server cannot be
 * reached at all. */
gboolean gh_conformance_prepare (GhConformance *self, const char *workspace, GError **error);

/* Runs the checks whose name begins with only (NULL: all of them). How many failed. */
guint
gh_conformance_run (GhConformance *self, const char *only, GhCheckReport report, gpointer data);
guint gh_conformance_count (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhConformance, gh_conformance_free)

G_END_DECLS
