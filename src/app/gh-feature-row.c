/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The row shows what the policy says, but for one choice that needs more than a click: while
 * origins are to be named and none is yet, the policy stays as it was. */

#include "gh-feature-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-accessible.h"
#include "gh-word-flow.h"

typedef enum
{
  CHOICE_DEFAULT,
  CHOICE_NOBODY,
  CHOICE_SELF,
  CHOICE_NAMED,
  CHOICE_EVERYBODY,
  N_CHOICES,
} Choice;

static const struct
{
  const char *id;
  const char *title; /* of the default: by the feature */
} choices[N_CHOICES] = {
  [CHOICE_DEFAULT] = { "default", NULL },
  [CHOICE_NOBODY] = { "nobody", N_ ("Nobody") },
  [CHOICE_SELF] = { "self", N_ ("This Site") },
  [CHOICE_NAMED] = { "named", N_ ("Named Origins") },
  [CHOICE_EVERYBODY] = { "everybody", N_ ("Everybody") },
};

struct _GhFeatureRow
{
  GtkListBoxRow parent_instance;

  char *feature;          /* owned */
  const GhFeature *known; /* or NULL */
  char *searched;         /* owned: case-folded name and description */
  GPtrArray *origins;     /* owned, of owned char *: as the policy has them */
  char *shown;            /* owned: all that was shown last depends on, or NULL */
  char *words;            /* owned: what is to be said about that */
  gboolean named;         /* by the policy */
  gboolean everyone;
  gboolean self;
  gboolean naming;  /* the person wants to name origins */
  gboolean writing; /* what is shown next came from here */

  /* Template */
  GtkLabel *name_label;
  GtkLabel *help_label;
  GtkMenuButton *choice_button;
  GtkWidget *naming_box;
  GtkCheckButton *self_check;
  GhWordFlow *flow;
  GtkEntry *entry;
  GtkLabel *words_label;
};

enum
{
  PROP_CHOICE = 1,
  N_PROPERTIES,
};

enum
{
  SIGNAL_GRANTED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhFeatureRow, gh_feature_row, GTK_TYPE_LIST_BOX_ROW)

static Choice
get_choice (GhFeatureRow *self)
{
  if (self->naming || self->origins->len > 0)
    return self->everyone && !self->naming ? CHOICE_EVERYBODY : CHOICE_NAMED;
  if (!self->named)
    return CHOICE_DEFAULT;
  if (self->everyone)
    return CHOICE_EVERYBODY;

  return self->self ? CHOICE_SELF : CHOICE_NOBODY;
}

static const char *
get_title (GhFeatureRow *self, Choice choice)
{
  if (choice != CHOICE_DEFAULT)
    return _ (choices[choice].title);
  if (self->known == NULL)
    return _ ("Not Named");

  switch (self->known->default_allowlist)
    {
    case GH_FEATURE_FOR_EVERYONE:
      return _ ("By Default: Everybody");
    case GH_FEATURE_FOR_NOBODY:
      return _ ("By Default: Nobody");
    case GH_FEATURE_FOR_SELF:
    default:
      return _ ("By Default: This Site");
    }
}

static void
set_words (GhFeatureRow *self, const char *words, gboolean is_warning)
{
  GtkWidget *label = GTK_WIDGET (self->words_label);

  gtk_label_set_label (self->words_label, words);
  gtk_widget_set_visible (label, *words != '\0');
  gtk_widget_remove_css_class (label, is_warning ? "dim-label" : "warning");
  gtk_widget_add_css_class (label, is_warning ? "warning" : "dim-label");
}

static void
show_choice (GhFeatureRow *self)
{
  Choice choice = get_choice (self);
  gboolean is_waiting = self->naming && self->origins->len == 0;
  g_autofree char *name
    = g_strdup_printf (_ ("Who may use %1$s: %2$s"), self->feature, get_title (self, choice));

  gtk_menu_button_set_label (self->choice_button, get_title (self, choice));
  gtk_widget_set_visible (self->naming_box, choice == CHOICE_NAMED);
  if (choice == CHOICE_DEFAULT)
    gtk_widget_remove_css_class (GTK_WIDGET (self->name_label), "heading");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->name_label), "heading");
  gh_accessible_set_name (GTK_WIDGET (self->choice_button), name);
  set_words (self,
             is_waiting ? _ ("The policy stays as it is until an origin is added.") : self->words,
             !is_waiting);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOICE]);
}

static void
grant (GhFeatureRow *self, const GhFeatureGrant *wanted)
{
  self->writing = TRUE;
  g_signal_emit (self, signals[SIGNAL_GRANTED], 0, wanted);
  self->writing = FALSE;
  gtk_check_button_set_active (self->self_check, self->self);
  show_choice (self);
}

/* The origins there are but for one that goes, and one that comes. */
static void
grant_named (GhFeatureRow *self, gboolean self_origin, guint without, const char *with)
{
  g_autofree const char **origins = g_new0 (const char *, self->origins->len + 2);
  GhFeatureGrant wanted = { .named = TRUE, .self = self_origin, .origins = origins };
  guint n_origins = 0;

  for (guint i = 0; i < self->origins->len; i++)
    if (i != without)
      origins[n_origins++] = g_ptr_array_index (self->origins, i);
  origins[n_origins] = with;
  grant (self, &wanted);
}

static void
choose (GhFeatureRow *self, Choice choice)
{
  GhFeatureGrant wanted = {
    .named = choice != CHOICE_DEFAULT,
    .everyone = choice == CHOICE_EVERYBODY,
    .self = choice == CHOICE_SELF,
  };

  if (choice == get_choice (self))
    return;

  self->naming = choice == CHOICE_NAMED;
  if (get_choice (self) != choice)
    grant (self, &wanted);
  show_choice (self);
  if (choice == CHOICE_NAMED)
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
on_remove_origin (GhFeatureRow *self, guint index)
{
  self->naming = TRUE;
  grant_named (self, self->self, index, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
on_self_toggled (GhFeatureRow *self)
{
  gboolean active = gtk_check_button_get_active (self->self_check);

  if (active == self->self)
    return;

  self->naming = TRUE;
  grant_named (self, active, G_MAXUINT, NULL);
}

static void
on_typed (GhFeatureRow *self)
{
  g_autofree char *text
    = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (*text == '\0')
    return;
  if (!gh_permission_origin_is_valid (text))
    {
      set_words (self,
                 _ ("This is no origin: write a scheme, “://” and a host, without a path, as in "
                    "https://example.org."),
                 TRUE);
      return;
    }

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  if (!g_ptr_array_find_with_equal_func (self->origins, text, g_str_equal, NULL))
    grant_named (self, gtk_check_button_get_active (self->self_check), G_MAXUINT, text);
}

/* Made when it is asked for: few of many rows ever show theirs. */
static void
create_menu (GtkMenuButton *button, gpointer user_data)
{
  GhFeatureRow *self = user_data;
  g_autoptr (GMenu) menu = NULL;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  menu = g_menu_new ();
  for (Choice choice = 0; choice < N_CHOICES; choice++)
    {
      g_autofree char *action = g_strconcat ("feature.choice::", choices[choice].id, NULL);

      g_menu_append (menu, get_title (self, choice), action);
    }
  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
}

static const char *
get_status (GhFeatureRow *self)
{
  if (self->known == NULL || self->known->status == GH_FEATURE_CURRENT)
    return NULL;

  return self->known->status == GH_FEATURE_EXPERIMENTAL ? _ ("An experiment of some browsers.")
                                                        : _ ("No browser knows it any more.");
}

static void
fill_texts (GhFeatureRow *self)
{
  const char *description = self->known != NULL ? _ (self->known->description) : "";
  const char *status = get_status (self);
  g_autofree char *help
    = status != NULL ? g_strjoin (" ", description, status, NULL) : g_strdup (description);
  g_autofree char *all = g_strjoin (" ", self->feature, help, NULL);
  g_autofree char *adding = g_strdup_printf (_ ("Add an origin to %s"), self->feature);
  g_autofree char *origins = g_strdup_printf (_ ("Origins that may use %s"), self->feature);

  self->searched = g_utf8_casefold (all, -1);
  gtk_label_set_label (self->name_label, self->feature);
  gtk_label_set_label (self->help_label, help);
  gtk_widget_set_visible (GTK_WIDGET (self->help_label), *help != '\0');
  gh_accessible_set_name (GTK_WIDGET (self), self->feature);
  gh_accessible_set_name (GTK_WIDGET (self->entry), adding);
  gh_word_flow_set_title (self->flow, origins);
}

static void
gh_feature_row_finalize (GObject *object)
{
  GhFeatureRow *self = GH_FEATURE_ROW (object);

  g_free (self->feature);
  g_free (self->searched);
  g_free (self->shown);
  g_free (self->words);
  g_ptr_array_unref (self->origins);

  G_OBJECT_CLASS (gh_feature_row_parent_class)->finalize (object);
}

static void
gh_feature_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHOICE)
    g_value_set_string (value, choices[get_choice (GH_FEATURE_ROW (object))].id);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gh_feature_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id != PROP_CHOICE)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }

  for (Choice choice = 0; choice < N_CHOICES; choice++)
    if (g_strcmp0 (choices[choice].id, g_value_get_string (value)) == 0)
      choose (GH_FEATURE_ROW (object), choice);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-feature-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GhFeatureRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, GhFeatureRow, help_label);
  gtk_widget_class_bind_template_child (widget_class, GhFeatureRow, choice_button);
  gtk_widget_class_bind_template_child (widget_class, GhFeatureRow, naming_box);
  gtk_widget_class_bind_template_child (widget_class, GhFeatureRow, self_check);
  gtk_widget_class_bind_template_child (widget_class, GhFeatureRow, flow);
  gtk_widget_class_bind_template_child (widget_class, GhFeatureRow, entry);
  gtk_widget_class_bind_template_child (widget_class, GhFeatureRow, words_label);
  gtk_widget_class_bind_template_callback (widget_class, on_self_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_origin);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
}

static void
gh_feature_row_class_init (GhFeatureRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = gh_feature_row_finalize;
  object_class->get_property = gh_feature_row_get_property;
  object_class->set_property = gh_feature_row_set_property;
  properties[PROP_CHOICE] = g_param_spec_string (
    "choice", NULL, NULL, choices[CHOICE_DEFAULT].id, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SIGNAL_GRANTED] = g_signal_new ("granted",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          G_TYPE_POINTER);
  g_type_ensure (GH_TYPE_WORD_FLOW);
  gtk_widget_class_install_property_action (widget_class, "feature.choice", "choice");
  bind_template (widget_class);
}

static void
gh_feature_row_init (GhFeatureRow *self)
{
  self->origins = g_ptr_array_new_with_free_func (g_free);
  self->words = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->choice_button, create_menu, self, NULL);
}

GtkWidget *
gh_feature_row_new (const char *feature)
{
  GhFeatureRow *self = g_object_new (GH_TYPE_FEATURE_ROW, NULL);

  self->feature = g_strdup (feature);
  self->known = gh_features_lookup (feature);
  fill_texts (self);
  show_choice (self);
  return GTK_WIDGET (self);
}

const char *
gh_feature_row_get_feature (GhFeatureRow *self)
{
  g_return_val_if_fail (GH_IS_FEATURE_ROW (self), NULL);

  return self->feature;
}

static void
take_permission (GhFeatureRow *self, const GhPermission *permission)
{
  self->named = permission != NULL;
  self->everyone = permission != NULL && permission->everyone;
  self->self = permission != NULL && permission->self;
  g_ptr_array_set_size (self->origins, 0);
  gh_word_flow_clear (self->flow);
  for (guint i = 0; permission != NULL && i < permission->origins->len; i++)
    {
      const char *origin = g_ptr_array_index (permission->origins, i);

      g_ptr_array_add (self->origins, g_strdup (origin));
      gh_word_flow_append (self->flow, origin);
    }
  gtk_check_button_set_active (self->self_check, self->self);
}

void
gh_feature_row_show (GhFeatureRow *self,
                     const GhPermissionsPolicy *policy,
                     const GArray *diagnostics)
{
  g_autofree char *shown = NULL;

  g_return_if_fail (GH_IS_FEATURE_ROW (self));

  shown = policy != NULL ? gh_permissions_policy_dup_text (policy, self->feature) : NULL;
  if (g_strcmp0 (shown, self->shown) == 0)
    return;

  g_free (self->shown);
  self->shown = g_steal_pointer (&shown);
  self->naming = self->naming && self->writing;
  g_free (self->words);
  self->words = policy != NULL
                  ? gh_permissions_policy_dup_words (policy, self->feature, diagnostics)
                  : g_strdup ("");
  take_permission (self,
                   policy != NULL ? gh_permissions_policy_lookup (policy, self->feature) : NULL);
  show_choice (self);
}

gboolean
gh_feature_row_is_named (GhFeatureRow *self)
{
  g_return_val_if_fail (GH_IS_FEATURE_ROW (self), FALSE);

  return self->named;
}

gboolean
gh_feature_row_matches (GhFeatureRow *self, const char *words)
{
  g_autofree char *folded = g_utf8_casefold (words, -1);

  g_return_val_if_fail (GH_IS_FEATURE_ROW (self), FALSE);

  return strstr (self->searched, folded) != NULL;
}

GtkWidget *
gh_feature_row_get_menu (GhFeatureRow *self)
{
  g_return_val_if_fail (GH_IS_FEATURE_ROW (self), NULL);

  create_menu (self->choice_button, self);
  return GTK_WIDGET (gtk_menu_button_get_popover (self->choice_button));
}

void
gh_feature_row_type_origin (GhFeatureRow *self, const char *origin)
{
  g_return_if_fail (GH_IS_FEATURE_ROW (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), origin);
  on_typed (self);
}

const char *
gh_feature_row_get_words (GhFeatureRow *self)
{
  g_return_val_if_fail (GH_IS_FEATURE_ROW (self), NULL);

  return gtk_label_get_label (self->words_label);
}
