/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Columns in this order: what is recommended and baselines, the open workspace, others. The
 * first of them is what the rest differs from. */

#include "gh-compare-set.h"

#include <glib/gi18n-lib.h>

#include "gh-value-type.h"

struct _GhCompareSet
{
  GObject parent_instance;

  GhCompareSource *open;     /* owned: the workspace, or NULL */
  GPtrArray *sources;        /* owned, of GhCompareSource: what it is compared with */
  GPtrArray *columns;        /* owned, of GhCompareSource: those of the comparison */
  GhComparison *comparison;  /* owned, or NULL */
  GCancellable *cancellable; /* owned */
  guint compare_source;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhCompareSet, gh_compare_set, G_TYPE_OBJECT)

static void
fail (GhCompareSet *self, const char *words)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, words);
}

static void
collect_columns (GhCompareSet *self)
{
  g_ptr_array_set_size (self->columns, 0);
  for (guint i = 0; i < self->sources->len; i++)
    if (gh_compare_source_get_workspace (g_ptr_array_index (self->sources, i)) == NULL)
      g_ptr_array_add (self->columns, g_object_ref (g_ptr_array_index (self->sources, i)));
  g_ptr_array_add (self->columns, g_object_ref (self->open));
  for (guint i = 0; i < self->sources->len; i++)
    {
      GhCompareSource *source = g_ptr_array_index (self->sources, i);

      if (gh_compare_source_get_workspace (source) != NULL && gh_compare_source_is_ready (source))
        g_ptr_array_add (self->columns, g_object_ref (source));
    }
}

static void
policy_free (gpointer policy)
{
  if (policy != NULL)
    gh_policy_unref (policy);
}

static GhComparison *
compare_columns (GhCompareSet *self)
{
  g_autoptr (GPtrArray) policies = g_ptr_array_new_with_free_func (policy_free);
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();

  for (guint i = 0; i < self->columns->len; i++)
    {
      GhCompareSource *source = g_ptr_array_index (self->columns, i);

      g_ptr_array_add (policies, gh_compare_source_dup_policy (source));
      g_ptr_array_add (titles, (gpointer) gh_compare_source_get_title (source));
    }
  return gh_compare (policies, (const char *const *) titles->pdata, NULL, NULL);
}

static void
compare (GhCompareSet *self)
{
  g_clear_handle_id (&self->compare_source, g_source_remove);
  g_clear_pointer (&self->comparison, gh_comparison_free);
  g_ptr_array_set_size (self->columns, 0);
  if (self->open != NULL && gh_compare_source_is_ready (self->open))
    {
      collect_columns (self);
      self->comparison = compare_columns (self);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
on_compare (gpointer user_data)
{
  GhCompareSet *self = user_data;

  self->compare_source = 0;
  compare (self);
  return G_SOURCE_REMOVE;
}

/* One comparison for many changes. */
static void
queue_compare (GhCompareSet *self)
{
  if (self->compare_source == 0)
    self->compare_source = g_idle_add (on_compare, self);
}

static void
on_document (GhCompareSet *self, GParamSpec *pspec, GhWorkspace *workspace)
{
  GhDocument *document = gh_workspace_get_document (workspace);

  if (document != NULL)
    {
      g_signal_handlers_disconnect_by_data (document, self);
      g_signal_connect_object (
        document, "changed", G_CALLBACK (queue_compare), self, G_CONNECT_SWAPPED);
    }
  queue_compare (self);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GhCompareSet *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GhCompareSource) failed = NULL;

  if (gh_workspace_open_finish (GH_WORKSPACE (source), result, &error)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  failed = gh_compare_source_new_workspace (GH_WORKSPACE (source));
  fail (self, error->message);
  gh_compare_set_remove (self, failed);
}

static void
follow (GhCompareSet *self, GhCompareSource *source)
{
  GhWorkspace *workspace = gh_compare_source_get_workspace (source);

  if (workspace == NULL)
    return;

  g_signal_connect_object (
    workspace, "notify::document", G_CALLBACK (on_document), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    workspace, "notify::can-write", G_CALLBACK (queue_compare), self, G_CONNECT_SWAPPED);
  on_document (self, NULL, workspace);
}

static void
leave (GhCompareSet *self, GhCompareSource *source)
{
  GhWorkspace *workspace = gh_compare_source_get_workspace (source);

  if (workspace == NULL)
    return;

  g_signal_handlers_disconnect_by_data (workspace, self);
  if (gh_workspace_get_document (workspace) != NULL)
    g_signal_handlers_disconnect_by_data (gh_workspace_get_document (workspace), self);
}

static gboolean
find_source (GhCompareSet *self, GhCompareSource *source, guint *position)
{
  return g_ptr_array_find_with_equal_func (
    self->sources, source, (GEqualFunc) gh_compare_source_equal, position);
}

static void
gh_compare_set_dispose (GObject *object)
{
  GhCompareSet *self = GH_COMPARE_SET (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->compare_source, g_source_remove);

  G_OBJECT_CLASS (gh_compare_set_parent_class)->dispose (object);
}

static void
gh_compare_set_finalize (GObject *object)
{
  GhCompareSet *self = GH_COMPARE_SET (object);

  g_clear_object (&self->open);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->sources);
  g_ptr_array_unref (self->columns);
  g_clear_pointer (&self->comparison, gh_comparison_free);

  G_OBJECT_CLASS (gh_compare_set_parent_class)->finalize (object);
}

static void
gh_compare_set_class_init (GhCompareSetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gh_compare_set_dispose;
  object_class->finalize = gh_compare_set_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new (
    "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed",
                                         G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         G_TYPE_STRING);
}

static void
gh_compare_set_init (GhCompareSet *self)
{
  self->cancellable = g_cancellable_new ();
  self->sources = g_ptr_array_new_with_free_func (g_object_unref);
  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
}

GhCompareSet *
gh_compare_set_new (void)
{
  return g_object_new (GH_TYPE_COMPARE_SET, NULL);
}

void
gh_compare_set_set_workspace (GhCompareSet *self, GhWorkspace *workspace)
{
  g_return_if_fail (GH_IS_COMPARE_SET (self));

  if (self->open != NULL)
    leave (self, self->open);
  g_clear_object (&self->open);
  if (workspace != NULL)
    {
      self->open = gh_compare_source_new_workspace (workspace);
      gh_compare_set_remove (self, self->open);
      follow (self, self->open);
    }
  compare (self);
}

GhWorkspace *
gh_compare_set_get_workspace (GhCompareSet *self)
{
  g_return_val_if_fail (GH_IS_COMPARE_SET (self), NULL);

  return self->open != NULL ? gh_compare_source_get_workspace (self->open) : NULL;
}

/* Why it is not added, or NULL. */
static const char *
find_obstacle (GhCompareSet *self, GhCompareSource *source)
{
  if (find_source (self, source, NULL)
      || (self->open != NULL && gh_compare_source_equal (self->open, source)))
    return _ ("This is compared already");
  if (self->sources->len + 1 >= GH_COMPARE_MAXIMUM)
    return _ ("More than this cannot be read beside each other. Remove one first");

  return NULL;
}

void
gh_compare_set_add (GhCompareSet *self, GhCompareSource *source)
{
  GhWorkspace *workspace;
  const char *obstacle;

  g_return_if_fail (GH_IS_COMPARE_SET (self));
  g_return_if_fail (GH_IS_COMPARE_SOURCE (source));

  obstacle = find_obstacle (self, source);
  if (obstacle != NULL)
    {
      fail (self, obstacle);
      return;
    }

  workspace = gh_compare_source_get_workspace (source);
  g_ptr_array_add (self->sources, g_object_ref (source));
  follow (self, source);
  if (workspace != NULL)
    gh_workspace_open_async (workspace, self->cancellable, on_opened, self);
  compare (self);
}

void
gh_compare_set_remove (GhCompareSet *self, GhCompareSource *source)
{
  guint position;

  g_return_if_fail (GH_IS_COMPARE_SET (self));

  if (!find_source (self, source, &position))
    return;

  leave (self, source);
  g_ptr_array_remove_index (self->sources, position);
  compare (self);
}

GPtrArray *
gh_compare_set_get_sources (GhCompareSet *self)
{
  g_return_val_if_fail (GH_IS_COMPARE_SET (self), NULL);

  return self->sources;
}

GPtrArray *
gh_compare_set_get_columns (GhCompareSet *self)
{
  g_return_val_if_fail (GH_IS_COMPARE_SET (self), NULL);

  return self->columns;
}

const GhComparison *
gh_compare_set_get_comparison (GhCompareSet *self)
{
  g_return_val_if_fail (GH_IS_COMPARE_SET (self), NULL);

  return self->comparison;
}

const GhDifference *
gh_compare_set_find (GhCompareSet *self, const char *field)
{
  g_return_val_if_fail (GH_IS_COMPARE_SET (self), NULL);

  for (guint i = 0; self->comparison != NULL && i < self->comparison->differences->len; i++)
    {
      const GhDifference *difference = g_ptr_array_index (self->comparison->differences, i);

      if (g_str_equal (difference->setting->id, field))
        return difference;
    }

  return NULL;
}

static guint
copy_to (GhCompareSet *self, const GhDifference *difference, GVariant *value, guint to)
{
  GhWorkspace *workspace = gh_compare_source_get_workspace (g_ptr_array_index (self->columns, to));
  g_autoptr (GError) error = NULL;

  if (workspace == NULL || !gh_workspace_get_can_write (workspace)
      || gh_value_equal (value, g_ptr_array_index (difference->values, to)))
    return 0;
  if (gh_document_set_value (
        gh_workspace_get_document (workspace), difference->setting, value, &error))
    return 1;

  fail (self, error->message);
  return 0;
}

guint
gh_compare_set_copy (GhCompareSet *self, const char *field, guint from, guint to)
{
  const GhDifference *difference;
  GVariant *value;
  guint n_taken = 0;

  g_return_val_if_fail (GH_IS_COMPARE_SET (self), 0);

  difference = gh_compare_set_find (self, field);
  if (difference == NULL || from >= self->columns->len)
    return 0;

  value = g_ptr_array_index (difference->values, from);
  for (guint i = 0; value != NULL && i < self->columns->len; i++)
    if (i == to || to == GH_COMPARE_ALL)
      n_taken += copy_to (self, difference, value, i);
  return n_taken;
}
