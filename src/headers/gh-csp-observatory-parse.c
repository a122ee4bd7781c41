/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Observatory's way of reading policies: a directive named twice makes all invalid, a
 * source that only lengthens the one sorted before it is dropped, and of a second policy those
 * sources stay that match one of the first. */

#include "gh-csp-observatory-private.h"

#include <string.h>

#include "gh-csp-javascript.h"
#include "gh-keyed-hash.h"

/* "img-src" less one character, in UTF-16 units. */
#define SHORTEST_POLICY 6

/* Merging each policy into all before it takes time: a response with more is taken as invalid. */
#define MAXIMUM_POLICIES 32

/* The order of ICU's "en" collation for what stands in a policy in lower case. */
static const char alphabet[]
  = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz";

static guint8
get_weight (guchar c)
{
  static guint8 weights[256];
  static gsize is_made = 0;

  if (g_once_init_enter (&is_made))
    {
      for (guint i = 0; i < 256; i++)
        weights[i] = i < 128 ? i % 32 + 1 : 128 + i % 128;
      for (guint i = 0; alphabet[i] != '\0'; i++)
        weights[(guchar) alphabet[i]] = 33 + i;
      g_once_init_leave (&is_made, 1);
    }

  return weights[c];
}

static guint64
make_key (const char *text, gsize length)
{
  guint64 key = 0;

  for (gsize i = 0; i < sizeof key; i++)
    key = key << 8 | (i < length ? get_weight ((guchar) text[i]) : 0);

  return key;
}

static int
compare_sources (gconstpointer a, gconstpointer b)
{
  const GhCspObservatorySource *first = a;
  const GhCspObservatorySource *second = b;
  gsize shorter = MIN (first->length, second->length);

  if (first->key != second->key)
    return first->key < second->key ? -1 : 1;
  for (gsize i = sizeof first->key; i < shorter; i++)
    if (first->text[i] != second->text[i])
      return (int) get_weight ((guchar) first->text[i])
             - (int) get_weight ((guchar) second->text[i]);

  return (first->length > second->length) - (first->length < second->length);
}

/* As decodeURIComponent(): NULL for a "%" that does not begin a character in UTF-8. */
static GString *
decode_component (const char *text, gsize length)
{
  g_autoptr (GString) decoded = g_string_sized_new (length);
  gboolean is_encoded = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] != '%')
        {
          g_string_append_c (decoded, text[i]);
          continue;
        }
      if (length - i < 3 || !g_ascii_isxdigit (text[i + 1]) || !g_ascii_isxdigit (text[i + 2]))
        return NULL;
      g_string_append_c (
        decoded,
        (char) (g_ascii_xdigit_value (text[i + 1]) * 16 + g_ascii_xdigit_value (text[i + 2])));
      is_encoded = TRUE;
      i += 2;
    }
  if (is_encoded && memchr (decoded->str, '\0', decoded->len) == NULL
      && !g_utf8_validate (decoded->str, decoded->len, NULL))
    return NULL;

  return g_steal_pointer (&decoded);
}

/* FALSE when one of them is malformed. */
static gboolean
compare_pieces (const char *a, gsize a_length, const char *b, gsize b_length, gboolean *equal)
{
  g_autoptr (GString) first = NULL;
  g_autoptr (GString) second = NULL;

  if (memchr (a, '%', a_length) == NULL && memchr (b, '%', b_length) == NULL)
    {
      *equal = a_length == b_length && memcmp (a, b, a_length) == 0;
      return TRUE;
    }

  first = decode_component (a, a_length);
  second = decode_component (b, b_length);
  if (first == NULL || second == NULL)
    return FALSE;
  *equal = g_string_equal (first, second);

  return TRUE;
}

static guint
count_pieces (const GhCspObservatorySource *source)
{
  guint n = 1;

  for (gsize i = 0; i < source->length; i++)
    n += source->text[i] == '/';

  return n;
}

/* Whether b lies under a, piece by piece between "/"; FALSE when one is malformed. */
static gboolean
match_path (const GhCspObservatorySource *a, const GhCspObservatorySource *b, gboolean *matches)
{
  gboolean is_exact = a->text[a->length - 1] != '/';
  guint n_pieces = count_pieces (a);
  guint n_others = count_pieces (b);
  const char *first = a->text;
  const char *second = b->text;

  *matches = FALSE;
  if (n_pieces > n_others || (is_exact && n_pieces != n_others))
    return TRUE;

  for (guint i = 0; i < n_pieces - !is_exact; i++)
    {
      const char *first_end = memchr (first, '/', a->text + a->length - first);
      const char *second_end = memchr (second, '/', b->text + b->length - second);
      gboolean equal;

      first_end = first_end != NULL ? first_end : a->text + a->length;
      second_end = second_end != NULL ? second_end : b->text + b->length;
      if (!compare_pieces (first, first_end - first, second, second_end - second, &equal))
        return FALSE;
      if (!equal)
        return TRUE;
      first = first_end + 1;
      second = second_end + 1;
    }
  *matches = TRUE;

  return TRUE;
}

/* Which sources stay; FALSE when the policy is invalid. */
static gboolean
judge_neighbours (GArray *sources)
{
  GhCspObservatorySource *items = (GhCspObservatorySource *) (gpointer) sources->data;

  for (guint i = 1; i < sources->len; i++)
    {
      const GhCspObservatorySource *previous = &items[i - 1];

      if (items[i].policy == previous->policy)
        {
          if (items[i].length >= previous->length
              && memcmp (items[i].text, previous->text, previous->length) == 0)
            items[i].keep = FALSE;
        }
      else
        {
          gboolean matches;

          if (!match_path (previous, &items[i], &matches))
            return FALSE;
          items[i].keep |= matches;
        }
    }

  return TRUE;
}

static void
drop_others (GArray *sources, gboolean keep)
{
  GhCspObservatorySource *items = (GhCspObservatorySource *) (gpointer) sources->data;
  guint n_kept = 0;

  for (guint i = 0; i < sources->len; i++)
    if (items[i].keep)
      {
        items[n_kept] = items[i];
        items[n_kept++].keep = keep;
      }
  g_array_set_size (sources, n_kept);
}

static void
list_free (GhCspObservatoryList *list)
{
  g_free (list->name);
  g_array_unref (list->sources);
  g_free (list);
}

static GhCspObservatoryList *
ensure_list (GhCspObservatoryPolicy *self, const char *name, gsize length)
{
  g_autofree char *key = g_strndup (name, length);
  GhCspObservatoryList *list = gh_csp_observatory_policy_lookup (self, key);

  if (list == NULL)
    {
      list = g_new0 (GhCspObservatoryList, 1);
      list->name = g_steal_pointer (&key);
      list->sources = g_array_new (FALSE, FALSE, sizeof (GhCspObservatorySource));
      g_ptr_array_add (self->lists, list);
      g_hash_table_insert (self->by_name, list->name, list);
    }

  return list;
}

static void
add_source (GhCspObservatoryList *list, const char *text, gsize length, guint policy)
{
  GhCspObservatorySource source = { text, length, make_key (text, length), policy, policy == 0 };

  g_array_append_val (list->sources, source);
}

/* The next run of what is no white space, or FALSE. */
static gboolean
next_word (const char **text, gsize *length, const char **word, gsize *word_length)
{
  gsize i = 0;
  guint space;

  while (*length > 0 && (space = gh_javascript_get_space_length (*text, *length)) > 0)
    {
      *text += space;
      *length -= space;
    }
  while (i < *length && gh_javascript_get_space_length (*text + i, *length - i) == 0)
    i++;
  *word = *text;
  *word_length = i;
  *text += i;
  *length -= i;

  return i > 0;
}

static gboolean
read_directive (GhCspObservatoryPolicy *self,
                const char *text,
                gsize length,
                guint policy,
                gboolean is_single)
{
  GhCspObservatoryList *list;
  const char *word;
  gsize word_length;
  gboolean is_empty = TRUE;

  if (!next_word (&text, &length, &word, &word_length))
    return TRUE;

  list = ensure_list (self, word, word_length);
  if (list->seen_in == policy + 1)
    {
      if (strcmp (list->name, "report-uri") != 0 && strcmp (list->name, "report-to") != 0)
        return FALSE;
      self->has_duplicates = TRUE;
    }
  list->seen_in = policy + 1;
  if (policy == 0)
    g_array_set_size (list->sources, 0);

  for (; next_word (&text, &length, &word, &word_length); is_empty = FALSE)
    add_source (list, word, word_length, policy);
  if (is_empty && g_str_has_suffix (list->name, "-src"))
    add_source (list, "'none'", strlen ("'none'"), policy);

  g_array_sort (list->sources, compare_sources);
  if (!judge_neighbours (list->sources))
    return FALSE;
  drop_others (list->sources, policy > 0 || is_single);

  return TRUE;
}

/* Keeps the policy in lower case, without line breaks and without space around it. */
static const char *
clean (GhCspObservatoryPolicy *self, const char *text, gsize *length)
{
  g_autoptr (GString) kept = g_string_sized_new (*length);
  const char *trimmed;
  char *lower;

  for (gsize i = 0; i < *length; i++)
    if (text[i] != '\r' && text[i] != '\n')
      g_string_append_c (kept, text[i]);
  *length = kept->len;
  trimmed = gh_javascript_trim (kept->str, length);
  lower = g_str_is_ascii (kept->str) ? g_ascii_strdown (trimmed, *length)
                                     : gh_javascript_to_lower (trimmed, *length);
  g_ptr_array_add (self->texts, lower);
  *length = strlen (lower);

  return lower;
}

static gboolean
read_policy (GhCspObservatoryPolicy *self,
             const char *text,
             gsize length,
             guint policy,
             gboolean is_single)
{
  const char *end;

  text = clean (self, text, &length);
  if (gh_javascript_get_length (text, length) < SHORTEST_POLICY)
    return FALSE;

  for (end = text + length; text <= end;)
    {
      const char *semicolon = memchr (text, ';', end - text);
      const char *stop = semicolon != NULL ? semicolon : end;

      if (!read_directive (self, text, stop - text, policy, is_single))
        return FALSE;
      text = stop + 1;
    }

  return TRUE;
}

static guint
count_policies (const char *const *headers)
{
  guint n = 0;

  for (; *headers != NULL; headers++)
    {
      n++;
      for (const char *p = *headers; (p = strchr (p, ',')) != NULL; p++)
        n++;
    }

  return n;
}

/* Directives that lost all their sources block everything. */
static void
fill_empty (GhCspObservatoryPolicy *self)
{
  for (guint i = 0; i < self->lists->len; i++)
    {
      GhCspObservatoryList *list = g_ptr_array_index (self->lists, i);

      if (list->sources->len == 0)
        add_source (list, "'none'", strlen ("'none'"), 0);
      for (guint j = 0; j < list->sources->len; j++)
        g_array_index (list->sources, GhCspObservatorySource, j).keep = TRUE;
    }
}

GhCspObservatoryPolicy *
gh_csp_observatory_policy_parse (const char *const *headers)
{
  g_autoptr (GhCspObservatoryPolicy) self = NULL;
  guint n_policies = count_policies (headers);
  guint policy = 0;

  if (n_policies > MAXIMUM_POLICIES)
    return NULL;

  self = g_new0 (GhCspObservatoryPolicy, 1);
  self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify) list_free);
  self->by_name = gh_keyed_hash_table_new (NULL, NULL);
  self->texts = g_ptr_array_new_with_free_func (g_free);

  for (; *headers != NULL; headers++)
    for (const char *text = *headers; text != NULL; policy++)
      {
        const char *comma = strchr (text, ',');
        gsize length = comma != NULL ? (gsize) (comma - text) : strlen (text);

        if (!read_policy (self, text, length, policy, n_policies == 1))
          return NULL;
        text = comma != NULL ? comma + 1 : NULL;
      }
  fill_empty (self);

  return g_steal_pointer (&self);
}

void
gh_csp_observatory_policy_free (GhCspObservatoryPolicy *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->lists);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

GhCspObservatoryList *
gh_csp_observatory_policy_lookup (GhCspObservatoryPolicy *self, const char *name)
{
  return g_hash_table_lookup (self->by_name, name);
}
