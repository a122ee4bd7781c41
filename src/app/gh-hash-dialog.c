/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hashes as it is pasted; what is added goes into the draft as any edit does. */

#include "gh-hash-dialog.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-csp-draft.h"
#include "gh-csp-hash.h"

static const struct
{
  const char *id;
  const char *title;
  GChecksumType type;
} algorithms[] = {
  { "sha256", "SHA-256", G_CHECKSUM_SHA256 },
  { "sha384", "SHA-384", G_CHECKSUM_SHA384 },
  { "sha512", "SHA-512", G_CHECKSUM_SHA512 },
};

#define N_ALGORITHMS G_N_ELEMENTS (algorithms)

/* Where hashes have a meaning (CSP3 8.2 to 8.4). */
static const GhCspDirectiveId directives[] = {
  GH_CSP_SCRIPT_SRC, GH_CSP_SCRIPT_SRC_ELEM, GH_CSP_SCRIPT_SRC_ATTR,
  GH_CSP_STYLE_SRC,  GH_CSP_STYLE_SRC_ELEM,  GH_CSP_STYLE_SRC_ATTR,
};

struct _GhHashDialog
{
  AdwWindow parent_instance;

  GhFormContext *context;      /* owned */
  char *sources[N_ALGORITHMS]; /* owned; NULL while nothing is pasted */
  AdwActionRow *rows[N_ALGORITHMS];
  GtkWidget *add_buttons[N_ALGORITHMS];
  GtkWidget *copy_buttons[N_ALGORITHMS];

  /* Template */
  AdwToastOverlay *toasts;
  GtkTextBuffer *buffer;
  GtkLabel *size_label;
  AdwPreferencesGroup *sources_group;
  AdwComboRow *directive_row;
  GtkWidget *note_box;
  GtkLabel *note_label;
};

G_DEFINE_FINAL_TYPE (GhHashDialog, gh_hash_dialog, ADW_TYPE_WINDOW)

static GhCspDirectiveId
get_directive (GhHashDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->directive_row);

  return directives[MIN (selected, G_N_ELEMENTS (directives) - 1)];
}

static guint
find_algorithm (const char *id)
{
  guint i = 0;

  while (i < N_ALGORITHMS && !g_str_equal (algorithms[i].id, id))
    i++;
  return i;
}

static void
show_size (GhHashDialog *self, const char *content)
{
  guint size = (guint) MIN (strlen (content), G_MAXUINT);
  g_autofree char *words
    = g_strdup_printf (ngettext ("%u byte is hashed.", "%u bytes are hashed.", size), size);

  gtk_label_set_label (self->size_label, size > 0 ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->size_label), size > 0);
}

/* Wrapped without hyphens, which would seem to be part of the hash. */
static void
show_source (GhHashDialog *self, guint i)
{
  g_autofree char *subtitle
    = self->sources[i] != NULL ? g_markup_printf_escaped (
        "<span insert_hyphens=\"false\" font_family=\"monospace\">%s</span>", self->sources[i])
                               : g_strdup ("");

  adw_action_row_set_subtitle (self->rows[i], subtitle);
  gtk_widget_set_sensitive (self->copy_buttons[i], self->sources[i] != NULL);
}

static void
make_sources (GhHashDialog *self)
{
  g_autofree char *text = NULL;
  g_autofree char *content = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  text = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
  content = gh_csp_hash_dup_inline (text);
  show_size (self, content);

  for (guint i = 0; i < N_ALGORITHMS; i++)
    {
      g_clear_pointer (&self->sources[i], g_free);
      if (*content != '\0')
        self->sources[i] = gh_csp_hash_make (content, -1, algorithms[i].type);
      show_source (self, i);
    }
}

/* Whether adding would change the draft. */
static gboolean
can_add (GhHashDialog *self, guint algorithm)
{
  GhDocument *document = gh_form_context_get_document (self->context);
  g_autoptr (GhCsp) csp = NULL;

  if (document == NULL || self->sources[algorithm] == NULL)
    return FALSE;

  csp = gh_csp_draft_read (document);
  return gh_csp_draft_allow (csp, get_directive (self), self->sources[algorithm]);
}

/* What a hash brings about in one of the policies beside allowing what was pasted, or NULL. */
static const char *
find_note_in_policy (const GhCsp *csp, const GhCspPolicy *policy, GhCspDirectiveId id)
{
  const GhCspDirective *directive = gh_csp_lookup_effective (csp, policy, id);
  gboolean is_attribute = id == GH_CSP_SCRIPT_SRC_ATTR || id == GH_CSP_STYLE_SRC_ATTR;

  if (directive == NULL)
    return _ ("Nothing restricts this yet. With the first source everything else is blocked.");
  if (gh_csp_find_keyword (csp, directive, GH_CSP_KEYWORD_UNSAFE_INLINE) != NULL)
    return _ ("'unsafe-inline' has no effect beside a hash: whatever else is inline needs a hash "
              "of its own from then on.");
  if (is_attribute && gh_csp_find_keyword (csp, directive, GH_CSP_KEYWORD_UNSAFE_HASHES) == NULL)
    return _ ("A hash counts for attributes only where 'unsafe-hashes' stands beside it.");

  return NULL;
}

static void
show_note (GhHashDialog *self)
{
  GhDocument *document = gh_form_context_get_document (self->context);
  g_autoptr (GhCsp) csp = document != NULL ? gh_csp_draft_read (document) : gh_csp_new ();
  guint n_policies;
  const GhCspPolicy *policies = gh_csp_get_policies (csp, &n_policies);
  const char *note = NULL;

  if (n_policies == 0)
    note = _ ("Nothing restricts this yet. With the first source everything else is blocked.");
  if (n_policies > GH_CSP_DRAFT_MAXIMUM_POLICIES)
    note = _ ("The text holds too many policies to add to; leave one, without commas.");
  for (guint i = 0; note == NULL && i < n_policies; i++)
    note = find_note_in_policy (csp, &policies[i], get_directive (self));

  gtk_label_set_label (self->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (self->note_box, note != NULL);
}

static void
show_additions (GhHashDialog *self)
{
  for (guint i = 0; i < N_ALGORITHMS; i++)
    gtk_widget_set_sensitive (self->add_buttons[i], can_add (self, i));
  show_note (self);
}

static void
on_changed (GhHashDialog *self)
{
  make_sources (self);
  if (self->context != NULL)
    show_additions (self);
}

static void
add_toast (GhHashDialog *self, const char *words)
{
  g_autofree char *title = g_markup_escape_text (words, -1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhHashDialog *self = GH_HASH_DIALOG (widget);
  guint i = find_algorithm (g_variant_get_string (parameter, NULL));

  if (i == N_ALGORITHMS || self->sources[i] == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->sources[i]);
  add_toast (self, _ ("Hash copied"));
}

static void
add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhHashDialog *self = GH_HASH_DIALOG (widget);
  guint i = find_algorithm (g_variant_get_string (parameter, NULL));
  GhDocument *document = gh_form_context_get_document (self->context);
  const char *name = gh_csp_directive_get_name (get_directive (self));
  g_autofree char *words = g_strdup_printf (_ ("Hash added to %s"), name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GhCsp) csp = NULL;

  if (i == N_ALGORITHMS || !can_add (self, i))
    return;

  csp = gh_csp_draft_read (document);
  gh_csp_draft_allow (csp, get_directive (self), self->sources[i]);
  if (gh_csp_draft_write (document, csp, &error))
    add_toast (self, words);
  else
    add_toast (self, error->message);
}

static GtkWidget *
create_button (const char *icon_name, const char *action, const char *id, const char *words)
{
  GtkWidget *button = gh_accessible_icon_button_new (icon_name, words);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  return button;
}

static void
append_row (GhHashDialog *self, guint i)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *copying = g_strdup_printf (_ ("Copy the %s hash"), algorithms[i].title);
  g_autofree char *adding
    = g_strdup_printf (_ ("Add the %s hash to the policy"), algorithms[i].title);

  self->rows[i] = ADW_ACTION_ROW (row);
  self->copy_buttons[i]
    = create_button ("edit-copy-symbolic", "hash.copy", algorithms[i].id, copying);
  self->add_buttons[i] = create_button ("list-add-symbolic", "hash.add", algorithms[i].id, adding);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), algorithms[i].title);
  adw_action_row_add_suffix (self->rows[i], self->copy_buttons[i]);
  adw_action_row_add_suffix (self->rows[i], self->add_buttons[i]);
  adw_preferences_group_add (self->sources_group, row);
}

static void
fill (GhHashDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (directives); i++)
    gtk_string_list_append (names, gh_csp_directive_get_name (directives[i]));
  for (guint i = 0; i < N_ALGORITHMS; i++)
    append_row (self, i);

  adw_combo_row_set_model (self->directive_row, G_LIST_MODEL (names));
}

static void
gh_hash_dialog_dispose (GObject *object)
{
  GhHashDialog *self = GH_HASH_DIALOG (object);

  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gh_hash_dialog_parent_class)->dispose (object);
}

static void
gh_hash_dialog_finalize (GObject *object)
{
  GhHashDialog *self = GH_HASH_DIALOG (object);

  for (guint i = 0; i < N_ALGORITHMS; i++)
    g_free (self->sources[i]);

  G_OBJECT_CLASS (gh_hash_dialog_parent_class)->finalize (object);
}

static void
gh_hash_dialog_class_init (GhHashDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_hash_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = gh_hash_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-hash-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GhHashDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, GhHashDialog, buffer);
  gtk_widget_class_bind_template_child (widget_class, GhHashDialog, size_label);
  gtk_widget_class_bind_template_child (widget_class, GhHashDialog, sources_group);
  gtk_widget_class_bind_template_child (widget_class, GhHashDialog, directive_row);
  gtk_widget_class_bind_template_child (widget_class, GhHashDialog, note_box);
  gtk_widget_class_bind_template_child (widget_class, GhHashDialog, note_label);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_install_action (widget_class, "hash.copy", "s", copy);
  gtk_widget_class_install_action (widget_class, "hash.add", "s", add);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
gh_hash_dialog_init (GhHashDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill (self);
  gh_accessible_name_groups (GTK_WIDGET (self));
}

GtkWindow *
gh_hash_dialog_new (GhFormContext *context, const GhSetting *setting)
{
  GhHashDialog *self = g_object_new (GH_TYPE_HASH_DIALOG, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_swapped (context, "refreshed", G_CALLBACK (show_additions), self);
  on_changed (self);
  return GTK_WINDOW (self);
}

void
gh_hash_dialog_paste (GhHashDialog *self, const char *text, const char *directive)
{
  g_return_if_fail (GH_IS_HASH_DIALOG (self));

  for (guint i = 0; i < G_N_ELEMENTS (directives); i++)
    if (g_str_equal (gh_csp_directive_get_name (directives[i]), directive))
      adw_combo_row_set_selected (self->directive_row, i);

  gtk_text_buffer_set_text (self->buffer, text, -1);
}

const char *
gh_hash_dialog_get_source (GhHashDialog *self, const char *algorithm)
{
  guint i = find_algorithm (algorithm);

  g_return_val_if_fail (GH_IS_HASH_DIALOG (self), NULL);

  return i < N_ALGORITHMS ? self->sources[i] : NULL;
}

const char *
gh_hash_dialog_get_note (GhHashDialog *self)
{
  g_return_val_if_fail (GH_IS_HASH_DIALOG (self), NULL);

  return gtk_label_get_label (self->note_label);
}
