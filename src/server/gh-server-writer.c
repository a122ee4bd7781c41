/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The writing thread and its queue. */

#include "gh-server-writer.h"

#include "gh-keyed-hash.h"
#include "gh-server-problem.h"

#define MAXIMUM_BATCH 64

typedef struct
{
  const GhServerRoute *route; /* NULL: the end */
  GhServerRequest *request;
  GhServerResponse *response;
  GMainContext *context;
  GhServerWritten written;
  gpointer data;
} Job;

struct _GhServerWriter
{
  GhServerContext *context;
  GThread *thread;
  GAsyncQueue *jobs;
  GMutex lock;
  GHashTable *in_flight; /* set of keys, under the lock */
};

static char *
make_key (GhServerRequest *request)
{
  const char *key = gh_server_request_get_header (request, "Idempotency-Key");

  if (key == NULL)
    return NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", request->identity->id, key);
}

static gboolean
call_written (gpointer data)
{
  Job *job = data;

  job->written (job->data);
  return G_SOURCE_REMOVE;
}

static void
finish (Job *job)
{
  g_main_context_invoke_full (job->context, G_PRIORITY_DEFAULT, call_written, job, g_free);
}

static void
fail_batch (GPtrArray *batch, const GError *error)
{
  for (guint i = 0; i < batch->len; i++)
    {
      Job *job = g_ptr_array_index (batch, i);

      gh_server_response_clear (job->response);
      gh_server_response_fail (job->response, error);
    }
}

/* An error that leaves the transaction open is undone; one that ended it needs no more. */
static void
run_batch (GhServerWriter *self, GPtrArray *batch)
{
  GhServerDatabase *database = self->context->database;
  g_autoptr (GError) error = NULL;

  if (gh_server_database_execute (database, "BEGIN IMMEDIATE", &error))
    {
      for (guint i = 0; i < batch->len; i++)
        {
          Job *job = g_ptr_array_index (batch, i);

          gh_server_routes_answer (job->route, self->context, job->request, job->response);
        }
      gh_server_database_execute (database, "COMMIT", &error);
    }
  if (error == NULL)
    return;
  fail_batch (batch, error);
  gh_server_database_execute (database, "ROLLBACK", NULL);
}

/* Everything that waits, up to the end mark or the greatest batch. */
static GPtrArray *
take_batch (GhServerWriter *self, gboolean *end)
{
  GPtrArray *batch = g_ptr_array_new ();
  Job *job = g_async_queue_pop (self->jobs);

  while (job != NULL && job->route != NULL)
    {
      g_ptr_array_add (batch, job);
      job = batch->len < MAXIMUM_BATCH ? g_async_queue_try_pop (self->jobs) : NULL;
    }
  *end = job != NULL;
  g_free (job);
  return batch;
}

static gpointer
run (gpointer data)
{
  GhServerWriter *self = data;
  gboolean end = FALSE;

  while (!end)
    {
      g_autoptr (GPtrArray) batch = take_batch (self, &end);

      if (batch->len > 0)
        run_batch (self, batch);
      for (guint i = 0; i < batch->len; i++)
        finish (g_ptr_array_index (batch, i));
    }
  return NULL;
}

GhServerWriter *
gh_server_writer_new (const GhServerOptions *options, GError **error)
{
  GhServerContext *context = gh_server_context_new (options, error);
  GhServerWriter *self;

  if (context == NULL)
    return NULL;
  self = g_new0 (GhServerWriter, 1);
  self->context = context;
  self->jobs = g_async_queue_new ();
  g_mutex_init (&self->lock);
  self->in_flight = gh_keyed_hash_table_new (g_free, NULL);
  self->thread = g_thread_new ("writer", run, self);
  return self;
}

void
gh_server_writer_free (GhServerWriter *self)
{
  g_async_queue_push (self->jobs, g_new0 (Job, 1));
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  gh_server_context_free (self->context);
  g_hash_table_unref (self->in_flight);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static gboolean
reserve (GhServerWriter *self, GhServerRequest *request)
{
  char *key = make_key (request);
  gboolean is_new = TRUE;

  if (key == NULL)
    return TRUE;
  g_mutex_lock (&self->lock);
  if (g_hash_table_contains (self->in_flight, key))
    {
      is_new = FALSE;
      g_free (key);
    }
  else
    g_hash_table_add (self->in_flight, key);
  g_mutex_unlock (&self->lock);
  return is_new;
}

gboolean
gh_server_writer_submit (GhServerWriter *self,
                         const GhServerRoute *route,
                         GhServerRequest *request,
                         GhServerResponse *response,
                         GMainContext *context,
                         GhServerWritten written,
                         gpointer data)
{
  Job *job;

  if (!reserve (self, request))
    {
      gh_server_response_refuse (response,
                                 GH_PROBLEM_KEY_IN_FLIGHT,
                                 "A request with this Idempotency-Key is not answered yet. Send "
                                 "it again in a moment to get the same answer.");
      gh_server_response_set_header (response, "Retry-After", "1");
      return FALSE;
    }
  job = g_new (Job, 1);
  *job = (Job){ route, request, response, context, written, data };
  g_async_queue_push (self->jobs, job);
  return TRUE;
}

void
gh_server_writer_release (GhServerWriter *self, GhServerRequest *request)
{
  g_autofree char *key = make_key (request);

  if (key == NULL)
    return;
  g_mutex_lock (&self->lock);
  g_hash_table_remove (self->in_flight, key);
  g_mutex_unlock (&self->lock);
}
