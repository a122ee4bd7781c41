/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starting gatehouse-server and reading the two lines it says. */

#include "gh-demo.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include <glib/gi18n-lib.h>

#include "gh-config.h"
#include "gh-fleet-error.h"

#define PROGRAM "gatehouse-server"
#define N_WORKSPACES "5"
#define TIMEOUT_SECONDS 20
#define MAXIMUM_OUTPUT 4096
#define URL_PREFIX "listening on "
#define TOKEN_PREFIX "token: "

struct _GhDemo
{
  GObject parent_instance;

  GSubprocess *process;
  char *url;
  char *token; /* wiped */
};

typedef struct
{
  GhDemo *demo;
  GCancellable *stop;
  guint timeout;
  GString *output; /* wiped: it has the token */
} Starting;

G_DEFINE_FINAL_TYPE (GhDemo, gh_demo, G_TYPE_OBJECT)

static void
wipe (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
starting_free (Starting *starting)
{
  g_clear_handle_id (&starting->timeout, g_source_remove);
  g_clear_object (&starting->demo);
  g_clear_object (&starting->stop);
  wipe (g_string_free (starting->output, FALSE));
  g_free (starting);
}

static void
fail (GTask *task, const char *why)
{
  g_task_return_new_error (task,
                           GH_FLEET_ERROR,
                           GH_FLEET_ERROR_DEMO,
                           _ ("The demo server, %s, could not be started: %s"),
                           PROGRAM,
                           why);
  g_object_unref (task);
}

/* The rest of the line that starts with prefix; NULL as long as it is not complete. */
static char *
find_line (const char *output, const char *prefix)
{
  const char *start = strstr (output, prefix);
  const char *end = start != NULL ? strchr (start, '\n') : NULL;

  if (end == NULL || (start != output && start[-1] != '\n'))
    return NULL;
  return g_strndup (start + strlen (prefix), end - start - strlen (prefix));
}

static gboolean
read_output (GhDemo *self, const char *output)
{
  self->url = find_line (output, URL_PREFIX);
  if (self->url == NULL)
    return FALSE;
  self->token = find_line (output, TOKEN_PREFIX);
  return TRUE;
}

static void
output_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Starting *starting = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
    = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      fail (task, bytes == NULL ? error->message : _ ("it ended at once."));
      return;
    }
  g_string_append_len (starting->output, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (read_output (starting->demo, starting->output->str))
    {
      if (starting->demo->token == NULL)
        {
          fail (task, _ ("it gave no token."));
          return;
        }
      g_task_return_pointer (task, g_steal_pointer (&starting->demo), g_object_unref);
      g_object_unref (task);
    }
  else if (starting->output->len > MAXIMUM_OUTPUT)
    {
      fail (task, _ ("what it says is not understood."));
    }
  else
    {
      g_input_stream_read_bytes_async (G_INPUT_STREAM (source),
                                       MAXIMUM_OUTPUT,
                                       G_PRIORITY_DEFAULT,
                                       starting->stop,
                                       output_cb,
                                       task);
    }
}

static gboolean
timeout_cb (gpointer data)
{
  Starting *starting = data;

  starting->timeout = 0;
  g_cancellable_cancel (starting->stop);
  return G_SOURCE_REMOVE;
}

/* Beside the running program, where it is installed, or on the path. */
static char *
find_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *directory = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *beside = directory != NULL ? g_build_filename (directory, PROGRAM, NULL) : NULL;
  g_autofree char *installed = g_build_filename (GH_BINDIR, PROGRAM, NULL);
  const char *const candidates[] = { beside, installed };

  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    if (candidates[i] != NULL && g_file_test (candidates[i], G_FILE_TEST_IS_EXECUTABLE))
      return g_strdup (candidates[i]);
  return g_find_program_in_path (PROGRAM);
}

/* The child dies with the thread that made it, which is the one that runs the main loop. */
static void
set_up_child (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static GSubprocess *
spawn (const char *database_path, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *program = find_program ();

  if (program == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("it is not installed."));
      return NULL;
    }
  g_subprocess_launcher_set_child_setup (launcher, set_up_child, NULL, NULL);
  return g_subprocess_launcher_spawn (launcher,
                                      error,
                                      program,
                                      "--database",
                                      database_path,
                                      "--listen",
                                      "127.0.0.1:0",
                                      "--demo",
                                      N_WORKSPACES,
                                      "--print-token",
                                      NULL);
}

static void
gh_demo_dispose (GObject *object)
{
  GhDemo *self = GH_DEMO (object);

  if (self->process != NULL)
    g_subprocess_send_signal (self->process, SIGTERM);
  g_clear_object (&self->process);
  G_OBJECT_CLASS (gh_demo_parent_class)->dispose (object);
}

static void
gh_demo_finalize (GObject *object)
{
  GhDemo *self = GH_DEMO (object);

  g_free (self->url);
  wipe (self->token);
  G_OBJECT_CLASS (gh_demo_parent_class)->finalize (object);
}

static void
gh_demo_class_init (GhDemoClass *class)
{
  G_OBJECT_CLASS (class)->dispose = gh_demo_dispose;
  G_OBJECT_CLASS (class)->finalize = gh_demo_finalize;
}

static void
gh_demo_init (GhDemo *self)
{
}

void
gh_demo_start_async (const char *database_path,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Starting *starting = g_new0 (Starting, 1);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, gh_demo_start_async);
  g_task_set_task_data (task, starting, (GDestroyNotify) starting_free);
  starting->output = g_string_new (NULL);
  starting->stop = g_cancellable_new ();
  starting->demo = g_object_new (GH_TYPE_DEMO, NULL);
  starting->demo->process = spawn (database_path, &error);
  if (starting->demo->process == NULL)
    {
      fail (task, error->message);
      return;
    }
  starting->timeout = g_timeout_add_seconds (TIMEOUT_SECONDS, timeout_cb, starting);
  g_input_stream_read_bytes_async (g_subprocess_get_stdout_pipe (starting->demo->process),
                                   MAXIMUM_OUTPUT,
                                   G_PRIORITY_DEFAULT,
                                   starting->stop,
                                   output_cb,
                                   task);
}

GhDemo *
gh_demo_start_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
gh_demo_get_url (GhDemo *self)
{
  return self->url;
}

const char *
gh_demo_get_token (GhDemo *self)
{
  return self->token;
}

gboolean
gh_demo_is_running (GhDemo *self)
{
  return g_subprocess_get_identifier (self->process) != NULL;
}
