/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window that slides over a list. */

#include "gh-each.h"

typedef struct
{
  GPtrArray *items;
  guint window;
  GhEachStart start;
  GhEachEnd end;
  gpointer data;
  guint next; /* index of the first that was not started */
  guint in_flight;
} Each;

typedef struct
{
  GTask *task; /* owned */
  gpointer item;
} Run;

static void
each_free (Each *each)
{
  g_ptr_array_unref (each->items);
  g_free (each);
}

static void advance (GTask *task);

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_autoptr (GTask) task = run->task;
  Each *each = g_task_get_task_data (task);

  each->in_flight--;
  each->end (run->item, each->data, source, result);
  g_free (run);
  advance (task);
}

static void
advance (GTask *task)
{
  Each *each = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  while (each->next < each->items->len && each->in_flight < each->window
         && !g_cancellable_is_cancelled (cancellable))
    {
      Run *run = g_new0 (Run, 1);

      run->task = g_object_ref (task);
      run->item = g_ptr_array_index (each->items, each->next++);
      each->in_flight++;
      each->start (run->item, each->data, cancellable, ended_cb, run);
    }
  if (each->in_flight > 0 || g_task_get_completed (task))
    return;
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

void
gh_each_async (GPtrArray *items,
               guint window,
               GhEachStart start,
               GhEachEnd end,
               gpointer data,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Each *each = g_new0 (Each, 1);

  g_task_set_source_tag (task, gh_each_async);
  each->items = g_ptr_array_ref (items);
  each->window = MAX (window, 1);
  each->start = start;
  each->end = end;
  each->data = data;
  g_task_set_task_data (task, each, (GDestroyNotify) each_free);
  advance (task);
}

gboolean
gh_each_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
