/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server as a whole: port, threads, start and stop. */

#include "gh-server.h"

#include <sys/resource.h>

#include "gh-server-problem.h"
#include "gh-server-worker.h"
#include "gh-server-writer.h"

#define BACKLOG 1024
#define MAXIMUM_DEFAULT_WORKERS 4

struct _GhServer
{
  const GhServerOptions *options; /* borrowed */
  const char *listen;             /* borrowed */
  GSocket *listener;
  GTlsCertificate *certificate;
  char *url;
  GhServerLimiter *limiter; /* or NULL */
  GhServerWriter *writer;
  GPtrArray *workers; /* of GhServerWorker */
  gint n_connections; /* atomic: of all of them */
};

void
gh_server_options_clear (GhServerOptions *options)
{
  g_clear_pointer (&options->database, g_free);
  g_clear_pointer (&options->listen, g_free);
  g_clear_pointer (&options->tls_certificate, g_free);
  g_clear_pointer (&options->tls_key, g_free);
  g_clear_pointer (&options->token_header, g_free);
  g_clear_pointer (&options->faults, g_ptr_array_unref);
}

/* "127.0.0.1:8470", "[::1]:0". Names are not looked up: who listens should say where. */
static GInetSocketAddress *
parse_address (const char *listen, GError **error)
{
  const char *colon = strrchr (listen, ':');
  g_autofree char *host = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  guint64 port;

  if (colon != NULL && g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
    {
      gboolean bracketed = *listen == '[' && colon > listen && colon[-1] == ']';

      host = bracketed ? g_strndup (listen + 1, (gsize) (colon - listen - 2))
                       : g_strndup (listen, (gsize) (colon - listen));
      address = g_inet_socket_address_new_from_string (host, (guint) port);
    }
  if (address != NULL)
    return G_INET_SOCKET_ADDRESS (g_steal_pointer (&address));
  g_set_error (error,
               GH_SERVER_ERROR,
               GH_SERVER_ERROR_OPTION,
               "%s is not an address to listen on. Write it as 127.0.0.1:8470 or [::1]:8470.",
               listen);
  return NULL;
}

static gboolean
check_exposure (GhServer *self, GInetSocketAddress *address, GError **error)
{
  if (self->certificate != NULL
      || g_inet_address_get_is_loopback (g_inet_socket_address_get_address (address)))
    return TRUE;
  g_set_error (error,
               GH_SERVER_ERROR,
               GH_SERVER_ERROR_OPTION,
               "%s is not a loopback address: tokens would cross the network in the clear. Give "
               "--tls-cert and --tls-key, or listen on 127.0.0.1.",
               self->listen);
  return FALSE;
}

static void
make_url (GhServer *self, GInetSocketAddress *address)
{
  GInetAddress *inet = g_inet_socket_address_get_address (address);
  g_autofree char *host = g_inet_address_to_string (inet);
  gboolean is_ipv6 = g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV6;

  self->url = g_strdup_printf (is_ipv6 ? "%s://[%s]:%u" : "%s://%s:%u",
                               self->certificate != NULL ? "https" : "http",
                               host,
                               g_inet_socket_address_get_port (address));
}

static gboolean
listen_on (GhServer *self, GInetSocketAddress *address, GError **error)
{
  GSocketFamily family = g_socket_address_get_family (G_SOCKET_ADDRESS (address));
  g_autoptr (GSocketAddress) bound = NULL;

  self->listener = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (self->listener == NULL)
    return FALSE;
  g_socket_set_listen_backlog (self->listener, BACKLOG);
  g_socket_set_blocking (self->listener, FALSE);
  if (!g_socket_bind (self->listener, G_SOCKET_ADDRESS (address), TRUE, error)
      || !g_socket_listen (self->listener, error))
    {
      g_prefix_error (error, "Cannot listen on %s: ", self->listen);
      return FALSE;
    }
  bound = g_socket_get_local_address (self->listener, error);
  if (bound != NULL)
    make_url (self, G_INET_SOCKET_ADDRESS (bound));
  return bound != NULL;
}

static gboolean
load_certificate (GhServer *self, GError **error)
{
  const GhServerOptions *options = self->options;

  if (options->tls_certificate == NULL && options->tls_key == NULL)
    return TRUE;
  if (options->tls_certificate == NULL || options->tls_key == NULL)
    {
      g_set_error_literal (
        error, GH_SERVER_ERROR, GH_SERVER_ERROR_OPTION, "--tls-cert and --tls-key go together.");
      return FALSE;
    }
  self->certificate
    = g_tls_certificate_new_from_files (options->tls_certificate, options->tls_key, error);
  return self->certificate != NULL;
}

static gboolean
make_threads (GhServer *self, GError **error)
{
  guint n_workers = self->options->n_workers;

  if (n_workers == 0)
    n_workers = MIN (g_get_num_processors (), MAXIMUM_DEFAULT_WORKERS);
  self->writer = gh_server_writer_new (self->options, error);
  for (guint i = 0; self->writer != NULL && i < n_workers; i++)
    {
      GhServerWorker *worker = gh_server_worker_new (self->options,
                                                     self->writer,
                                                     self->listener,
                                                     self->certificate,
                                                     &self->n_connections,
                                                     error);

      if (worker == NULL)
        return FALSE;
      worker->context->limiter = self->limiter;
      g_ptr_array_add (self->workers, worker);
    }
  return self->writer != NULL;
}

/* Each connection is a descriptor; the usual soft limit is 1024. */
static void
raise_descriptor_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

GhServer *
gh_server_new (const GhServerOptions *options, GError **error)
{
  g_autoptr (GhServer) self = g_new0 (GhServer, 1);
  g_autoptr (GInetSocketAddress) address = NULL;

  self->options = options;
  self->workers = g_ptr_array_new ();
  if (options->rate_limit > 0)
    self->limiter = gh_server_limiter_new (options->rate_limit);
  self->listen = options->listen != NULL ? options->listen : GH_SERVER_DEFAULT_LISTEN;
  address = parse_address (self->listen, error);
  if (address == NULL || !load_certificate (self, error) || !check_exposure (self, address, error)
      || !listen_on (self, address, error) || !make_threads (self, error))
    return NULL;
  raise_descriptor_limit ();
  return g_steal_pointer (&self);
}

void
gh_server_start (GhServer *self)
{
  for (guint i = 0; i < self->workers->len; i++)
    gh_server_worker_start (g_ptr_array_index (self->workers, i));
}

const char *
gh_server_get_url (GhServer *self)
{
  return self->url;
}

void
gh_server_stop (GhServer *self)
{
  for (guint i = 0; i < self->workers->len; i++)
    gh_server_worker_ask_to_stop (g_ptr_array_index (self->workers, i));
  for (guint i = 0; i < self->workers->len; i++)
    gh_server_worker_free (g_ptr_array_index (self->workers, i));
  g_ptr_array_set_size (self->workers, 0);
  g_clear_pointer (&self->writer, gh_server_writer_free);
  if (self->listener != NULL)
    g_socket_close (self->listener, NULL);
}

void
gh_server_free (GhServer *self)
{
  for (guint i = 0; i < self->workers->len; i++)
    gh_server_worker_free (g_ptr_array_index (self->workers, i));
  g_ptr_array_unref (self->workers);
  g_clear_pointer (&self->writer, gh_server_writer_free);
  g_clear_pointer (&self->limiter, gh_server_limiter_free);
  g_clear_object (&self->listener);
  g_clear_object (&self->certificate);
  g_free (self->url);
  g_free (self);
}
