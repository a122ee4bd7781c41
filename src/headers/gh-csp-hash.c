/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes hashes for a policy, and looks through those that stand in one. */

#include "gh-csp-hash.h"

#include <string.h>

#define MAXIMUM_DIGEST 64

static const struct
{
  const char *name;
  GChecksumType algorithm;
} algorithms[] = {
  { "sha256", G_CHECKSUM_SHA256 },
  { "sha384", G_CHECKSUM_SHA384 },
  { "sha512", G_CHECKSUM_SHA512 },
};

static const char *
get_name (GChecksumType algorithm)
{
  for (guint i = 0; i < G_N_ELEMENTS (algorithms); i++)
    if (algorithms[i].algorithm == algorithm)
      return algorithms[i].name;

  return NULL;
}

/* A tag in any case, such as "</style", from start on; "<styled" is another one. */
static const char *
find_tag (const char *start, const char *tag)
{
  gsize length = strlen (tag);

  for (const char *p = start; (p = strchr (p, '<')) != NULL; p++)
    if (g_ascii_strncasecmp (p, tag, length) == 0 && !g_ascii_isalnum (p[length])
        && p[length] != '-')
      return p;

  return NULL;
}

/* Neither a script nor a style sheet begins with "<", so that what does is taken from a page. */
static gboolean
is_markup (const char *content)
{
  while (g_ascii_isspace (*content))
    content++;

  return *content == '<';
}

static const struct
{
  const char *opening;
  const char *closing;
} elements[] = {
  { "<script", "</script" },
  { "<style", "</style" },
};

char *
gh_csp_hash_make (const char *content, gssize length, GChecksumType algorithm)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (algorithm);
  const char *name = get_name (algorithm);
  guint8 digest[MAXIMUM_DIGEST];
  gsize digest_length = sizeof digest;
  g_autofree char *base64 = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  g_checksum_update (
    checksum, (const guchar *) content, length < 0 ? (gssize) strlen (content) : length);
  g_checksum_get_digest (checksum, digest, &digest_length);
  base64 = g_base64_encode (digest, digest_length);

  return g_strdup_printf ("'%s-%s'", name, base64);
}

char *
gh_csp_hash_dup_inline (const char *content)
{
  const char *first = NULL;
  const char *start = content;
  const char *end = NULL;
  GString *text;

  for (guint i = 0; is_markup (content) && i < G_N_ELEMENTS (elements); i++)
    {
      const char *tag = find_tag (content, elements[i].opening);
      const char *opened = tag != NULL ? strchr (tag, '>') : NULL;

      if (opened == NULL || (first != NULL && first < tag))
        continue;

      first = tag;
      start = opened + 1;
      end = find_tag (start, elements[i].closing);
    }

  text = g_string_new_len (start, end != NULL ? end - start : (gssize) strlen (start));
  g_string_replace (text, "\r\n", "\n", 0);
  g_string_replace (text, "\r", "\n", 0);

  return g_string_free (text, FALSE);
}

gboolean
gh_csp_hash_algorithm_from_string (const char *text, GChecksumType *algorithm)
{
  for (guint i = 0; i < G_N_ELEMENTS (algorithms); i++)
    if (g_ascii_strcasecmp (algorithms[i].name, text) == 0)
      {
        *algorithm = algorithms[i].algorithm;
        return TRUE;
      }

  return FALSE;
}

gboolean
gh_csp_hash_is_sane (const GhCspSource *source)
{
  gsize characters = source->content.length;
  gsize bytes;

  while (characters > 0 && source->content.start[characters - 1] == '=')
    characters--;
  bytes = characters * 6 / 8;

  /* Without padding browsers find no equal, since they encode with it. */
  return source->content.length % 4 == 0 && (characters * 6) % 8 < 6
         && bytes == (gsize) g_checksum_type_get_length (source->algorithm);
}

guint
gh_csp_nonce_get_bits (const GhCspSource *source)
{
  gsize characters = source->content.length;

  while (characters > 0 && source->content.start[characters - 1] == '=')
    characters--;

  return MIN (characters, G_MAXUINT / 6) * 6 / 8 * 8;
}
