/* SPDX-License-Identifier: GPL-3.0-or-later */

/* window-editor WORKSPACE FIELD SECONDS: the real window, in which a person types one number
 * after the other into a field, while others edit other fields of the same workspace. Prints
 * how many edits it made and the value of the last. */

#include <stdlib.h>

#include "walk.h"
#include "window-fixture.h"

typedef struct
{
  const char *workspace;
  const char *field;
  double seconds;
  guint n_edits;
  gint64 value;
} Editor;

static gint64
get_value (GhWorkspace *workspace, const char *field)
{
  return g_variant_get_int64 (
    gh_document_get_value (gh_workspace_get_document (workspace), gh_settings_lookup (field)));
}

static void
edit (Editor *self, GhWindow *window, GhWorkspace *workspace)
{
  g_autofree char *text = NULL;

  self->value = 3 + self->n_edits % 7;
  text = g_strdup_printf ("%" G_GINT64_FORMAT, self->value);
  window_fixture_type (window, self->field, text);
  self->n_edits++;
  g_assert_cmpint (get_value (workspace, self->field), ==, self->value);
}

/* What others edited came in meanwhile, and took nothing away. */
static void
await_saved (Editor *self, GhWorkspace *workspace)
{
  window_fixture_wait (!gh_workspace_get_saving (workspace));
  g_assert_cmpint (get_value (workspace, self->field), ==, self->value);
}

static void
scenario (GhApplication *application, GhWindow *window, gpointer data)
{
  Editor *self = data;
  g_autoptr (GError) error = NULL;
  GhWorkspace *workspace = gh_fleet_find (gh_window_get_fleet (window), self->workspace, &error);
  gint64 until = g_get_monotonic_time () + (gint64) (self->seconds * G_USEC_PER_SEC);

  g_assert_no_error (error);
  window_fixture_open (window, workspace);
  do
    {
      edit (self, window, workspace);
      await_saved (self, workspace);
    }
  while (g_get_monotonic_time () < until);
}

int
main (int argc, char **argv)
{
  Editor editor = { 0 };
  int status;

  g_assert_cmpint (argc, ==, 4);
  editor.workspace = argv[1];
  editor.field = argv[2];
  editor.seconds = atof (argv[3]);
  status = window_fixture_run (scenario, &editor);
  g_print ("%u %" G_GINT64_FORMAT "\n", editor.n_edits, editor.value);

  return status;
}
