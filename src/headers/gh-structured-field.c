/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading, writing and editing parsed structured fields (RFC 9651). */

#include "gh-config.h"

#include <string.h>

#include "gh-structured-field-private.h"

gboolean
gh_structured_is_key_start (char character)
{
  return g_ascii_islower (character) || character == '*';
}

gboolean
gh_structured_is_key (char character)
{
  return g_ascii_islower (character) || g_ascii_isdigit (character)
         || (character != '\0' && strchr ("_-.*", character));
}

/* tchar of RFC 9110, ":" and "/". */
gboolean
gh_structured_is_token (char character)
{
  return g_ascii_isalnum (character)
         || (character != '\0' && strchr ("!#$%&'*+-.^_`|~:/", character));
}

static char *
format_decimal (gint64 thousandths)
{
  guint64 magnitude = ABS (thousandths);
  g_autofree char *text = g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%03u",
                                           thousandths < 0 ? "-" : "",
                                           magnitude / 1000,
                                           (guint) (magnitude % 1000));
  gsize length = strlen (text);

  while (text[length - 1] == '0' && text[length - 2] != '.')
    length--;

  return g_strndup (text, length);
}

static void
append_quoted (GString *canonical, const char *text)
{
  g_string_append_c (canonical, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"' || *text == '\\')
        g_string_append_c (canonical, '\\');
      g_string_append_c (canonical, *text);
    }
  g_string_append_c (canonical, '"');
}

static void
append_display_string (GString *canonical, const GhBareItem *item)
{
  g_string_append (canonical, "%\"");
  for (gsize i = 0; i < item->length; i++)
    if (!g_ascii_isprint (item->text[i]) || item->text[i] == '%' || item->text[i] == '"')
      g_string_append_printf (canonical, "%%%02x", (guchar) item->text[i]);
    else
      g_string_append_c (canonical, item->text[i]);
  g_string_append_c (canonical, '"');
}

static void
append_number (GString *canonical, const GhBareItem *item)
{
  g_autofree char *decimal = NULL;

  if (item->type == GH_BARE_DECIMAL)
    {
      decimal = format_decimal (item->number);
      g_string_append (canonical, decimal);
      return;
    }

  if (item->type == GH_BARE_DATE)
    g_string_append_c (canonical, '@');
  g_string_append_printf (canonical, "%" G_GINT64_FORMAT, item->number);
}

static void
append_bytes (GString *canonical, const GhBareItem *item)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) item->text, item->length);

  g_string_append_printf (canonical, ":%s:", base64);
}

static void
append_bare_item (GString *canonical, const GhBareItem *item)
{
  switch (item->type)
    {
    case GH_BARE_INTEGER:
    case GH_BARE_DECIMAL:
    case GH_BARE_DATE:
      append_number (canonical, item);
      break;
    case GH_BARE_STRING:
      append_quoted (canonical, item->text);
      break;
    case GH_BARE_TOKEN:
      g_string_append (canonical, item->text);
      break;
    case GH_BARE_BYTES:
      append_bytes (canonical, item);
      break;
    case GH_BARE_BOOLEAN:
      g_string_append (canonical, item->number ? "?1" : "?0");
      break;
    case GH_BARE_DISPLAY_STRING:
      append_display_string (canonical, item);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_true (const GhBareItem *item)
{
  return item->type == GH_BARE_BOOLEAN && item->number;
}

static void
append_parameters (GString *canonical, const GhStructuredField *self, const GhStructuredItem *item)
{
  for (guint i = 0; i < item->n_parameters; i++)
    {
      const GhParameter *parameter = gh_structured_field_get_parameter (self, item, i);

      g_string_append_c (canonical, ';');
      g_string_append (canonical, parameter->key);
      if (is_true (&parameter->value))
        continue;

      g_string_append_c (canonical, '=');
      append_bare_item (canonical, &parameter->value);
    }
}

static void
append_value (GString *canonical, const GhStructuredField *self, const GhStructuredMember *member)
{
  if (!member->is_inner_list)
    {
      append_bare_item (canonical, &member->item.value);
      return;
    }

  g_string_append_c (canonical, '(');
  for (guint i = 0; i < member->n_items; i++)
    {
      const GhStructuredItem *item = gh_structured_field_get_item (self, member, i);

      if (i > 0)
        g_string_append_c (canonical, ' ');
      append_bare_item (canonical, &item->value);
      append_parameters (canonical, self, item);
    }
  g_string_append_c (canonical, ')');
}

char *
gh_structured_field_to_canonical (const GhStructuredField *self)
{
  GString *canonical = g_string_new (NULL);

  for (guint i = 0; i < self->members->len; i++)
    {
      const GhStructuredMember *member = gh_structured_field_get_member (self, i);
      gboolean bare_key = member->key && !member->is_inner_list && is_true (&member->item.value);

      if (i > 0)
        g_string_append (canonical, ", ");
      if (member->key)
        g_string_append (canonical, member->key);
      if (member->key && !bare_key)
        g_string_append_c (canonical, '=');
      if (!bare_key)
        append_value (canonical, self, member);
      append_parameters (canonical, self, &member->item);
    }

  return g_string_free (canonical, FALSE);
}

static void
append_member_text (GString *text, const char *key, const char *value)
{
  g_string_append (text, key);
  if (value)
    g_string_append_printf (text, "=%s", value);
}

char *
gh_structured_field_replace (const GhStructuredField *self, const char *key, const char *value)
{
  const GhStructuredMember *member = gh_structured_field_lookup (self, key);
  GString *text = g_string_new_len (self->text, member ? member->offset : self->length);

  if (!member && self->members->len > 0)
    {
      while (text->len > 0 && strchr (" \t", text->str[text->len - 1]))
        g_string_truncate (text, text->len - 1);
      g_string_append (text, ", ");
    }

  append_member_text (text, key, value);
  if (member)
    g_string_append (text, self->text + member->offset + member->length);

  return g_string_free (text, FALSE);
}

char *
gh_structured_field_replace_value (const GhStructuredField *self,
                                   const char *key,
                                   const char *value)
{
  const GhStructuredMember *member = gh_structured_field_lookup (self, key);
  g_autoptr (GString) kept = g_string_new (value);

  if (member)
    g_string_append_len (kept,
                         self->text + member->item.parameters_offset,
                         member->offset + member->length - member->item.parameters_offset);

  return gh_structured_field_replace (self, key, kept->str);
}

/* Where what goes with the removed member ends: the comma after it, else the one before. */
static void
get_removed_span (const GhStructuredField *self,
                  const GhStructuredMember *member,
                  gsize *start,
                  gsize *end)
{
  gsize after = member->offset + member->length;

  *start = member->offset;
  *end = after + strspn (self->text + after, " \t");
  if (self->text[*end] == ',')
    {
      (*end)++;
      *end += strspn (self->text + *end, " \t");
      return;
    }

  while (*start > 0 && strchr (" \t,", self->text[*start - 1]))
    (*start)--;
}

static char *
cut (const GhStructuredField *self, const GhStructuredMember *member)
{
  GString *text;
  gsize start, end;

  get_removed_span (self, member, &start, &end);
  text = g_string_new_len (self->text, start);
  g_string_append (text, self->text + end);
  return g_string_free (text, FALSE);
}

/* Once for each time the key is given: else an earlier value would come to life. */
char *
gh_structured_field_remove (const GhStructuredField *self, const char *key)
{
  const GhStructuredMember *member = gh_structured_field_lookup (self, key);
  g_autoptr (GhStructuredField) rest = NULL;
  g_autofree char *text = NULL;

  if (!member)
    return g_strdup (self->text);

  text = cut (self, member);
  while ((rest = gh_structured_field_parse (self->kind, text, -1, NULL))
         && (member = gh_structured_field_lookup (rest, key)))
    {
      g_free (text);
      text = cut (rest, member);
      g_clear_pointer (&rest, gh_structured_field_free);
    }

  return g_steal_pointer (&text);
}

gboolean
gh_structured_key_is_valid (const char *key)
{
  if (!gh_structured_is_key_start (*key))
    return FALSE;

  while (gh_structured_is_key (*key))
    key++;

  return *key == '\0';
}

char *
gh_structured_string_quote (const char *text)
{
  GString *quoted;

  for (const char *character = text; *character != '\0'; character++)
    if (!g_ascii_isprint (*character))
      return NULL;

  quoted = g_string_new (NULL);
  append_quoted (quoted, text);
  return g_string_free (quoted, FALSE);
}

const char *
gh_structured_field_get_text (const GhStructuredField *self)
{
  return self->text;
}

GhStructuredKind
gh_structured_field_get_kind (const GhStructuredField *self)
{
  return self->kind;
}

guint
gh_structured_field_get_n_members (const GhStructuredField *self)
{
  return self->members->len;
}

const GhStructuredMember *
gh_structured_field_get_member (const GhStructuredField *self, guint index)
{
  g_return_val_if_fail (index < self->members->len, NULL);

  return &g_array_index (self->members, GhStructuredMember, index);
}

guint
gh_structured_field_get_n_overridden (const GhStructuredField *self)
{
  return self->overridden->len;
}

const GhStructuredMember *
gh_structured_field_get_overridden (const GhStructuredField *self, guint index)
{
  g_return_val_if_fail (index < self->overridden->len, NULL);

  return &g_array_index (self->overridden, GhStructuredMember, index);
}

const GhStructuredMember *
gh_structured_field_lookup (const GhStructuredField *self, const char *key)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->keys, key));

  return index ? gh_structured_field_get_member (self, index - 1) : NULL;
}

const GhStructuredItem *
gh_structured_field_get_item (const GhStructuredField *self,
                              const GhStructuredMember *member,
                              guint index)
{
  g_return_val_if_fail (index < member->n_items, NULL);

  return &g_array_index (self->items, GhStructuredItem, member->first_item + index);
}

const GhParameter *
gh_structured_field_get_parameter (const GhStructuredField *self,
                                   const GhStructuredItem *item,
                                   guint index)
{
  g_return_val_if_fail (index < item->n_parameters, NULL);

  return &g_array_index (self->parameters, GhParameter, item->first_parameter + index);
}

const GhParameter *
gh_structured_field_lookup_parameter (const GhStructuredField *self,
                                      const GhStructuredItem *item,
                                      const char *key)
{
  for (guint i = 0; i < item->n_parameters; i++)
    {
      const GhParameter *parameter = gh_structured_field_get_parameter (self, item, i);

      if (strcmp (parameter->key, key) == 0)
        return parameter;
    }

  return NULL;
}

void
gh_structured_field_free (GhStructuredField *self)
{
  if (!self)
    return;

  g_clear_pointer (&self->keys, g_hash_table_unref);
  g_clear_pointer (&self->members, g_array_unref);
  g_clear_pointer (&self->overridden, g_array_unref);
  g_clear_pointer (&self->items, g_array_unref);
  g_clear_pointer (&self->parameters, g_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_free (self->text);
  g_free (self);
}
