/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One of three things under one name. */

#include "gh-compare-source.h"

#include <glib/gi18n-lib.h>

#include "gh-chooser.h"

struct _GhCompareSource
{
  GObject parent_instance;

  char *name;             /* owned: the baseline's, or NULL */
  GhPolicy *policy;       /* owned: the baseline's, or NULL */
  GhWorkspace *workspace; /* owned, or NULL */
};

G_DEFINE_FINAL_TYPE (GhCompareSource, gh_compare_source, G_TYPE_OBJECT)

static void
gh_compare_source_finalize (GObject *object)
{
  GhCompareSource *self = GH_COMPARE_SOURCE (object);

  g_free (self->name);
  g_clear_pointer (&self->policy, gh_policy_unref);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (gh_compare_source_parent_class)->finalize (object);
}

static void
gh_compare_source_class_init (GhCompareSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gh_compare_source_finalize;
}

static void
gh_compare_source_init (GhCompareSource *self)
{
}

GhCompareSource *
gh_compare_source_new_recommended (void)
{
  return g_object_new (GH_TYPE_COMPARE_SOURCE, NULL);
}

GhCompareSource *
gh_compare_source_new_baseline (const GhBaseline *baseline)
{
  GhCompareSource *self = g_object_new (GH_TYPE_COMPARE_SOURCE, NULL);

  self->name = g_strdup (baseline->name);
  self->policy = gh_policy_ref (baseline->policy);
  return self;
}

GhCompareSource *
gh_compare_source_new_workspace (GhWorkspace *workspace)
{
  GhCompareSource *self = g_object_new (GH_TYPE_COMPARE_SOURCE, NULL);

  self->workspace = g_object_ref (workspace);
  return self;
}

gboolean
gh_compare_source_equal (GhCompareSource *self, GhCompareSource *other)
{
  g_return_val_if_fail (GH_IS_COMPARE_SOURCE (self), FALSE);
  g_return_val_if_fail (GH_IS_COMPARE_SOURCE (other), FALSE);

  return self->workspace == other->workspace && g_strcmp0 (self->name, other->name) == 0;
}

const char *
gh_compare_source_get_title (GhCompareSource *self)
{
  g_return_val_if_fail (GH_IS_COMPARE_SOURCE (self), NULL);

  if (self->workspace != NULL)
    return gh_workspace_get_name (self->workspace);

  return self->name != NULL ? self->name : _ ("Recommended values");
}

GhWorkspace *
gh_compare_source_get_workspace (GhCompareSource *self)
{
  g_return_val_if_fail (GH_IS_COMPARE_SOURCE (self), NULL);

  return self->workspace;
}

gboolean
gh_compare_source_is_ready (GhCompareSource *self)
{
  g_return_val_if_fail (GH_IS_COMPARE_SOURCE (self), FALSE);

  return self->workspace == NULL || gh_workspace_get_document (self->workspace) != NULL;
}

GhPolicy *
gh_compare_source_dup_policy (GhCompareSource *self)
{
  g_return_val_if_fail (GH_IS_COMPARE_SOURCE (self), NULL);
  g_return_val_if_fail (gh_compare_source_is_ready (self), NULL);

  if (self->workspace != NULL)
    return gh_document_dup_policy (gh_workspace_get_document (self->workspace));

  return self->policy != NULL ? gh_policy_ref (self->policy) : NULL;
}

char *
gh_compare_source_dup_line (gpointer source, gpointer user_data)
{
  GhCompareSource *self = source;

  if (self == NULL)
    return g_strdup ("");
  if (self->workspace != NULL)
    return gh_chooser_dup_workspace_title (self->workspace, NULL);
  if (self->name != NULL)
    return g_strdup_printf (_ ("Baseline “%s”"), self->name);

  return g_strdup (gh_compare_source_get_title (self));
}
