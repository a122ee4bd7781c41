/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The database's one thread: it opens, works off a queue, and closes. */

#include <signal.h>

#include "gh-connection.h"
#include "gh-database.h"
#include "gh-sqlite.h"

#define MONITOR_MILLISECONDS 100

struct _GhDatabase
{
  GObject parent_instance;

  GThread *thread;
  GAsyncQueue *jobs; /* of GTask, or of the database itself: the sign to end */

  /* of the thread, once it runs */
  GhConnection connection;
  gint64 data_version;

  /* of the context that opened it */
  GFileMonitor *monitor;
  gboolean looking;    /* a look at data_version is under way */
  gboolean look_again; /* the file changed since that look was asked for */
};

/* What a GTask of the queue carries. */
typedef struct
{
  gboolean write;
  GhDatabaseFunction function;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  gpointer result;
  GError *error;
} Job;

enum
{
  SIGNAL_CHANGED_ELSEWHERE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhDatabase, gh_database, G_TYPE_OBJECT)

static void
job_free (Job *job)
{
  if (job->free_data != NULL)
    job->free_data (job->data);
  g_clear_error (&job->error);
  g_free (job);
}

static void
run_transaction (GhDatabase *self, Job *job)
{
  if (!gh_sqlite_execute (
        self->connection.sqlite, job->write ? "BEGIN IMMEDIATE" : "BEGIN", &job->error))
    return;

  job->result = job->function (self->connection.sqlite, job->data, &job->error);
  if (job->error == NULL)
    gh_sqlite_execute (self->connection.sqlite, "COMMIT", &job->error);
  if (!sqlite3_get_autocommit (self->connection.sqlite))
    sqlite3_exec (self->connection.sqlite, "ROLLBACK", NULL, NULL, NULL);

  if (job->error != NULL && job->result != NULL && job->free_result != NULL)
    job->free_result (job->result);
  if (g_error_matches (job->error, GH_STORE_ERROR, GH_STORE_ERROR_DAMAGED))
    gh_connection_request_check (&self->connection);
}

/* Runs where the task was made, so that the thread never holds the last reference to the
 * database it works for. */
static gboolean
return_job (gpointer user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);

  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (task, job->result, job->free_result);

  return G_SOURCE_REMOVE;
}

static void
finish_job (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_callback (source, return_job, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static void
open_connection (GhDatabase *self, Job *job)
{
  if (gh_connection_open (&self->connection, &job->error))
    self->data_version
      = gh_sqlite_get_integer (self->connection.sqlite, NULL, 0, "PRAGMA data_version", "");
}

static void
run_job (GhDatabase *self, GTask *task)
{
  Job *job = g_task_get_task_data (task);

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &job->error))
    return;

  if (job->function == NULL)
    open_connection (self, job);
  else
    run_transaction (self, job);
}

static gpointer
run_thread (gpointer data)
{
  GhDatabase *self = data;
  sigset_t signal_set;
  gpointer item;

  /* A file size limit is an error of the write, not the end of the program. */
  sigemptyset (&signal_set);
  sigaddset (&signal_set, SIGXFSZ);
  pthread_sigmask (SIG_BLOCK, &signal_set, NULL);

  while ((item = g_async_queue_pop (self->jobs)) != self)
    {
      run_job (self, item);
      finish_job (item);
    }

  gh_connection_close (&self->connection);

  return NULL;
}

/* The context that opened it */

static void
push_job (GhDatabase *self, GTask *task, Job *job)
{
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_set_check_cancellable (task, FALSE); /* what was committed is said to be */
  g_async_queue_push (self->jobs, task);
}

static gpointer
look_for_changes (sqlite3 *sqlite, gpointer data, GError **error)
{
  GhDatabase *self = data;
  gint64 version = gh_sqlite_get_integer (sqlite, error, 0, "PRAGMA data_version", "");
  gboolean changed = version != 0 && version != self->data_version;

  if (version != 0)
    self->data_version = version;

  return GINT_TO_POINTER (changed);
}

static void on_file_changed (GhDatabase *self);

static void
on_looked (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GhDatabase *self = GH_DATABASE (object);
  gboolean changed = GPOINTER_TO_INT (gh_database_run_finish (self, result, NULL));

  self->looking = FALSE;
  if (self->look_again)
    on_file_changed (self);
  if (changed)
    g_signal_emit (self, signals[SIGNAL_CHANGED_ELSEWHERE], 0);
}

/* A look under way may have read already what this change came after. */
static void
on_file_changed (GhDatabase *self)
{
  self->look_again = self->looking;
  if (self->looking)
    return;

  self->looking = TRUE;
  gh_database_run_async (self, FALSE, look_for_changes, self, NULL, NULL, NULL, on_looked, NULL);
}

/* Of the log, where there is one; of the database itself elsewhere. */
static void
watch (GhDatabase *self)
{
  g_autofree char *log = g_strconcat (self->connection.path, "-wal", NULL);
  g_autoptr (GFile) file
    = g_file_new_for_path (g_file_test (log, G_FILE_TEST_EXISTS) ? log : self->connection.path);
  g_autoptr (GError) error = NULL;

  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, &error);
  if (self->monitor == NULL)
    {
      g_message ("Changes by other programs will not be seen at once: %s", error->message);
      return;
    }

  g_file_monitor_set_rate_limit (self->monitor, MONITOR_MILLISECONDS);
  g_signal_connect_object (
    self->monitor, "changed", G_CALLBACK (on_file_changed), self, G_CONNECT_SWAPPED);
}

static void
gh_database_dispose (GObject *object)
{
  GhDatabase *self = GH_DATABASE (object);

  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (gh_database_parent_class)->dispose (object);
}

static void
gh_database_finalize (GObject *object)
{
  GhDatabase *self = GH_DATABASE (object);

  if (self->thread != NULL)
    {
      g_async_queue_push (self->jobs, self);
      g_thread_join (self->thread);
    }
  g_async_queue_unref (self->jobs);
  g_free (self->connection.notice);
  g_free (self->connection.path);

  G_OBJECT_CLASS (gh_database_parent_class)->finalize (object);
}

static void
gh_database_class_init (GhDatabaseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gh_database_dispose;
  object_class->finalize = gh_database_finalize;

  signals[SIGNAL_CHANGED_ELSEWHERE] = g_signal_new (
    "changed-elsewhere", GH_TYPE_DATABASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gh_database_init (GhDatabase *self)
{
  self->jobs = g_async_queue_new ();
  self->connection.lock_file = -1;
}

char *
gh_database_dup_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "gatehouse", "gatehouse.db", NULL);
}

void
gh_database_open_async (const char *path,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GhDatabase) self = g_object_new (GH_TYPE_DATABASE, NULL);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (path != NULL);

  self->connection.path = g_canonicalize_filename (path, NULL);
  self->thread = g_thread_new ("database", run_thread, self);
  g_task_set_source_tag (task, gh_database_open_async);
  push_job (self, task, g_new0 (Job, 1));
}

GhDatabase *
gh_database_open_finish (GAsyncResult *result, GError **error)
{
  GTask *task = G_TASK (result);
  g_autoptr (GError) local_error = NULL;
  GhDatabase *self;

  g_return_val_if_fail (g_async_result_is_tagged (result, gh_database_open_async), NULL);

  g_task_propagate_pointer (task, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  self = g_object_ref (GH_DATABASE (g_task_get_source_object (task)));
  if (self->monitor == NULL)
    watch (self);

  return self;
}

const char *
gh_database_get_path (GhDatabase *self)
{
  g_return_val_if_fail (GH_IS_DATABASE (self), NULL);

  return self->connection.path;
}

const char *
gh_database_get_notice (GhDatabase *self)
{
  g_return_val_if_fail (GH_IS_DATABASE (self), NULL);

  return self->connection.notice;
}

void
gh_database_run_async (GhDatabase *self,
                       gboolean write,
                       GhDatabaseFunction function,
                       gpointer data,
                       GDestroyNotify free_data,
                       GDestroyNotify free_result,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task;
  Job *job;

  g_return_if_fail (GH_IS_DATABASE (self));
  g_return_if_fail (function != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_database_run_async);
  job = g_new0 (Job, 1);
  job->write = write;
  job->function = function;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  push_job (self, task, job);
}

gpointer
gh_database_run_finish (GhDatabase *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
gh_database_run_finish_boolean (GhDatabase *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  gh_database_run_finish (self, result, &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
