/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parsing algorithms of RFC 9651, section 4.2, step by step. Time is linear in the
 * text; nesting is two levels deep by grammar, so nothing here recurses. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-keyed-hash.h"
#include "gh-structured-scanner.h"

/* From this many parameters of one item on, doubles are looked up in a table. */
#define FEW_PARAMETERS 16

static void
skip_spaces (GhStructuredScanner *scanner)
{
  while (scanner_consume (scanner, ' '))
    ;
}

static void
skip_optional_whitespace (GhStructuredScanner *scanner)
{
  while (scanner_consume (scanner, ' ') || scanner_consume (scanner, '\t'))
    ;
}

static gboolean
count_part (GhStructuredScanner *scanner)
{
  if (++scanner->n_parts <= GH_STRUCTURED_FIELD_MAXIMUM_PARTS)
    return TRUE;

  return gh_structured_scanner_fail_here (
    scanner, "too-many-parts", N_ ("There are too many members to read."));
}

static gboolean
parse_key (GhStructuredScanner *scanner, const char **key)
{
  const char *start = scanner->position;

  if (scanner_at_end (scanner) || !gh_structured_is_key_start (*start))
    return gh_structured_scanner_fail_here (
      scanner, "key", N_ ("A name is expected here: it starts with a lower case letter or “*”."));

  while (!scanner_at_end (scanner) && gh_structured_is_key (*scanner->position))
    scanner->position++;

  *key = gh_structured_scanner_keep (scanner, start, scanner->position - start);
  return TRUE;
}

static GhParameter *
get_parameter (GhStructuredScanner *scanner, guint index)
{
  return &g_array_index (scanner->field->parameters, GhParameter, index);
}

/* The parameter of that key, among those from first on, or NULL. */
static GhParameter *
find_parameter (GhStructuredScanner *scanner, guint first, const char *key)
{
  guint n_parameters = scanner->field->parameters->len - first;
  guint index;

  if (n_parameters < FEW_PARAMETERS)
    {
      for (guint i = 0; i < n_parameters; i++)
        if (strcmp (get_parameter (scanner, first + i)->key, key) == 0)
          return get_parameter (scanner, first + i);
      return NULL;
    }

  if (!scanner->seen)
    scanner->seen = gh_keyed_hash_table_new (NULL, NULL);
  for (guint i = g_hash_table_size (scanner->seen); i < n_parameters; i++)
    g_hash_table_insert (scanner->seen,
                         (gpointer) get_parameter (scanner, first + i)->key,
                         GUINT_TO_POINTER (first + i + 1));

  index = GPOINTER_TO_UINT (g_hash_table_lookup (scanner->seen, key));
  return index ? get_parameter (scanner, index - 1) : NULL;
}

static gboolean
parse_parameter (GhStructuredScanner *scanner, guint first)
{
  GhParameter parameter = { NULL, { GH_BARE_BOOLEAN, TRUE } };
  GhParameter *earlier;

  skip_spaces (scanner);
  if (!count_part (scanner) || !parse_key (scanner, &parameter.key))
    return FALSE;

  if (scanner_consume (scanner, '=')
      && !gh_structured_scanner_parse_bare_item (scanner, &parameter.value))
    return FALSE;

  earlier = find_parameter (scanner, first, parameter.key);
  if (earlier)
    earlier->value = parameter.value;
  else
    g_array_append_val (scanner->field->parameters, parameter);

  return TRUE;
}

static gboolean
parse_parameters (GhStructuredScanner *scanner, GhStructuredItem *item)
{
  guint first = scanner->field->parameters->len;

  item->parameters_offset = scanner->position - scanner->field->text;
  while (scanner_consume (scanner, ';'))
    if (!parse_parameter (scanner, first))
      return FALSE;

  if (scanner->seen)
    g_hash_table_remove_all (scanner->seen);
  item->first_parameter = first;
  item->n_parameters = scanner->field->parameters->len - first;
  return TRUE;
}

static gboolean
parse_item (GhStructuredScanner *scanner, GhStructuredItem *item)
{
  return count_part (scanner) && gh_structured_scanner_parse_bare_item (scanner, &item->value)
         && parse_parameters (scanner, item);
}

static gboolean
parse_inner_list (GhStructuredScanner *scanner, GhStructuredMember *member)
{
  const char *start = scanner->position++;

  member->is_inner_list = TRUE;
  member->item.value = (GhBareItem){ GH_BARE_BOOLEAN, TRUE };
  member->first_item = scanner->field->items->len;
  while (!scanner_at_end (scanner))
    {
      GhStructuredItem item = { 0 };

      skip_spaces (scanner);
      if (scanner_consume (scanner, ')'))
        {
          member->n_items = scanner->field->items->len - member->first_item;
          return parse_parameters (scanner, &member->item);
        }

      if (!parse_item (scanner, &item))
        return FALSE;

      g_array_append_val (scanner->field->items, item);
      if (!scanner_at_end (scanner) && !scanner_looking_at (scanner, ' ')
          && !scanner_looking_at (scanner, ')'))
        return gh_structured_scanner_fail_here (
          scanner,
          "inner-list",
          N_ ("Inside parentheses, values are separated by spaces: “%s” cannot stand "
              "here."));
    }

  return gh_structured_scanner_fail (
    scanner, start, 1, "inner-list", N_ ("This parenthesis is never closed."));
}

static gboolean
parse_member_value (GhStructuredScanner *scanner, GhStructuredMember *member)
{
  if (!scanner_looking_at (scanner, '('))
    return parse_item (scanner, &member->item);

  return count_part (scanner) && parse_inner_list (scanner, member);
}

static gboolean
parse_dictionary_member (GhStructuredScanner *scanner, GhStructuredMember *member)
{
  if (!parse_key (scanner, &member->key))
    return FALSE;

  if (scanner_consume (scanner, '='))
    return parse_member_value (scanner, member);

  member->item.value = (GhBareItem){ GH_BARE_BOOLEAN, TRUE };
  return count_part (scanner) && parse_parameters (scanner, &member->item);
}

static void
add_member (GhStructuredScanner *scanner, const GhStructuredMember *member)
{
  GhStructuredField *field = scanner->field;
  guint index = 0;

  if (member->key)
    index = GPOINTER_TO_UINT (g_hash_table_lookup (field->keys, member->key));

  if (index)
    {
      GhStructuredMember *slot = &g_array_index (field->members, GhStructuredMember, index - 1);

      g_array_append_vals (field->overridden, slot, 1);
      *slot = *member;
      return;
    }

  g_array_append_vals (field->members, member, 1);
  if (member->key)
    g_hash_table_insert (
      field->keys, (gpointer) member->key, GUINT_TO_POINTER (field->members->len));
}

static gboolean
parse_member (GhStructuredScanner *scanner)
{
  GhStructuredMember member = { NULL };
  const char *start = scanner->position;
  gboolean parsed = scanner->field->kind == GH_STRUCTURED_DICTIONARY
                      ? parse_dictionary_member (scanner, &member)
                      : parse_member_value (scanner, &member);

  if (!parsed)
    return FALSE;

  member.offset = start - scanner->field->text;
  member.length = scanner->position - start;
  add_member (scanner, &member);
  return TRUE;
}

static gboolean
parse_members (GhStructuredScanner *scanner)
{
  while (!scanner_at_end (scanner))
    {
      const char *comma;

      if (!parse_member (scanner))
        return FALSE;

      skip_optional_whitespace (scanner);
      if (scanner_at_end (scanner))
        return TRUE;

      comma = scanner->position;
      if (!scanner_consume (scanner, ','))
        return gh_structured_scanner_fail_here (
          scanner, "separator", N_ ("A comma is expected here, not “%s”."));

      skip_optional_whitespace (scanner);
      if (scanner_at_end (scanner))
        return gh_structured_scanner_fail (
          scanner, comma, 1, "trailing-comma", N_ ("Nothing follows this comma."));
    }

  return TRUE;
}

static gboolean
parse_lone_item (GhStructuredScanner *scanner)
{
  GhStructuredMember member = { NULL };
  const char *start = scanner->position;

  if (!parse_item (scanner, &member.item))
    return FALSE;

  member.offset = start - scanner->field->text;
  member.length = scanner->position - start;
  g_array_append_val (scanner->field->members, member);
  skip_spaces (scanner);
  if (scanner_at_end (scanner))
    return TRUE;

  return gh_structured_scanner_fail_here (
    scanner, "trailing-text", N_ ("“%s” stands after the end of the value."));
}

static gboolean
parse_field (GhStructuredScanner *scanner)
{
  if (scanner->field->length > GH_STRUCTURED_FIELD_MAXIMUM_SIZE)
    return gh_structured_scanner_fail_here (
      scanner, "too-long", N_ ("The text is too long to be read."));

  skip_spaces (scanner);
  if (scanner->field->kind == GH_STRUCTURED_ITEM)
    return parse_lone_item (scanner);

  return parse_members (scanner);
}

GhStructuredField *
gh_structured_field_parse (GhStructuredKind kind,
                           const char *text,
                           gssize length,
                           GArray *diagnostics)
{
  g_autoptr (GhStructuredField) field = g_new0 (GhStructuredField, 1);
  GhStructuredScanner scanner = { field };
  gboolean parsed;

  field->kind = kind;
  field->length = length < 0 ? strlen (text) : (gsize) length;
  field->text = g_malloc (field->length + 1);
  memcpy (field->text, text, field->length);
  field->text[field->length] = '\0';
  field->strings = g_string_chunk_new (256);
  field->members = g_array_new (FALSE, FALSE, sizeof (GhStructuredMember));
  field->overridden = g_array_new (FALSE, FALSE, sizeof (GhStructuredMember));
  field->items = g_array_new (FALSE, FALSE, sizeof (GhStructuredItem));
  field->parameters = g_array_new (FALSE, FALSE, sizeof (GhParameter));
  field->keys = gh_keyed_hash_table_new (NULL, NULL);

  scanner.position = field->text;
  scanner.end = field->text + field->length;
  scanner.diagnostics = diagnostics;
  parsed = parse_field (&scanner);
  g_clear_pointer (&scanner.seen, g_hash_table_unref);
  return parsed ? g_steal_pointer (&field) : NULL;
}
