/* SPDX-License-Identifier: GPL-3.0-or-later */

/* editor DATABASE WORKSPACE FIELD SECONDS: a window's engine without its widgets. Keeps a
 * workspace open and edits one field of it again and again, while others edit other fields,
 * and prints how many edits it made and the value of the last. */

#include <stdlib.h>

#include "gh-fleet.h"

#include "../await.h"

#define PAUSE_MILLISECONDS 30

typedef struct
{
  GMainLoop *loop;
  GhWorkspace *workspace;
  const GhSetting *setting;
  gint64 until;
  guint n_edits;
  gint64 value;
} Editor;

static void
on_flushed (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  gh_workspace_flush_finish (GH_WORKSPACE (object), result, &error);
  g_assert_no_error (error);
}

static gint64
get_value (Editor *editor)
{
  return g_variant_get_int64 (
    gh_document_get_value (gh_workspace_get_document (editor->workspace), editor->setting));
}

static gboolean
on_tick (gpointer data)
{
  Editor *editor = data;
  GhDocument *document = gh_workspace_get_document (editor->workspace);

  if (editor->n_edits > 0)
    g_assert_cmpint (get_value (editor), ==, editor->value);
  if (g_get_monotonic_time () >= editor->until)
    {
      g_main_loop_quit (editor->loop);
      return G_SOURCE_REMOVE;
    }

  editor->value = 3 + editor->n_edits % 7;
  gh_document_begin_step (document);
  gh_document_set_value (document, editor->setting, g_variant_new_int64 (editor->value), NULL);
  gh_document_end_step (document);
  editor->n_edits++;
  gh_workspace_flush_async (editor->workspace, NULL, on_flushed, NULL);

  return G_SOURCE_CONTINUE;
}

static void
work (Editor *editor)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  editor->loop = g_main_loop_new (NULL, FALSE);
  g_timeout_add (PAUSE_MILLISECONDS, on_tick, editor);
  g_main_loop_run (editor->loop);
  g_main_loop_unref (editor->loop);

  gh_workspace_flush_async (editor->workspace, NULL, await_ready, &result);
  gh_workspace_flush_finish (editor->workspace, await (&result), &error);
  g_assert_no_error (error);
  g_print ("%u %" G_GINT64_FORMAT "\n", editor->n_edits, editor->value);
}

int
main (int argc, char **argv)
{
  g_autoptr (GhCredentials) credentials = gh_credentials_memory_new ();
  g_autoptr (GhFleet) fleet = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GError) error = NULL;
  Editor editor = { 0 };

  g_assert_cmpint (argc, ==, 5);
  gh_fleet_open_async (argv[1], credentials, NULL, await_ready, &opened);
  fleet = gh_fleet_open_finish (await (&opened), &error);
  g_assert_no_error (error);

  editor.workspace = gh_fleet_find (fleet, argv[2], &error);
  g_assert_no_error (error);
  editor.setting = gh_settings_lookup (argv[3]);
  editor.until = g_get_monotonic_time () + (gint64) (atof (argv[4]) * G_USEC_PER_SEC);
  gh_workspace_load_async (editor.workspace, NULL, await_ready, &loaded);
  gh_workspace_load_finish (editor.workspace, await (&loaded), &error);
  g_assert_no_error (error);
  work (&editor);

  return 0;
}
