/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Certificates: an account's own authority, and faults in words. */

#include "gh-trust.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "gh-remote-error.h"

#define MAXIMUM_FILE (4 * 1024 * 1024) /* the system's own bundle is under 300 KiB */

typedef struct
{
  GTlsCertificateFlags flag;
  const char *words;
} Fault;

static const Fault faults[] = {
  { G_TLS_CERTIFICATE_REVOKED, N_ ("the server's certificate was revoked.") },
  { G_TLS_CERTIFICATE_BAD_IDENTITY,
    N_ ("the server's certificate is for another host. Check the address of the account.") },
  { G_TLS_CERTIFICATE_EXPIRED,
    N_ ("the server's certificate has expired. Its administrator has to renew it, unless the "
        "clock of this computer is wrong.") },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED,
    N_ ("the server's certificate is not valid yet. Check the clock of this computer.") },
  { G_TLS_CERTIFICATE_UNKNOWN_CA,
    N_ ("the server's certificate was issued by an authority this computer does not know. If "
        "your organisation has an authority of its own, give its file to the account.") },
  { G_TLS_CERTIFICATE_INSECURE, N_ ("the server's certificate uses a broken algorithm.") },
};

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const char *path = data;
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (GError) cause = NULL;
  GStatBuf status;

  if (g_stat (path, &status) == 0 && (!S_ISREG (status.st_mode) || status.st_size > MAXIMUM_FILE))
    g_set_error_literal (&cause, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, _ ("not a PEM file"));
  else
    database = g_tls_file_database_new (path, &cause);

  if (database != NULL)
    g_task_return_pointer (task, g_steal_pointer (&database), g_object_unref);
  else
    g_task_return_new_error (task,
                             GH_REMOTE_ERROR,
                             GH_REMOTE_ERROR_TLS,
                             _ ("The file of the certificate authority, %s, cannot be used: %s"),
                             path,
                             cause->message);
}

/* Runs when the system's authorities do not vouch for the certificate: the account's own
 * get the same question, with nothing left out. */
static gboolean
accept_certificate_cb (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags flags,
                       gpointer data)
{
  GTlsDatabase *database = data;
  GUri *uri = soup_message_get_uri (message);
  g_autoptr (GSocketConnectable) identity = g_network_address_new (
    g_uri_get_host (uri), g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : 443);
  g_autoptr (GError) error = NULL;
  GTlsCertificateFlags remaining
    = g_tls_database_verify_chain (database,
                                   certificate,
                                   G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER,
                                   identity,
                                   NULL,
                                   G_TLS_DATABASE_VERIFY_NONE,
                                   NULL,
                                   &error);

  return error == NULL && remaining == G_TLS_CERTIFICATE_NO_FLAGS;
}

void
gh_trust_load_async (const char *ca_file,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, gh_trust_load_async);
  g_task_set_task_data (task, g_strdup (ca_file), g_free);
  g_task_run_in_thread (task, load_in_thread);
}

GTlsDatabase *
gh_trust_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
gh_trust_watch (SoupMessage *message, GTlsDatabase *database)
{
  g_signal_connect_data (message,
                         "accept-certificate",
                         G_CALLBACK (accept_certificate_cb),
                         g_object_ref (database),
                         (GClosureNotify) (void (*) (void)) g_object_unref,
                         0);
}

char *
gh_trust_describe (GTlsCertificateFlags flags)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if ((flags & faults[i].flag) != 0)
      return g_strdup (_ (faults[i].words));
  return g_strdup (_ ("the server's certificate cannot be verified."));
}
