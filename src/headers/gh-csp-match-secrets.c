/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nonces and hashes: what a page tells its browser to trust. */

#include "gh-csp-match-private.h"

#include <string.h>

#include "gh-csp-hash.h"

const GhCspValue *
gh_csp_question_find_nonce (const GhCspQuestion *question, const GhCspDirective *directive)
{
  const GhCspValue *values = gh_csp_question_get_values (question, directive);
  const char *nonce = question->request->nonce;

  if (nonce == NULL || *nonce == '\0')
    return NULL;

  for (guint i = 0; i < directive->n_values; i++)
    {
      GhCspSource source;

      if (values[i].kind != GH_CSP_SOURCE_NONCE)
        continue;
      gh_csp_question_parse (question, &values[i], &source);
      if (source.content.length == strlen (nonce)
          && memcmp (source.content.start, nonce, source.content.length) == 0)
        return &values[i];
    }

  return NULL;
}

/* base64url and base64 are the same here. */
static gboolean
hash_equal (const char *a, gsize a_length, const char *b, gsize b_length)
{
  if (a_length != b_length)
    return FALSE;
  for (gsize i = 0; i < a_length; i++)
    {
      char first = a[i] == '-' ? '+' : a[i] == '_' ? '/' : a[i];
      char second = b[i] == '-' ? '+' : b[i] == '_' ? '/' : b[i];

      if (first != second)
        return FALSE;
    }

  return TRUE;
}

static const GhCspValue *
find_hash (const GhCspQuestion *question,
           const GhCspDirective *directive,
           GChecksumType algorithm,
           const char *hash,
           gsize length)
{
  const GhCspValue *values = gh_csp_question_get_values (question, directive);

  for (guint i = 0; i < directive->n_values; i++)
    {
      GhCspSource source;

      if (values[i].kind != GH_CSP_SOURCE_HASH)
        continue;
      gh_csp_question_parse (question, &values[i], &source);
      if (source.algorithm == algorithm
          && hash_equal (source.content.start, source.content.length, hash, length))
        return &values[i];
    }

  return NULL;
}

/* hash is "'sha256-…'". */
static const GhCspValue *
find_quoted_hash (const GhCspQuestion *question, const GhCspDirective *directive, const char *hash)
{
  GhCspSource source;

  if (gh_csp_source_parse (&source, hash, strlen (hash)) != GH_CSP_SOURCE_HASH)
    return NULL;

  return find_hash (
    question, directive, source.algorithm, source.content.start, source.content.length);
}

gboolean
gh_csp_question_matches_integrity (const GhCspQuestion *question, const GhCspDirective *directive)
{
  const char *const *integrity = question->request->integrity;
  gboolean matches = FALSE;

  for (; integrity != NULL && *integrity != NULL; integrity++)
    {
      g_autofree char *quoted = g_strdup_printf ("'%s'", *integrity);

      if (!gh_csp_looks_like_hash (quoted, strlen (quoted), FALSE))
        continue;
      if (find_quoted_hash (question, directive, quoted) == NULL)
        return FALSE;
      matches = TRUE;
    }

  return matches;
}

const GhCspValue *
gh_csp_question_find_content (const GhCspQuestion *question, const GhCspDirective *directive)
{
  static const GChecksumType algorithms[]
    = { G_CHECKSUM_SHA256, G_CHECKSUM_SHA384, G_CHECKSUM_SHA512 };
  const char *content = question->request->content;

  for (guint i = 0; content != NULL && i < G_N_ELEMENTS (algorithms); i++)
    {
      g_autofree char *hash = gh_csp_hash_make (content, -1, algorithms[i]);
      const GhCspValue *value = find_quoted_hash (question, directive, hash);

      if (value != NULL)
        return value;
    }

  return NULL;
}
