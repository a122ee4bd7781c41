/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One account's server: a session, a window over it, and the calls of the API. */

#include "gh-client.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "gh-client-private.h"
#include "gh-config.h"
#include "gh-trust.h"
#include "gh-wire.h"

#define IDLE_SECONDS 60

typedef enum
{
  TRUST_UNREAD,
  TRUST_READING,
  TRUST_READY,
} TrustState;

struct _GhClient
{
  GObject parent_instance;

  GUri *base;         /* NULL when the URL cannot be used */
  char *url;          /* as normalised */
  GError *fault;      /* why no call can be made at all, or NULL */
  char *token;        /* or NULL; wiped when forgotten */
  char *token_header; /* NULL for "Authorization: Bearer" */
  char *ca_file;      /* or NULL */
  guint deadline;     /* milliseconds */

  SoupSession *session;
  TrustState trust_state;
  GTlsDatabase *trust;
  GQueue waiting; /* of GTask whose data is a Call */
  guint in_flight;
};

/* One exchange that waits for its place in the window. */
typedef struct
{
  GhExchange *exchange; /* NULL once it runs */
  GSource *cancelled;
} Call;

G_DEFINE_FINAL_TYPE (GhClient, gh_client, G_TYPE_OBJECT)

/* HTTP/2 multiplexes past the limit on connections and, in the libsoup of Debian 12, fails
 * requests when the server closes gracefully; 3.2 has no call to turn it off, only this
 * variable, which must stand before the first thread. */
__attribute__ ((constructor)) static void
choose_http1 (void)
{
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
}

static void pump (GhClient *self);

static void
call_free (Call *call)
{
  if (call->cancelled != NULL)
    g_source_destroy (call->cancelled);
  g_clear_pointer (&call->cancelled, g_source_unref);
  g_clear_pointer (&call->exchange, gh_exchange_free);
  g_free (call);
}

static void
exchanged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GhClient) self = g_object_ref (g_task_get_source_object (task));
  GError *error = NULL;
  GhAnswer *answer = gh_exchange_run_finish (result, &error);

  self->in_flight--;
  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) gh_answer_free);
  else
    g_task_return_error (task, error);
  pump (self);
}

static gboolean
add_credential (GhClient *self, GhExchange *exchange, GError **error)
{
  g_autofree char *value = NULL;

  if (!gh_wire_same_origin (self->base, gh_exchange_get_uri (exchange)))
    {
      g_set_error_literal (error,
                           GH_REMOTE_ERROR,
                           GH_REMOTE_ERROR_PROTOCOL,
                           _ ("The server tried to lead this program to another one."));
      return FALSE;
    }
  if (self->token == NULL)
    {
      g_set_error (error,
                   GH_REMOTE_ERROR,
                   GH_REMOTE_ERROR_SIGN_IN,
                   _ ("No token for %s is at hand. Sign in first."),
                   self->url);
      return FALSE;
    }
  value = self->token_header != NULL ? g_strdup (self->token)
                                     : g_strconcat ("Bearer ", self->token, NULL);
  gh_exchange_set_header (
    exchange, self->token_header != NULL ? self->token_header : "Authorization", value);
  explicit_bzero (value, strlen (value));
  return TRUE;
}

static void
start (GhClient *self, GTask *task)
{
  Call *call = g_task_get_task_data (task);
  GhExchange *exchange = g_steal_pointer (&call->exchange);
  GError *error = NULL;

  g_source_destroy (call->cancelled);
  if (!add_credential (self, exchange, &error))
    {
      gh_exchange_free (exchange);
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  self->in_flight++;
  gh_exchange_run_async (exchange,
                         self->session,
                         self->trust,
                         self->deadline,
                         g_task_get_cancellable (task),
                         exchanged_cb,
                         task);
}

static void
fail_waiting (GhClient *self, const GError *error)
{
  GTask *task;

  while ((task = g_queue_pop_head (&self->waiting)) != NULL)
    {
      g_task_return_error (task, g_error_copy (error));
      g_object_unref (task);
    }
}

static void
trust_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GhClient) self = data;
  g_autoptr (GError) error = NULL;

  self->trust = gh_trust_load_finish (result, &error);
  self->trust_state = self->trust != NULL ? TRUST_READY : TRUST_UNREAD;
  if (self->trust != NULL)
    pump (self);
  else
    fail_waiting (self, error);
}

/* Starts what waits, as far as the window allows. */
static void
pump (GhClient *self)
{
  if (self->trust_state == TRUST_UNREAD && self->ca_file != NULL && self->waiting.length > 0)
    {
      self->trust_state = TRUST_READING;
      gh_trust_load_async (self->ca_file, NULL, trust_loaded_cb, g_object_ref (self));
    }
  if (self->ca_file != NULL && self->trust_state != TRUST_READY)
    return;
  while (self->in_flight < GH_CLIENT_WINDOW && self->waiting.length > 0)
    start (self, g_queue_pop_head (&self->waiting));
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  GTask *task = data;
  GhClient *self = g_task_get_source_object (task);

  if (g_queue_remove (&self->waiting, task))
    {
      g_task_return_new_error (
        task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The request was cancelled."));
      g_object_unref (task);
    }
  return G_SOURCE_REMOVE;
}

static void
gh_client_dispose (GObject *object)
{
  GhClient *self = GH_CLIENT (object);

  g_clear_object (&self->session);
  g_clear_object (&self->trust);
  G_OBJECT_CLASS (gh_client_parent_class)->dispose (object);
}

static void
gh_client_finalize (GObject *object)
{
  GhClient *self = GH_CLIENT (object);

  gh_client_set_token (self, NULL);
  g_clear_pointer (&self->base, g_uri_unref);
  g_clear_error (&self->fault);
  g_free (self->url);
  g_free (self->token_header);
  g_free (self->ca_file);
  G_OBJECT_CLASS (gh_client_parent_class)->finalize (object);
}

static void
gh_client_class_init (GhClientClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = gh_client_dispose;
  object_class->finalize = gh_client_finalize;
}

static void
gh_client_init (GhClient *self)
{
  g_queue_init (&self->waiting);
  self->deadline = GH_CLIENT_DEADLINE_SECONDS * 1000;
}

/* Of libsoup's features the decoder of compressed bodies is the only one that stays. A
 * loopback server is asked directly, because a proxy would see its token in clear. */
static SoupSession *
make_session (GUri *base)
{
  SoupSession *session = soup_session_new_with_options ("max-conns",
                                                        GH_CLIENT_WINDOW,
                                                        "max-conns-per-host",
                                                        GH_CLIENT_WINDOW,
                                                        "timeout",
                                                        0,
                                                        "idle-timeout",
                                                        IDLE_SECONDS,
                                                        "user-agent",
                                                        "Gatehouse/" GH_VERSION,
                                                        NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (base != NULL && gh_wire_is_loopback (base))
    {
      g_autoptr (GProxyResolver) direct = g_simple_proxy_resolver_new (NULL, NULL);

      soup_session_set_proxy_resolver (session, direct);
    }
  return session;
}

/* A base has no slash at its end, so that a path can follow. */
static char *
dup_base_text (GUri *base)
{
  char *text = g_uri_to_string (base);

  if (g_str_has_suffix (text, "/"))
    text[strlen (text) - 1] = '\0';
  return text;
}

char *
gh_client_check_url (const char *url, GError **error)
{
  g_autoptr (GUri) uri = gh_wire_parse_base (url, error);

  return uri != NULL ? dup_base_text (uri) : NULL;
}

GhClient *
gh_client_new (const char *url, const char *token_header, const char *ca_file)
{
  GhClient *self = g_object_new (GH_TYPE_CLIENT, NULL);

  self->base = gh_wire_parse_base (url, &self->fault);
  self->url = self->base != NULL ? dup_base_text (self->base) : g_strdup (url);
  if (self->fault == NULL && token_header != NULL && !gh_wire_is_token_header (token_header))
    g_set_error (&self->fault,
                 GH_REMOTE_ERROR,
                 GH_REMOTE_ERROR_ADDRESS,
                 _ ("A token cannot be sent in a header named “%s”."),
                 token_header);
  self->token_header = g_strdup (token_header);
  self->ca_file = g_strdup (ca_file);
  self->session = make_session (self->base);
  return self;
}

const char *
gh_client_get_url (GhClient *self)
{
  g_return_val_if_fail (GH_IS_CLIENT (self), NULL);
  return self->url;
}

void
gh_client_set_token (GhClient *self, const char *token)
{
  g_return_if_fail (GH_IS_CLIENT (self));

  if (self->token != NULL)
    explicit_bzero (self->token, strlen (self->token));
  g_clear_pointer (&self->token, g_free);
  if (token != NULL && gh_wire_is_token (token))
    self->token = g_strdup (token);
}

gboolean
gh_client_has_token (GhClient *self)
{
  g_return_val_if_fail (GH_IS_CLIENT (self), FALSE);
  return self->token != NULL;
}

void
gh_client_set_deadline (GhClient *self, guint seconds)
{
  g_return_if_fail (GH_IS_CLIENT (self));
  self->deadline = MAX (seconds, 1) * 1000;
}

GUri *
gh_client_get_base (GhClient *self)
{
  return self->base;
}

const GError *
gh_client_get_fault (GhClient *self)
{
  return self->fault;
}

void
gh_client_call_async (GhClient *self,
                      GhExchange *exchange,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  g_task_set_source_tag (task, gh_client_call_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  call->exchange = exchange;
  call->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (call->cancelled, G_SOURCE_FUNC (cancelled_cb), task, NULL);
  g_source_attach (call->cancelled, g_task_get_context (task));
  g_queue_push_tail (&self->waiting, task);
  pump (self);
}

GhAnswer *
gh_client_call_finish (GhClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
