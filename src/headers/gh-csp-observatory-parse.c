/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Observatory's way of reading policies: a directive named twice makes all invalid, a
 * source that only lengthens the one sorted before it is dropped, and of a second policy those
 * sources stay that match one of the first. */

#include "gh-csp-observatory-private.h"

#include <string.h>

#include "gh-csp-javascript.h"

/* "img-src" less one character, in UTF-16 units. */
#define SHORTEST_POLICY 6

/* Merging each policy into all before it takes time: a response with more is taken as invalid. */
#define MAXIMUM_POLICIES 32

/* Which sources stay; FALSE when the policy is invalid. */
static gboolean
judge_neighbours (GhCspObservatorySource *sources, guint n_sources)
{
  for (guint i = 1; i < n_sources; i++)
    {
      const GhCspObservatorySource *previous = &sources[i - 1];

      if (sources[i].policy == previous->policy)
        {
          if (sources[i].length >= previous->length
              && memcmp (sources[i].text, previous->text, previous->length) == 0)
            sources[i].keep = FALSE;
        }
      else
        {
          gboolean matches;

          if (!gh_csp_observatory_source_covers (previous, &sources[i], &matches))
            return FALSE;
          sources[i].keep |= matches;
        }
    }

  return TRUE;
}

/* How many are left. */
static guint
drop_others (GhCspObservatorySource *sources, guint n_sources, gboolean keep)
{
  guint n_kept = 0;

  for (guint i = 0; i < n_sources; i++)
    if (sources[i].keep)
      {
        sources[n_kept] = sources[i];
        sources[n_kept++].keep = keep;
      }

  return n_kept;
}

/* Good until the next one is made. */
static GhCspObservatoryList *
ensure_list (GhCspObservatoryPolicy *self, const char *name, gsize length)
{
  guint32 index = gh_csp_seen_add (&self->names, name, length, self->lists->len);
  GhCspObservatoryList new = { .name = name, .length = length };

  if (index == GH_CSP_NOT_SEEN)
    {
      index = self->lists->len;
      g_array_append_val (self->lists, new);
    }

  return gh_csp_observatory_policy_get_nth (self, index);
}

static gboolean
list_is (const GhCspObservatoryList *list, const char *name)
{
  return strlen (name) == list->length && memcmp (name, list->name, list->length) == 0;
}

static gboolean
list_ends (const GhCspObservatoryList *list, const char *ending)
{
  gsize length = strlen (ending);

  return list->length >= length && memcmp (list->name + list->length - length, ending, length) == 0;
}

/* The list's sources now end the array; those of earlier policies come first. */
static void
begin_list (GhCspObservatoryPolicy *self, GhCspObservatoryList *list, guint policy)
{
  guint first = self->sources->len;
  guint n_earlier = policy > 0 ? list->n_sources : 0;

  g_array_set_size (self->sources, first + n_earlier);
  if (n_earlier > 0)
    memcpy (&g_array_index (self->sources, GhCspObservatorySource, first),
            &g_array_index (self->sources, GhCspObservatorySource, list->first_source),
            n_earlier * sizeof (GhCspObservatorySource));
  list->first_source = first;
}

static void
add_source (GhCspObservatoryPolicy *self, const char *text, gsize length, guint policy)
{
  GhCspObservatorySource source
    = { .text = text, .length = (guint32) length, .policy = policy, .keep = policy == 0 };

  gh_csp_observatory_source_set_key (&source);
  g_array_append_val (self->sources, source);
}

/* FALSE when the policy is invalid. */
static gboolean
end_list (GhCspObservatoryPolicy *self, GhCspObservatoryList *list, gboolean keep)
{
  guint n_sources = self->sources->len - list->first_source;
  GhCspObservatorySource *sources;

  list->n_sources = 0;
  if (n_sources == 0)
    return TRUE;

  sources = gh_csp_observatory_policy_get_sources (self, list);
  gh_csp_observatory_sources_sort (sources, n_sources);
  if (!judge_neighbours (sources, n_sources))
    return FALSE;
  list->n_sources = drop_others (sources, n_sources, keep);
  g_array_set_size (self->sources, list->first_source + list->n_sources);

  return TRUE;
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
      if (!list_is (list, "report-uri") && !list_is (list, "report-to"))
        return FALSE;
      self->has_duplicates = TRUE;
    }
  list->seen_in = policy + 1;

  begin_list (self, list, policy);
  for (; next_word (&text, &length, &word, &word_length); is_empty = FALSE)
    add_source (self, word, word_length, policy);
  if (is_empty && list_ends (list, "-src"))
    add_source (self, "'none'", strlen ("'none'"), policy);

  return end_list (self, list, policy > 0 || is_single);
}

/* Keeps the policy in lower case, without line breaks and without space around it. */
static const char *
clean (GhCspObservatoryPolicy *self, const char *text, gsize *length)
{
  g_autoptr (GString) kept = g_string_sized_new (*length);
  const char *end = text + *length;
  const char *trimmed;
  char *lower;

  for (const char *start = text; start < end; start++)
    {
      gsize line = MIN (strcspn (start, "\r\n"), (gsize) (end - start));

      g_string_append_len (kept, start, (gssize) line);
      start += line;
    }
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

/* At least as many as there are directives that say something. */
static guint
count_directives (const char *const *headers)
{
  guint n = 0;

  for (; *headers != NULL; headers++)
    {
      gboolean is_between = TRUE;

      for (const char *p = *headers; *p != '\0'; p++)
        {
          gboolean ends = *p == ';' || *p == ',';

          n += is_between && !ends && !g_ascii_isspace (*p);
          is_between = ends || (is_between && g_ascii_isspace (*p));
        }
    }

  return n;
}

static void
keep_all (GhCspObservatoryPolicy *self)
{
  for (guint i = 0; i < self->sources->len; i++)
    g_array_index (self->sources, GhCspObservatorySource, i).keep = TRUE;
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
  self->lists = g_array_new (FALSE, FALSE, sizeof (GhCspObservatoryList));
  self->sources = g_array_new (FALSE, FALSE, sizeof (GhCspObservatorySource));
  self->texts = g_ptr_array_new_with_free_func (g_free);
  gh_csp_seen_begin (&self->names, count_directives (headers), FALSE);

  for (; *headers != NULL; headers++)
    for (const char *text = *headers; text != NULL; policy++)
      {
        const char *comma = strchr (text, ',');
        gsize length = comma != NULL ? (gsize) (comma - text) : strlen (text);

        if (!read_policy (self, text, length, policy, n_policies == 1))
          return NULL;
        text = comma != NULL ? comma + 1 : NULL;
      }
  keep_all (self);

  return g_steal_pointer (&self);
}

void
gh_csp_observatory_policy_free (GhCspObservatoryPolicy *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->lists);
  g_array_unref (self->sources);
  g_ptr_array_unref (self->texts);
  gh_csp_seen_clear (&self->names);
  g_free (self);
}

guint
gh_csp_observatory_policy_get_n_lists (const GhCspObservatoryPolicy *self)
{
  return self->lists->len;
}

GhCspObservatoryList *
gh_csp_observatory_policy_get_nth (const GhCspObservatoryPolicy *self, guint index)
{
  return &g_array_index (self->lists, GhCspObservatoryList, index);
}

GhCspObservatoryList *
gh_csp_observatory_policy_lookup (const GhCspObservatoryPolicy *self, const char *name)
{
  gsize length = strlen (name);

  for (guint i = 0; i < self->lists->len; i++)
    {
      GhCspObservatoryList *list = gh_csp_observatory_policy_get_nth (self, i);

      if (list->length == length && memcmp (list->name, name, length) == 0)
        return list;
    }

  return NULL;
}

GhCspObservatorySource *
gh_csp_observatory_policy_get_sources (const GhCspObservatoryPolicy *self,
                                       const GhCspObservatoryList *list)
{
  return &g_array_index (self->sources, GhCspObservatorySource, list->first_source);
}
