/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One row for each test is made at the start; a refresh touches only rows whose result is
 * another than the one shown. */

#include "gh-score-view.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-score.h"

typedef struct
{
  GtkWidget *row;     /* borrowed child of the expander */
  GtkWidget *icon;    /* borrowed */
  GtkLabel *points;   /* borrowed */
  const char *before; /* the results shown, static, or NULL */
  const char *after;
} GhScoreLine;

struct _GhScoreView
{
  AdwBin parent_instance;

  GhFormContext *context; /* owned, or NULL */
  GhScoreLine lines[GH_SCORE_N_TESTS];
  gboolean changes_only;

  /* Template */
  AdwExpanderRow *grade_row;
};

enum
{
  PROP_CHANGES_ONLY = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (GhScoreView, gh_score_view, ADW_TYPE_BIN)

static void
show_grade (GhScoreView *self, const GhScore *before, const GhScore *after)
{
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  if (before->score == after->score)
    {
      text = g_strdup_printf (_ ("Grade %s, %d"), after->grade, after->score);
      name
        = g_strdup_printf (_ ("HTTP Observatory: grade %s, score %d"), after->grade, after->score);
    }
  else
    {
      /* Translators: grade and score as applied now, then those of the draft. */
      text = g_strdup_printf (
        _ ("Grade %s, %d → %s, %d"), before->grade, before->score, after->grade, after->score);
      name = g_strdup_printf (_ ("HTTP Observatory: the draft changes grade %s, score %d, to "
                                 "grade %s, score %d"),
                              before->grade,
                              before->score,
                              after->grade,
                              after->score);
    }

  if (g_str_equal (text, gh_score_view_get_grade (self)))
    return;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->grade_row), text);
  gh_accessible_set_name (GTK_WIDGET (self->grade_row), name);
}

static char *
dup_points (int points)
{
  return g_strdup_printf (points == 0 ? "%d" : "%+d", points);
}

static char *
dup_points_change (const GhScoreResult *before, const GhScoreResult *after)
{
  g_autofree char *old = dup_points (before->modifier);
  g_autofree char *new = dup_points (after->modifier);

  if (before->modifier == after->modifier)
    return g_steal_pointer (&new);

  /* Translators: a value before and after a change, such as "60 minutes → 15 minutes". */
  return g_strdup_printf (_ ("%s → %s"), old, new);
}

static char *
dup_reason (const GhScoreResult *before, const GhScoreResult *after)
{
  const char *reason = gh_score_get_reason (after->result);

  if (before->result == after->result)
    return g_strdup (reason);

  return g_strdup_printf (
    _ ("%s\nAs applied now: %s"), reason, gh_score_get_reason (before->result));
}

static void
name_line (GhScoreLine *line, const GhScoreResult *before, const GhScoreResult *after)
{
  const char *header = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (line->row));
  const char *reason = adw_action_row_get_subtitle (ADW_ACTION_ROW (line->row));
  const char *passed = gtk_widget_get_tooltip_text (line->icon);
  g_autofree char *old = dup_points (before->modifier);
  g_autofree char *new = dup_points (after->modifier);
  g_autofree char *points = before->modifier == after->modifier
                              ? g_strdup_printf (_ ("Points: %s"), new)
                              : g_strdup_printf (_ ("Points: %s, as applied now %s"), new, old);
  g_autofree char *name = g_strdup_printf ("%s. %s. %s. %s", header, passed, points, reason);

  gh_accessible_set_name (line->row, name);
}

static void
mark_line (GhScoreLine *line, gboolean passes, gboolean changed)
{
  const char *styles[] = { passes ? "success" : "error", NULL };
  const char *passed = passes ? _ ("Passed") : _ ("Not passed");

  gtk_image_set_from_icon_name (GTK_IMAGE (line->icon),
                                passes ? "emblem-ok-symbolic" : "action-unavailable-symbolic");
  gtk_widget_set_css_classes (line->icon, styles);
  gtk_widget_set_tooltip_text (line->icon, passed);
  gh_accessible_set_name (line->icon, passed);
  if (changed)
    gtk_widget_add_css_class (line->row, "drafted");
  else
    gtk_widget_remove_css_class (line->row, "drafted");
}

static void
show_line (GhScoreView *self,
           GhScoreLine *line,
           const GhScoreResult *before,
           const GhScoreResult *after)
{
  gboolean changed = before->result != after->result;
  g_autofree char *points = NULL;
  g_autofree char *reason = NULL;

  if (line->before == before->result && line->after == after->result)
    return;

  line->before = before->result;
  line->after = after->result;
  points = dup_points_change (before, after);
  reason = dup_reason (before, after);
  gtk_label_set_label (line->points, points);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line->row), reason);
  mark_line (line, after->pass, changed);
  name_line (line, before, after);
  gtk_widget_set_visible (line->row, changed || !self->changes_only);
}

static void
on_refreshed (GhScoreView *self)
{
  const GhHeaderSet *headers_before = gh_form_context_get_headers_before (self->context);
  const GhHeaderSet *headers_after = gh_form_context_get_headers_after (self->context);
  gboolean changed = FALSE;
  GhScore before;
  GhScore after;

  if (headers_before == NULL || headers_after == NULL)
    return;

  gh_score_compute_set (headers_before, &before);
  gh_score_compute_set (headers_after, &after);
  show_grade (self, &before, &after);
  for (guint i = 0; i < GH_SCORE_N_TESTS; i++)
    {
      show_line (self, &self->lines[i], &before.results[i], &after.results[i]);
      changed = changed || before.results[i].result != after.results[i].result;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), changed || !self->changes_only);
}

static void
add_line (GhScoreView *self, GhScoreTestId test)
{
  GtkWidget *points = gtk_label_new (NULL);
  GhScoreLine line = {
    .row = adw_action_row_new (),
    .icon = gtk_image_new (),
    .points = GTK_LABEL (points),
  };

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line.row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line.row), gh_score_test_get_header (test));
  gtk_widget_add_css_class (points, "numeric");
  adw_action_row_add_prefix (ADW_ACTION_ROW (line.row), line.icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line.row), points);
  adw_expander_row_add_row (self->grade_row, line.row);
  self->lines[test] = line;
}

static void
on_map (GhScoreView *self)
{
  if (self->context != NULL)
    on_refreshed (self);
}

/* What nobody sees need not keep up, but where it hides itself it has to look for its return. */
static void
on_context_refreshed (GhScoreView *self)
{
  if (self->changes_only || gtk_widget_get_mapped (GTK_WIDGET (self)))
    on_refreshed (self);
}

static void
gh_score_view_dispose (GObject *object)
{
  GhScoreView *self = GH_SCORE_VIEW (object);

  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gh_score_view_parent_class)->dispose (object);
}

static void
gh_score_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHANGES_ONLY)
    g_value_set_boolean (value, GH_SCORE_VIEW (object)->changes_only);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gh_score_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHANGES_ONLY)
    GH_SCORE_VIEW (object)->changes_only = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gh_score_view_class_init (GhScoreViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gh_score_view_dispose;
  object_class->get_property = gh_score_view_get_property;
  object_class->set_property = gh_score_view_set_property;
  properties[PROP_CHANGES_ONLY]
    = g_param_spec_boolean ("changes-only",
                            NULL,
                            NULL,
                            FALSE,
                            G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-score-view.ui");
  gtk_widget_class_bind_template_child (widget_class, GhScoreView, grade_row);
}

static void
gh_score_view_init (GhScoreView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < GH_SCORE_N_TESTS; i++)
    add_line (self, (GhScoreTestId) i);
  gh_accessible_name_groups (GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
}

void
gh_score_view_set_context (GhScoreView *self, GhFormContext *context)
{
  g_return_if_fail (GH_IS_SCORE_VIEW (self));
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  g_signal_connect_swapped (context, "refreshed", G_CALLBACK (on_context_refreshed), self);
  on_refreshed (self);
}

const char *
gh_score_view_get_grade (GhScoreView *self)
{
  g_return_val_if_fail (GH_IS_SCORE_VIEW (self), NULL);

  return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->grade_row));
}

void
gh_score_view_set_expanded (GhScoreView *self, gboolean expanded)
{
  g_return_if_fail (GH_IS_SCORE_VIEW (self));

  adw_expander_row_set_expanded (self->grade_row, expanded);
}

char *
gh_score_view_dup_text (GhScoreView *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (GH_IS_SCORE_VIEW (self), NULL);

  for (guint i = 0; i < GH_SCORE_N_TESTS; i++)
    if (gtk_widget_get_visible (self->lines[i].row))
      g_string_append_printf (text,
                              "%s: %s: %s\n",
                              gh_score_test_get_header ((GhScoreTestId) i),
                              gtk_label_get_label (self->lines[i].points),
                              adw_action_row_get_subtitle (ADW_ACTION_ROW (self->lines[i].row)));

  return g_string_free (g_steal_pointer (&text), FALSE);
}
