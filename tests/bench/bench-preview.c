/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a keystroke costs in a Content-Security-Policy of 16 KB, with the form and the header
 * preview side by side: processor time of the main thread from the keystroke until the frame
 * with its effects is painted, beside the same frame without a keystroke. */

#include <stdlib.h>
#include <time.h>

#include <adwaita.h>

#include "gh-application.h"
#include "gh-headers-view.h"
#include "gh-policy-form.h"
#include "gh-value-type.h"
#include "walk.h"

#define POLICY_SIZE (16 * 1024)
#define N_KEYSTROKES 60
#define FRAME_MILLISECONDS 16.0

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

/* Until the frame after this moment is painted. */
static void
wait_for_frame (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gboolean painted = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &painted);

  gtk_widget_queue_draw (window);
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static double
measure (GtkWidget *window, GtkTextBuffer *buffer, double *worst)
{
  double costs[N_KEYSTROKES];

  for (guint i = 0; i < N_KEYSTROKES; i++)
    {
      double start = get_milliseconds ();
      GtkTextIter end;

      if (buffer != NULL)
        {
          gtk_text_buffer_get_end_iter (buffer, &end);
          gtk_text_buffer_insert (buffer, &end, i == 0 ? " https://a" : "a", -1);
        }
      wait_for_frame (window);
      costs[i] = get_milliseconds () - start;
    }

  qsort (costs, N_KEYSTROKES, sizeof *costs, compare);
  *worst = costs[N_KEYSTROKES - 1];
  return costs[N_KEYSTROKES / 2];
}

static GtkWidget *
open_window (GhFormContext *context, GtkTextBuffer **buffer)
{
  const GhSetting *setting = gh_settings_lookup ("content-security-policy.policy");
  GtkWidget *form = gh_policy_form_new (gh_groups_lookup (setting->group), context);
  GtkWidget *preview = gh_headers_view_new (context);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *window = adw_window_new ();
  GhSettingRow *row = gh_policy_form_find_row (GH_POLICY_FORM (form), setting);
  GtkWidget *view = gh_setting_editor_get_widget (gh_setting_row_get_editor (row));

  gtk_widget_set_hexpand (form, TRUE);
  gtk_widget_set_hexpand (preview, TRUE);
  gtk_box_append (GTK_BOX (box), form);
  gtk_box_append (GTK_BOX (box), preview);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  gtk_window_present (GTK_WINDOW (window));
  gh_policy_form_show_row (GH_POLICY_FORM (form), setting);
  *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  walk_settle (window);
  return window;
}

int
main (int argc, char **argv)
{
  g_autoptr (GhPolicy) base = gh_policy_new ();
  g_autoptr (GhDocument) document = NULL;
  g_autoptr (GhFormContext) context = gh_form_context_new ();
  g_autofree char *policy = make_policy ();
  GtkTextBuffer *buffer;
  GtkWidget *window;
  double idle, idle_worst, typing, typing_worst;

  gh_policy_set (
    base, gh_settings_lookup ("content-security-policy"), g_variant_new_boolean (TRUE));
  gh_policy_set (
    base, gh_settings_lookup ("content-security-policy.policy"), g_variant_new_string (policy));
  document = gh_document_new (base);
  adw_init ();
  gh_application_ensure_resources ();
  gh_form_context_set_document (context, document, TRUE);
  window = open_window (context, &buffer);

  idle = measure (window, NULL, &idle_worst);
  typing = measure (window, buffer, &typing_worst);
  g_print ("a frame alone:        median %5.2f ms, worst %5.2f ms\n", idle, idle_worst);
  g_print ("with a keystroke:     median %5.2f ms, worst %5.2f ms\n", typing, typing_worst);
  g_print ("of one frame's time:  %.0f %%\n", 100 * typing / FRAME_MILLISECONDS);
  gtk_window_destroy (GTK_WINDOW (window));
  return EXIT_SUCCESS;
}
