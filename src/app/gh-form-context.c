/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Follows one document and tells all views at once what came of a change. */

#include "gh-form-context.h"

#include "gh-header-rules.h"
#include "gh-workspace-communities.h"

struct _GhFormContext
{
  GObject parent_instance;

  GhDocument *document;        /* owned, or NULL */
  GhWorkspace *workspace;      /* owned, or NULL */
  char *site;                  /* owned */
  GPtrArray *findings;         /* owned, of GhFinding, or NULL */
  GhHeaderSet *headers_before; /* owned, or NULL */
  GhHeaderSet *headers_after;  /* owned, or NULL */
  GhPolicy *policy;            /* owned: keeps what headers_after was made of */
  gulong changed_handler;
  guint refresh_source;
  gboolean can_write;
};

enum
{
  PROP_DOCUMENT = 1,
  PROP_CAN_WRITE,
  N_PROPERTIES,
};

enum
{
  SIGNAL_REFRESHED,
  SIGNAL_COMMUNITIES_CHANGED,
  SIGNAL_GO_TO,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhFormContext, gh_form_context, G_TYPE_OBJECT)

static void
forget_results (GhFormContext *self)
{
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->headers_before, gh_header_set_free);
  g_clear_pointer (&self->headers_after, gh_header_set_free);
  g_clear_pointer (&self->policy, gh_policy_unref);
}

static gboolean
on_refresh (gpointer user_data)
{
  GhFormContext *self = user_data;

  self->refresh_source = 0;
  gh_form_context_refresh (self);
  return G_SOURCE_REMOVE;
}

/* One refresh for many changes, ahead of layout and drawing of the same frame. */
static void
on_document_changed (GhFormContext *self)
{
  if (self->refresh_source == 0)
    self->refresh_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_refresh, self, NULL);
}

static void
disconnect_document (GhFormContext *self)
{
  if (self->document != NULL)
    g_clear_signal_handler (&self->changed_handler, self->document);
  g_clear_object (&self->document);
}

static void
on_communities_changed (GhFormContext *self)
{
  g_signal_emit (self, signals[SIGNAL_COMMUNITIES_CHANGED], 0);
}

static void
disconnect_workspace (GhFormContext *self)
{
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_clear_object (&self->workspace);
}

static gboolean
is_warning (const GhFinding *finding)
{
  return finding->severity >= GH_SEVERITY_WARNING;
}

static gboolean
finding_is_in_group (const GhFinding *finding, const char *group)
{
  if (group == NULL)
    return TRUE;

  for (const char *const *field = finding->fields; field != NULL && *field != NULL; field++)
    {
      const GhSetting *setting = gh_settings_lookup (*field);

      if (setting != NULL && g_str_equal (setting->group, group))
        return TRUE;
    }

  return FALSE;
}

static gboolean
finding_is_about_draft (GhFormContext *self, const GhFinding *finding)
{
  for (const char *const *field = finding->fields; field != NULL && *field != NULL; field++)
    {
      const GhSetting *setting = gh_settings_lookup (*field);

      if (setting != NULL && gh_document_is_drafted (self->document, setting))
        return TRUE;
    }

  return FALSE;
}

static void
gh_form_context_dispose (GObject *object)
{
  GhFormContext *self = GH_FORM_CONTEXT (object);

  forget_results (self);
  disconnect_document (self);
  disconnect_workspace (self);

  G_OBJECT_CLASS (gh_form_context_parent_class)->dispose (object);
}

static void
gh_form_context_finalize (GObject *object)
{
  g_free (GH_FORM_CONTEXT (object)->site);

  G_OBJECT_CLASS (gh_form_context_parent_class)->finalize (object);
}

static void
gh_form_context_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GhFormContext *self = GH_FORM_CONTEXT (object);

  if (id == PROP_DOCUMENT)
    g_value_set_object (value, self->document);
  else if (id == PROP_CAN_WRITE)
    g_value_set_boolean (value, self->can_write);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gh_form_context_class_init (GhFormContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gh_form_context_dispose;
  object_class->finalize = gh_form_context_finalize;
  object_class->get_property = gh_form_context_get_property;

  properties[PROP_DOCUMENT] = g_param_spec_object (
    "document", NULL, NULL, GH_TYPE_DOCUMENT, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_WRITE] = g_param_spec_boolean (
    "can-write", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[SIGNAL_REFRESHED] = g_signal_new (
    "refreshed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_COMMUNITIES_CHANGED] = g_signal_new ("communities-changed",
                                                      G_TYPE_FROM_CLASS (klass),
                                                      G_SIGNAL_RUN_LAST,
                                                      0,
                                                      NULL,
                                                      NULL,
                                                      NULL,
                                                      G_TYPE_NONE,
                                                      0);
  signals[SIGNAL_GO_TO] = g_signal_new ("go-to",
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
gh_form_context_init (GhFormContext *self)
{
  gh_form_context_set_site (self, NULL);
}

GhFormContext *
gh_form_context_new (void)
{
  return g_object_new (GH_TYPE_FORM_CONTEXT, NULL);
}

void
gh_form_context_set_document (GhFormContext *self, GhDocument *document, gboolean can_write)
{
  g_return_if_fail (GH_IS_FORM_CONTEXT (self));
  g_return_if_fail (document == NULL || GH_IS_DOCUMENT (document));

  if (self->document == document && self->can_write == can_write)
    return;

  forget_results (self);
  disconnect_document (self);
  self->can_write = can_write;
  if (g_set_object (&self->document, document) && document != NULL)
    self->changed_handler
      = g_signal_connect_swapped (document, "changed", G_CALLBACK (on_document_changed), self);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_WRITE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
  gh_form_context_refresh (self);
}

void
gh_form_context_set_workspace (GhFormContext *self, GhWorkspace *workspace)
{
  g_return_if_fail (GH_IS_FORM_CONTEXT (self));

  gh_form_context_set_site (self, workspace != NULL ? gh_workspace_get_url (workspace) : NULL);
  if (self->workspace == workspace)
    return;

  disconnect_workspace (self);
  if (workspace != NULL)
    {
      self->workspace = g_object_ref (workspace);
      g_signal_connect_swapped (
        workspace, "communities-changed", G_CALLBACK (on_communities_changed), self);
    }
  on_communities_changed (self);
  if (workspace != NULL && gh_workspace_get_communities (workspace) == NULL)
    gh_workspace_load_communities_async (workspace, NULL, NULL, NULL);
}

GhWorkspace *
gh_form_context_get_workspace (GhFormContext *self)
{
  g_return_val_if_fail (GH_IS_FORM_CONTEXT (self), NULL);

  return self->workspace;
}

void
gh_form_context_set_site (GhFormContext *self, const char *url)
{
  g_autoptr (GUri) uri = NULL;

  g_return_if_fail (GH_IS_FORM_CONTEXT (self));

  uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;
  g_free (self->site);
  self->site = uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_join (G_URI_FLAGS_NONE,
                                                                         g_uri_get_scheme (uri),
                                                                         NULL,
                                                                         g_uri_get_host (uri),
                                                                         g_uri_get_port (uri),
                                                                         "",
                                                                         NULL,
                                                                         NULL)
                                                           : g_strdup ("https://example.org");
}

const char *
gh_form_context_get_site (GhFormContext *self)
{
  g_return_val_if_fail (GH_IS_FORM_CONTEXT (self), NULL);

  return self->site;
}

GhDocument *
gh_form_context_get_document (GhFormContext *self)
{
  g_return_val_if_fail (GH_IS_FORM_CONTEXT (self), NULL);

  return self->document;
}

gboolean
gh_form_context_get_can_write (GhFormContext *self)
{
  g_return_val_if_fail (GH_IS_FORM_CONTEXT (self), FALSE);

  return self->can_write;
}

GPtrArray *
gh_form_context_get_findings (GhFormContext *self)
{
  g_return_val_if_fail (GH_IS_FORM_CONTEXT (self), NULL);

  return self->findings;
}

const GhHeaderSet *
gh_form_context_get_headers_before (GhFormContext *self)
{
  g_return_val_if_fail (GH_IS_FORM_CONTEXT (self), NULL);

  return self->headers_before;
}

const GhHeaderSet *
gh_form_context_get_headers_after (GhFormContext *self)
{
  g_return_val_if_fail (GH_IS_FORM_CONTEXT (self), NULL);

  return self->headers_after;
}

guint
gh_form_context_count_drafted (GhFormContext *self, const char *group)
{
  guint count = 0;

  g_return_val_if_fail (GH_IS_FORM_CONTEXT (self), 0);

  for (guint i = 0; self->document != NULL && i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      if ((group == NULL || g_str_equal (setting->group, group))
          && gh_document_is_drafted (self->document, setting))
        count++;
    }

  return count;
}

guint
gh_form_context_count_warnings (GhFormContext *self, const char *group)
{
  guint count = 0;

  g_return_val_if_fail (GH_IS_FORM_CONTEXT (self), 0);

  for (guint i = 0; self->findings != NULL && i < self->findings->len; i++)
    {
      const GhFinding *finding = g_ptr_array_index (self->findings, i);

      if (is_warning (finding) && finding_is_in_group (finding, group))
        count++;
    }

  return count;
}

guint
gh_form_context_count_draft_warnings (GhFormContext *self)
{
  guint count = 0;

  g_return_val_if_fail (GH_IS_FORM_CONTEXT (self), 0);

  for (guint i = 0; self->findings != NULL && i < self->findings->len; i++)
    {
      const GhFinding *finding = g_ptr_array_index (self->findings, i);

      if (is_warning (finding) && finding_is_about_draft (self, finding))
        count++;
    }

  return count;
}

void
gh_form_context_refresh (GhFormContext *self)
{
  g_return_if_fail (GH_IS_FORM_CONTEXT (self));

  forget_results (self);
  if (self->document != NULL)
    {
      GhPolicy *base = gh_document_get_base (self->document);

      self->policy = gh_document_dup_policy (self->document);
      self->findings = gh_policy_check (base, self->policy);
      self->headers_before = gh_header_set_new (base);
      self->headers_after = gh_header_set_new (self->policy);
    }

  g_signal_emit (self, signals[SIGNAL_REFRESHED], 0);
}

void
gh_form_context_go_to (GhFormContext *self, const char *field)
{
  g_return_if_fail (GH_IS_FORM_CONTEXT (self));
  g_return_if_fail (gh_settings_lookup (field) != NULL);

  g_signal_emit (self, signals[SIGNAL_GO_TO], 0, field);
}
