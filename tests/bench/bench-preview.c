/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a keystroke costs in a Content-Security-Policy of 16 KB, in the real window with the
 * header preview beside the form, and the same keystrokes in a plain text view of GTK: processor
 * time of the main thread from the keystroke until the frame with its effects is painted, and
 * how many frames of the window's clock that took at most. */

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "walk.h"
#include "window-fixture.h"

#define FIELD "content-security-policy.policy"
#define POLICY_SIZE (16 * 1024)
#define N_KEYSTROKES 60
#define FRAME_MILLISECONDS 16.0
#define WIDTH 1270
#define HEIGHT 800

typedef struct
{
  GtkWidget *window;
  GtkTextBuffer *buffer;
  GhHeaderList *preview; /* shows what is in the buffer too, or NULL */
} Place;

typedef struct
{
  double costs[N_KEYSTROKES]; /* milliseconds, in order */
  guint n_frames[N_KEYSTROKES];
} Costs;

static double
get_milliseconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static char *
make_policy (void)
{
  static const char *const directives[]
    = { "script-src", "style-src",  "img-src",    "font-src",    "connect-src",  "frame-src",
        "media-src",  "worker-src", "object-src", "form-action", "manifest-src", "child-src" };
  GString *policy = g_string_new ("default-src 'self'");
  gsize share = (POLICY_SIZE - policy->len) / G_N_ELEMENTS (directives);

  for (gsize i = 0; i < G_N_ELEMENTS (directives); i++)
    {
      gsize end = policy->len + share;

      g_string_append_printf (policy, "; %s 'self'", directives[i]);
      for (guint j = 0; policy->len + 40 < end; j++)
        g_string_append_printf (policy, " https://cdn-%u.example.net/path/", j);
    }

  return g_string_free (policy, FALSE);
}

static void
on_after_paint (GdkFrameClock *clock, gboolean *painted)
{
  *painted = TRUE;
}

/* Until the frame after this moment is painted; how many there were. */
static guint
wait_for_frame (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gint64 counter = gdk_frame_clock_get_frame_counter (clock);
  gboolean painted = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &painted);

  gtk_widget_queue_draw (window);
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
  return (guint) (gdk_frame_clock_get_frame_counter (clock) - counter);
}

static void
press_key (GtkTextBuffer *buffer)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, "a", -1);
}

static char *
dup_end (GtkTextBuffer *buffer, int length)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_end_iter (buffer, &end);
  start = end;
  gtk_text_iter_backward_chars (&start, length);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* Whether the preview has a line that ends as the text does. */
static gboolean
is_shown (const Place *place)
{
  g_autofree char *text = NULL;
  g_autofree char *lines = NULL;

  if (place->preview == NULL)
    return TRUE;

  text = dup_end (place->buffer, N_KEYSTROKES + 10);
  lines = gh_header_list_dup_text (place->preview);

  return strstr (lines, text) != NULL;
}

static void
measure (const Place *place, gboolean types, Costs *costs)
{
  for (guint i = 0; i < N_KEYSTROKES; i++)
    {
      double start = get_milliseconds ();

      if (types)
        press_key (place->buffer);
      costs->n_frames[i] = wait_for_frame (place->window);
      costs->costs[i] = get_milliseconds () - start;
      while (!is_shown (place))
        costs->n_frames[i] += wait_for_frame (place->window);
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static double
report (const char *name, const Costs *costs)
{
  double sorted[N_KEYSTROKES];
  guint n_frames = 0;

  memcpy (sorted, costs->costs, sizeof sorted);
  qsort (sorted, N_KEYSTROKES, sizeof *sorted, compare);
  for (guint i = 0; i < N_KEYSTROKES; i++)
    n_frames = MAX (n_frames, costs->n_frames[i]);
  g_print ("%-22s first %6.2f ms, median %6.2f ms, worst %6.2f ms, frames %u\n",
           name,
           costs->costs[0],
           sorted[N_KEYSTROKES / 2],
           sorted[N_KEYSTROKES - 1],
           n_frames);

  return sorted[N_KEYSTROKES / 2];
}

/* The first of that type that is on the screen. */
static GtkWidget *
find_mapped (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_mapped (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static Place
open_plain (const char *text)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  Place place = { gtk_window_new (), gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), NULL };

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_buffer_set_text (place.buffer, text, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_window_set_child (GTK_WINDOW (place.window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (place.window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (place.window));
  walk_settle (place.window);

  return place;
}

/* The policy is applied already, so that the first keystroke is the first difference. */
static Place
open_real (GhWindow *window, const char *policy)
{
  GhWorkspaceView *view = gh_window_get_view (window);
  Place place = { GTK_WIDGET (window), NULL, NULL };
  GhDocument *document;
  g_autoptr (GhPolicy) base = NULL;
  GhSettingRow *row;

  window_fixture_start_demo (window);
  window_fixture_open (window, window_fixture_find_workspace (window, TRUE));
  window_fixture_resize (GTK_WINDOW (window), WIDTH, HEIGHT);
  gh_workspace_view_set_preview (view, TRUE);
  document = gh_form_context_get_document (gh_workspace_view_get_context (view));
  gh_document_revert_all (document);
  base = gh_policy_copy (gh_document_get_base (document));
  gh_policy_set (
    base, gh_settings_lookup ("content-security-policy"), g_variant_new_boolean (TRUE));
  gh_policy_set (base, gh_settings_lookup (FIELD), g_variant_new_string (policy));
  gh_document_set_base (document, base);
  row = window_fixture_go_to (window, FIELD);
  place.buffer
    = gtk_text_view_get_buffer (GTK_TEXT_VIEW (find_mapped (GTK_WIDGET (row), GTK_TYPE_TEXT_VIEW)));
  place.preview = GH_HEADER_LIST (find_mapped (GTK_WIDGET (window), GH_TYPE_HEADER_LIST));
  walk_settle (place.window);

  return place;
}

static void
run (GhApplication *application, GhWindow *window, gpointer user_data)
{
  g_autofree char *policy = make_policy ();
  Place real = open_real (window, policy);
  g_autofree char *text = dup_end (real.buffer, G_MAXINT);
  Place plain = open_plain (text);
  Costs costs;
  double typing;

  measure (&plain, TRUE, &costs);
  report ("plain text view:", &costs);
  gtk_window_destroy (GTK_WINDOW (plain.window));

  measure (&real, FALSE, &costs);
  report ("a frame alone:", &costs);
  measure (&real, TRUE, &costs);
  typing = report ("with a keystroke:", &costs);
  g_print ("of one frame's time:   %.0f %%\n", 100 * typing / FRAME_MILLISECONDS);
}

int
main (void)
{
  return window_fixture_run (run, NULL);
}
