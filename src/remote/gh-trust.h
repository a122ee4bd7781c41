/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom to believe: the system's certificate authorities and, where an account names one, a
 * file of its own besides them. A certificate is never accepted by asking. */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Reads a PEM file off the main thread. GH_REMOTE_ERROR_TLS when it cannot be used. */
void gh_trust_load_async (const char *ca_file,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
GTlsDatabase *gh_trust_load_finish (GAsyncResult *result, GError **error);

/* Lets the message accept what the file's authorities vouch for, host name, dates and all. */
void gh_trust_watch (SoupMessage *message, GTlsDatabase *database);

/* The certificate's faults in words, the gravest first; owned. */
char *gh_trust_describe (GTlsCertificateFlags flags);

G_END_DECLS
