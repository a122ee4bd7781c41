/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks the server for the events of the last days and lists them, the newest first. */

#include "gh-audit-dialog.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-client-audit.h"
#include "gh-plain-words.h"
#include "gh-revision-text.h"
#include "gh-workspace-communities.h"

struct _GhAuditDialog
{
  AdwWindow parent_instance;

  GhWorkspace *workspace;    /* owned */
  GCancellable *cancellable; /* owned */
  guint n_events;            /* that are listed */

  /* Template */
  AdwWindowTitle *title;
  GtkStack *stack;
  AdwStatusPage *words_page;
  AdwPreferencesGroup *group;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (GhAuditDialog, gh_audit_dialog, ADW_TYPE_WINDOW)

static void
show_words (GhAuditDialog *self, const char *words)
{
  gh_plain_words_describe_page (self->words_page, words);
  gtk_stack_set_visible_child_name (self->stack, "words");
}

/* By its name, where it is known. */
static char *
dup_community_title (GhAuditDialog *self, const char *id)
{
  const GhCommunityRecord *community = gh_workspace_find_community (self->workspace, id, NULL);

  return g_strdup_printf (_ ("Community “%s” changed"), community != NULL ? community->name : id);
}

/* An action that is not known here is told as the server has it. */
static char *
dup_title (GhAuditDialog *self, const GhAuditEvent *event)
{
  static const struct
  {
    const char *action;
    const char *title;
  } titles[] = {
    { "policy.changed", N_ ("Policy changed") },
    { "policy.restored", N_ ("Earlier revision restored") },
    { "workspace.made", N_ ("Workspace made") },
    { "token.made", N_ ("Token made") },
    { "token.revoked", N_ ("Token revoked") },
  };

  if (event->community != NULL && g_str_equal (event->action, "community.changed"))
    return dup_community_title (self, event->community);
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (event->action, titles[i].action))
      return g_strdup (_ (titles[i].title));
  return g_strdup (event->action);
}

static void
append_line (GString *text, const char *line)
{
  if (*line != '\0')
    g_string_append_printf (text, "\n%s", line);
}

static char *
dup_subtitle (const GhAuditEvent *event)
{
  g_autofree char *when = gh_revision_dup_moment (event->at);
  g_autofree char *fields = gh_revision_dup_fields (event->changed_fields);
  g_autoptr (GString) text = g_string_new (g_strstrip (when));

  if (*event->by != '\0')
    g_string_append_printf (text, " · %s", event->by);
  append_line (text, event->reason);
  append_line (text, fields);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
create_row (GhAuditDialog *self, const GhAuditEvent *event)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = dup_title (self, event);
  g_autofree char *subtitle = dup_subtitle (event);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

/* Of how many there are no more than MAXIMUM_ROWS are listed, which is said. */
static char *
describe_list (guint n_events)
{
  if (n_events > GH_AUDIT_DIALOG_MAXIMUM_ROWS)
    return g_strdup_printf (_ ("The newest %u of %u events, over the last %u days."),
                            GH_AUDIT_DIALOG_MAXIMUM_ROWS,
                            n_events,
                            GH_AUDIT_DIALOG_DAYS);
  return g_strdup_printf (_ ("The last %u days, the newest first."), GH_AUDIT_DIALOG_DAYS);
}

/* The server has the oldest first. */
static void
fill_list (GhAuditDialog *self, GPtrArray *events)
{
  g_autofree char *words = describe_list (events->len);

  self->n_events = MIN (events->len, GH_AUDIT_DIALOG_MAXIMUM_ROWS);
  for (guint i = 0; i < self->n_events; i++)
    gtk_list_box_append (self->list,
                         create_row (self, g_ptr_array_index (events, events->len - 1 - i)));
  adw_preferences_group_set_description (self->group, words);
  gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
on_events (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GhAuditDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events
    = gh_client_list_audit_events_finish (GH_CLIENT (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (events == NULL)
    show_words (self, error->message);
  else if (events->len == 0)
    show_words (self, _ ("Nothing was done of late."));
  else
    fill_list (self, events);
}

static void
ask (GhAuditDialog *self)
{
  GhClient *client = gh_workspace_get_client (self->workspace);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, -GH_AUDIT_DIALOG_DAYS);
  g_autofree char *since = g_date_time_format (then, "%Y-%m-%dT%H:%M:%SZ");

  if (client == NULL)
    show_words (self, _ ("The audit trail is on the server, which cannot be asked now."));
  else
    gh_client_list_audit_events_async (client,
                                       gh_workspace_get_id (self->workspace),
                                       since,
                                       self->cancellable,
                                       on_events,
                                       g_object_ref (self));
}

static void
gh_audit_dialog_dispose (GObject *object)
{
  g_cancellable_cancel (GH_AUDIT_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (gh_audit_dialog_parent_class)->dispose (object);
}

static void
gh_audit_dialog_finalize (GObject *object)
{
  GhAuditDialog *self = GH_AUDIT_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (gh_audit_dialog_parent_class)->finalize (object);
}

static void
gh_audit_dialog_class_init (GhAuditDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_audit_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = gh_audit_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-audit-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GhAuditDialog, title);
  gtk_widget_class_bind_template_child (widget_class, GhAuditDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, GhAuditDialog, words_page);
  gtk_widget_class_bind_template_child (widget_class, GhAuditDialog, group);
  gtk_widget_class_bind_template_child (widget_class, GhAuditDialog, list);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
gh_audit_dialog_init (GhAuditDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
gh_audit_dialog_new (GhWorkspace *workspace)
{
  GhAuditDialog *self = g_object_new (GH_TYPE_AUDIT_DIALOG, NULL);

  self->workspace = g_object_ref (workspace);
  adw_window_title_set_subtitle (self->title, gh_workspace_get_name (workspace));
  gh_accessible_name_groups (GTK_WIDGET (self));
  show_words (self, _ ("Reading…"));
  ask (self);
  return GTK_WINDOW (self);
}

guint
gh_audit_dialog_get_n_events (GhAuditDialog *self)
{
  g_return_val_if_fail (GH_IS_AUDIT_DIALOG (self), 0);

  return self->n_events;
}
