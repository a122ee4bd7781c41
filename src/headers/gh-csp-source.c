/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes one source expression apart. Nothing is copied. */

#include "gh-csp-source.h"

#include <string.h>

#define NONCE_PREFIX "nonce-"

static const struct
{
  const char *prefix;
  GChecksumType algorithm;
} hash_prefixes[] = {
  { "sha256-", G_CHECKSUM_SHA256 },
  { "sha384-", G_CHECKSUM_SHA384 },
  { "sha512-", G_CHECKSUM_SHA512 },
};

/* What a character may be part of. */
enum
{
  IN_HOST = 1 << 0,
  IN_SCHEME = 1 << 1,
  IN_BASE64 = 1 << 2,
  IN_PATH = 1 << 3, /* pchar of RFC 3986 without ";" and ",", and "/" */
};

#define IN_ALL (IN_HOST | IN_SCHEME | IN_BASE64 | IN_PATH)

/* clang-format off */
static const guint8 classes[256] = {
  ['a' ... 'z'] = IN_ALL, ['A' ... 'Z'] = IN_ALL, ['0' ... '9'] = IN_ALL, ['-'] = IN_ALL,
  ['+'] = IN_SCHEME | IN_BASE64 | IN_PATH, ['.'] = IN_SCHEME | IN_PATH,
  ['/'] = IN_BASE64 | IN_PATH, ['_'] = IN_BASE64 | IN_PATH,
  ['~'] = IN_PATH, ['!'] = IN_PATH, ['$'] = IN_PATH, ['&'] = IN_PATH, ['\''] = IN_PATH,
  ['('] = IN_PATH, [')'] = IN_PATH, ['*'] = IN_PATH, ['='] = IN_PATH, [':'] = IN_PATH,
  ['@'] = IN_PATH, ['%'] = IN_PATH,
};
/* clang-format on */

static inline gboolean
is_in (char c, guint8 class)
{
  return (classes[(guchar) c] & class) != 0;
}

static gboolean
has_prefix (const char *text, gsize length, const char *prefix)
{
  gsize size = strlen (prefix);

  return length >= size && g_ascii_strncasecmp (text, prefix, size) == 0;
}

gboolean
gh_csp_is_base64_value (const char *text, gsize length)
{
  gsize i = 0;
  gsize padding;

  while (i < length && is_in (text[i], IN_BASE64))
    i++;
  padding = length - i;

  return i > 0 && padding <= 2 && (padding < 1 || text[i] == '=')
         && (padding < 2 || text[i + 1] == '=');
}

static void
skip_quote (const char **text, gsize *length)
{
  if (*length > 0 && **text == '\'')
    {
      (*text)++;
      (*length)--;
    }
}

gboolean
gh_csp_looks_like_nonce (const char *text, gsize length, gboolean unquoted)
{
  if (length < strlen (NONCE_PREFIX) || (!unquoted && text[0] != '\''))
    return FALSE;
  skip_quote (&text, &length);

  return has_prefix (text, length, NONCE_PREFIX);
}

gboolean
gh_csp_looks_like_hash (const char *text, gsize length, gboolean unquoted)
{
  if (length < strlen (NONCE_PREFIX) || (!unquoted && text[0] != '\''))
    return FALSE;
  skip_quote (&text, &length);

  for (guint i = 0; i < G_N_ELEMENTS (hash_prefixes); i++)
    if (has_prefix (text, length, hash_prefixes[i].prefix))
      return TRUE;

  return FALSE;
}

static void
parse_content (GhCspSource *source, GhCspSourceKind kind, const char *text, gsize length)
{
  if (!gh_csp_is_base64_value (text, length))
    return;

  source->kind = kind;
  source->content = (GhCspPart){ text, length };
}

/* text is what stands between the quotes. */
static void
parse_quoted (GhCspSource *source, const char *text, gsize length)
{
  source->keyword = gh_csp_keyword_from_unquoted (text, length);
  if (source->keyword != GH_CSP_NO_KEYWORD)
    {
      source->kind = GH_CSP_SOURCE_KEYWORD;
      return;
    }

  if (has_prefix (text, length, NONCE_PREFIX))
    {
      gsize prefix = strlen (NONCE_PREFIX);

      parse_content (source, GH_CSP_SOURCE_NONCE, text + prefix, length - prefix);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (hash_prefixes); i++)
    if (has_prefix (text, length, hash_prefixes[i].prefix))
      {
        gsize prefix = strlen (hash_prefixes[i].prefix);

        source->algorithm = hash_prefixes[i].algorithm;
        parse_content (source, GH_CSP_SOURCE_HASH, text + prefix, length - prefix);
        return;
      }
}

/* How many characters of a scheme stand before a ":", or 0. */
static gsize
get_scheme_length (const char *text, gsize length)
{
  gsize i = 0;

  if (length == 0 || !g_ascii_isalpha (text[0]))
    return 0;
  while (i < length && is_in (text[i], IN_SCHEME))
    i++;

  return i < length && text[i] == ':' ? i : 0;
}

/* host = "*" / ["*."] 1*hc *("." 1*hc) ["."]; 0 when it is not one. */
static gsize
get_host_length (const char *text, gsize length)
{
  gsize i = 0;
  gsize label = 0;

  if (length > 0 && text[0] == '*')
    {
      if (length < 2 || text[1] != '.')
        return 1;
      i = 2;
    }

  for (; i < length; i++)
    {
      if (is_in (text[i], IN_HOST))
        label++;
      else if (text[i] == '.' && label > 0)
        label = 0;
      else
        break;
    }

  return label > 0 || (i > 2 && text[i - 1] == '.' && is_in (text[i - 2], IN_HOST)) ? i : 0;
}

static gsize
get_port_length (const char *text, gsize length)
{
  gsize i = 0;

  if (length > 0 && text[0] == '*')
    return 1;
  while (i < length && g_ascii_isdigit (text[i]))
    i++;

  return i;
}

/* From behind the host: [":" port] [path]; FALSE when something else stands there. */
static gboolean
parse_port_and_path (GhCspSource *source, const char *text, gsize length)
{
  gsize i = 0;
  gsize path;

  if (length > 0 && text[0] == ':')
    {
      source->port = (GhCspPart){ text + 1, get_port_length (text + 1, length - 1) };
      if (source->port.length == 0)
        return FALSE;
      i = 1 + source->port.length;
    }
  if (i == length)
    return TRUE;
  if (text[i] != '/')
    return FALSE;

  for (path = i; path < length && is_in (text[path], IN_PATH);)
    path++;
  source->path = (GhCspPart){ text + i, path - i };
  source->has_query = path < length && (text[path] == '?' || text[path] == '#');

  return path == length || source->has_query;
}

static void
parse_host (GhCspSource *source, const char *text, gsize length)
{
  gsize scheme = get_scheme_length (text, length);
  gsize host;

  if (scheme > 0 && scheme + 1 == length)
    {
      source->kind = GH_CSP_SOURCE_SCHEME;
      source->scheme = (GhCspPart){ text, scheme };
      return;
    }

  if (scheme > 0 && length - scheme > 3 && text[scheme + 1] == '/' && text[scheme + 2] == '/')
    {
      source->scheme = (GhCspPart){ text, scheme };
      text += scheme + 3;
      length -= scheme + 3;
    }

  host = get_host_length (text, length);
  source->host = (GhCspPart){ text, host };
  if (host > 0 && parse_port_and_path (source, text + host, length - host))
    source->kind = GH_CSP_SOURCE_HOST;
}

gboolean
gh_csp_part_is (const GhCspPart *part, const char *text)
{
  return part->length == strlen (text)
         && g_ascii_strncasecmp (part->start, text, part->length) == 0;
}

GhCspSourceKind
gh_csp_source_parse (GhCspSource *source, const char *text, gsize length)
{
  /* Part by part: the compiler's way to fill a whole struct takes longer than the rest. */
  source->kind = GH_CSP_SOURCE_INVALID;
  source->keyword = GH_CSP_NO_KEYWORD;
  source->algorithm = 0;
  source->content = (GhCspPart){ NULL, 0 };
  source->scheme = (GhCspPart){ NULL, 0 };
  source->host = (GhCspPart){ NULL, 0 };
  source->port = (GhCspPart){ NULL, 0 };
  source->path = (GhCspPart){ NULL, 0 };
  source->has_query = FALSE;

  if (length == 0)
    return source->kind;

  if (text[0] != '\'')
    parse_host (source, text, length);
  else if (length > 2 && text[length - 1] == '\'')
    parse_quoted (source, text + 1, length - 2);

  return source->kind;
}
