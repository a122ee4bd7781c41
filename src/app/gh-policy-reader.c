/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One byte more is asked for than there may be, so that too much is seen however the file
 * grows meanwhile. */

#include "gh-policy-reader.h"

#include <glib/gi18n-lib.h>

#include "gh-policy-file.h"
#include "gh-strict-json.h"

#define BUFFER_SIZE (GH_STRICT_JSON_MAXIMUM_SIZE + 1)

static gboolean
check_regular (GFile *file, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (
    file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, cancellable, error);

  if (info == NULL)
    return FALSE;
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
    return TRUE;

  g_set_error (
    error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, _ ("“%s” is not a regular file."), name);
  return FALSE;
}

static char *
read_text (GFile *file, const char *name, gsize *length, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *text = NULL;

  if (!check_regular (file, name, cancellable, error))
    return NULL;
  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;

  text = g_malloc (BUFFER_SIZE);
  if (!g_input_stream_read_all (
        G_INPUT_STREAM (stream), text, BUFFER_SIZE, length, cancellable, error))
    return NULL;
  if (*length < BUFFER_SIZE)
    return g_steal_pointer (&text);

  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_MESSAGE_TOO_LARGE,
               _ ("“%s” is longer than %u bytes: it is not a policy that was exported."),
               name,
               (guint) GH_STRICT_JSON_MAXIMUM_SIZE);
  return NULL;
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *path = g_file_get_parse_name (source);
  g_autofree char *name = g_path_get_basename (path);
  GError *error = NULL;
  gsize length = 0;
  g_autofree char *text = read_text (source, name, &length, cancellable, &error);
  GhPolicy *policy = text != NULL ? gh_policy_file_parse (text, length, name, &error) : NULL;

  if (policy != NULL)
    g_task_return_pointer (task, policy, (GDestroyNotify) gh_policy_unref);
  else
    g_task_return_error (task, error);
}

void
gh_policy_reader_read_async (GFile *file,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (file, cancellable, callback, user_data);

  g_task_set_source_tag (task, gh_policy_reader_read_async);
  g_task_run_in_thread (task, read_thread);
}

GhPolicy *
gh_policy_reader_read_finish (GFile *file, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
