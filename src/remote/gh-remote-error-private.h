/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the errors of this room are made. Server is the origin that people are told about,
 * as "https://policy.example.org". */

#pragma once

#include <gio/gio.h>

#include "gh-remote-error.h"

G_BEGIN_DECLS

/* For an answer of status 300 and above. problem may be NULL and is copied; retry_after is
 * in seconds, 0 when the server did not say. */
GError *gh_remote_error_new_for_status (const char *server,
                                        guint status,
                                        const GhProblem *problem,
                                        guint retry_after);

/* For what the network, TLS or HTTP layer reported before a whole answer was there. tls are
 * the certificate's faults, 0 when it was accepted or never seen. */
GError *gh_remote_error_new_for_transport (const char *server,
                                           const GError *cause,
                                           GTlsCertificateFlags tls);

/* A write left and nothing definite came back: whatever else is said of it, its fate is
 * unknown. A connection that broke becomes GH_REMOTE_ERROR_LOST. */
void gh_remote_error_set_ambiguous (GError **error);

guint gh_remote_error_get_status (const GError *error); /* 0 when there was no answer */

G_END_DECLS
