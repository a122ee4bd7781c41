/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the Observatory sorts sources, and when it finds one covered by another. */

#include "gh-csp-observatory-private.h"

#include <string.h>

/* Up to here comparing is quicker than counting. */
#define FEW_SOURCES 256

/* The order of ICU's "en" collation for what stands in a policy in lower case. */
static const char alphabet[]
  = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz";

static const guint8 *
get_weights (void)
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

  return weights;
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const GhCspObservatorySource *first = a;
  const GhCspObservatorySource *second = b;
  gsize shorter = MIN (first->length, second->length);
  const guint8 *weights = data;

  if (first->key != second->key)
    return first->key < second->key ? -1 : 1;
  for (gsize i = sizeof first->key; i < shorter; i++)
    if (first->text[i] != second->text[i])
      return (int) weights[(guchar) first->text[i]] - (int) weights[(guchar) second->text[i]];

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

gboolean
gh_csp_observatory_source_covers (const GhCspObservatorySource *a,
                                  const GhCspObservatorySource *b,
                                  gboolean *matches)
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

void
gh_csp_observatory_source_set_key (GhCspObservatorySource *source)
{
  const guint8 *weights = get_weights ();

  source->key = 0;
  for (gsize i = 0; i < sizeof source->key; i++)
    source->key = source->key << 8 | (i < source->length ? weights[(guchar) source->text[i]] : 0);
}

static void
sort_by_text (GhCspObservatorySource *sources, guint n_sources)
{
  g_qsort_with_data (
    sources, (gint) n_sources, sizeof *sources, compare, (gpointer) get_weights ());
}

/* By one byte of their keys; FALSE when it is the same in all. */
static gboolean
distribute (const GhCspObservatorySource *from,
            GhCspObservatorySource *to,
            guint n_sources,
            guint shift)
{
  guint places[257] = { 0 };

  for (guint i = 0; i < n_sources; i++)
    places[(from[i].key >> shift & 255) + 1]++;
  if (places[(from[0].key >> shift & 255) + 1] == n_sources)
    return FALSE;

  for (guint i = 0; i < 256; i++)
    places[i + 1] += places[i];
  for (guint i = 0; i < n_sources; i++)
    to[places[from[i].key >> shift & 255]++] = from[i];

  return TRUE;
}

static void
sort_by_key (GhCspObservatorySource *sources, guint n_sources)
{
  g_autofree GhCspObservatorySource *other = g_new (GhCspObservatorySource, n_sources);
  GhCspObservatorySource *from = sources;
  GhCspObservatorySource *to = other;

  for (guint shift = 0; shift < 64; shift += 8)
    if (distribute (from, to, n_sources, shift))
      {
        GhCspObservatorySource *swap = from;

        from = to;
        to = swap;
      }
  if (from != sources)
    memcpy (sources, from, n_sources * sizeof *sources);
}

/* The sources from this one on whose keys are equal, and whether the keys are not all of them. */
static guint
count_alike (const GhCspObservatorySource *sources, guint n_sources, gboolean *are_longer)
{
  guint n = 0;

  *are_longer = FALSE;
  for (; n < n_sources && sources[n].key == sources[0].key; n++)
    *are_longer |= sources[n].length > sizeof sources->key;

  return n;
}

void
gh_csp_observatory_sources_sort (GhCspObservatorySource *sources, guint n_sources)
{
  gboolean are_longer;
  guint n_alike;

  if (n_sources < FEW_SOURCES)
    {
      sort_by_text (sources, n_sources);
      return;
    }

  sort_by_key (sources, n_sources);
  for (guint i = 0; i < n_sources; i += n_alike)
    {
      n_alike = count_alike (&sources[i], n_sources - i, &are_longer);
      if (are_longer)
        sort_by_text (&sources[i], n_alike);
    }
}
