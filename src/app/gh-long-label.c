/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a piece ends depends on the words there and not on where the line began: what comes
 * after a change falls into the same pieces as before it. */

#include "gh-long-label.h"

#include <string.h>

#include "gh-keyed-hash.h"

#define SMALLEST_PIECE 160
#define LARGEST_PIECE 900
#define ONE_WORD_IN 4 /* ends a piece that is large enough */

struct _GhLongLabel
{
  GtkWidget parent_instance;

  char *text;        /* owned: the whole */
  char *shown;       /* owned: what the labels say */
  GPtrArray *labels; /* owned, of borrowed GtkLabel: the children */
};

G_DEFINE_FINAL_TYPE (GhLongLabel, gh_long_label, GTK_TYPE_WIDGET)

static gboolean
word_ends_piece (const char *word, gsize length)
{
  guint hash = 0;

  for (gsize i = 0; i < length; i++)
    hash = hash * 31 + (guchar) word[i];

  return (hash >> 3) % ONE_WORD_IN == 0;
}

/* The length of the first piece of text, with the space that ends it. */
static gsize
measure_piece (const char *text)
{
  const char *word = text;
  const char *space;

  while ((space = strchr (word, ' ')) != NULL)
    {
      gsize length = (gsize) (space + 1 - text);

      if (length >= LARGEST_PIECE
          || (length >= SMALLEST_PIECE && word_ends_piece (word, (gsize) (space - word))))
        return length;
      word = space + 1;
    }

  return strlen (text);
}

static GtkLabel *
get_label (GhLongLabel *self, guint index)
{
  GtkWidget *label;

  if (index < self->labels->len)
    return g_ptr_array_index (self->labels, index);

  label = gtk_label_new (NULL);
  g_object_set (label,
                "xalign",
                0.0,
                "wrap",
                TRUE,
                "wrap-mode",
                PANGO_WRAP_WORD_CHAR,
                "selectable",
                TRUE,
                NULL);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  g_ptr_array_add (self->labels, label);
  return GTK_LABEL (label);
}

static void
drop_labels (GhLongLabel *self, guint n_kept)
{
  while (self->labels->len > n_kept)
    {
      gtk_widget_unparent (g_ptr_array_index (self->labels, self->labels->len - 1));
      g_ptr_array_set_size (self->labels, (int) self->labels->len - 1);
    }
}

/* A word added within a piece moves none of the others; a piece more or less moves them by
 * one, which costs their layout once. */
static void
show_pieces (GhLongLabel *self)
{
  const char *rest = self->shown;
  guint n_pieces = 0;

  while (*rest != '\0')
    {
      gsize length = measure_piece (rest);
      g_autofree char *piece = g_strndup (rest, length);
      GtkLabel *label = get_label (self, n_pieces++);

      if (g_strcmp0 (gtk_label_get_label (label), g_strchomp (piece)) != 0)
        gtk_label_set_label (label, piece);
      rest += length;
    }

  drop_labels (self, n_pieces);
}

static GHashTable *
collect_pieces (const char *text)
{
  GHashTable *pieces = gh_keyed_hash_table_new (g_free, NULL);

  while (*text != '\0')
    {
      gsize length = measure_piece (text);

      g_hash_table_add (pieces, g_strndup (text, length));
      text += length;
    }

  return pieces;
}

/* An ellipsis for each run of pieces that both texts have. */
static char *
leave_out_shared (const char *text, const char *other)
{
  g_autoptr (GHashTable) shared = collect_pieces (other);
  gsize first_word = strcspn (text, " ");
  GString *rest = g_string_new_len (text, (gssize) first_word);
  gboolean skipping = FALSE;

  g_string_append_c (rest, ' ');
  for (const char *place = text; *place != '\0';)
    {
      gsize length = measure_piece (place);
      g_autofree char *piece = g_strndup (place, length);
      gboolean is_shared = g_hash_table_contains (shared, piece);

      if (!is_shared)
        g_string_append (rest, place == text ? piece + MIN (first_word + 1, length) : piece);
      else if (!skipping)
        g_string_append (rest, "… ");
      skipping = is_shared;
      place += length;
    }

  return g_strchomp (g_string_free (rest, FALSE));
}

static void
take_text (GhLongLabel *self, const char *text, char *shown)
{
  g_free (self->text);
  self->text = g_strdup (text);
  g_free (self->shown);
  self->shown = shown;
  show_pieces (self);
}

static void
gh_long_label_dispose (GObject *object)
{
  drop_labels (GH_LONG_LABEL (object), 0);

  G_OBJECT_CLASS (gh_long_label_parent_class)->dispose (object);
}

static void
gh_long_label_finalize (GObject *object)
{
  GhLongLabel *self = GH_LONG_LABEL (object);

  g_ptr_array_unref (self->labels);
  g_free (self->text);
  g_free (self->shown);

  G_OBJECT_CLASS (gh_long_label_parent_class)->finalize (object);
}

static void
gh_long_label_class_init (GhLongLabelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gh_long_label_dispose;
  G_OBJECT_CLASS (klass)->finalize = gh_long_label_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
gh_long_label_init (GhLongLabel *self)
{
  self->text = g_strdup ("");
  self->shown = g_strdup ("");
  self->labels = g_ptr_array_new ();
  gtk_orientable_set_orientation (
    GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
}

GtkWidget *
gh_long_label_new (void)
{
  return g_object_new (GH_TYPE_LONG_LABEL, NULL);
}

void
gh_long_label_set_text (GhLongLabel *self, const char *text)
{
  g_return_if_fail (GH_IS_LONG_LABEL (self));

  if (!g_str_equal (self->text, text) || !g_str_equal (self->shown, text))
    take_text (self, text, g_strdup (text));
}

void
gh_long_label_set_text_beside (GhLongLabel *self, const char *text, const char *other)
{
  g_return_if_fail (GH_IS_LONG_LABEL (self));

  take_text (self, text, leave_out_shared (text, other));
}

const char *
gh_long_label_get_text (GhLongLabel *self)
{
  g_return_val_if_fail (GH_IS_LONG_LABEL (self), NULL);

  return self->text;
}
