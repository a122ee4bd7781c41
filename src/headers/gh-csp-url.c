/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads sources as https URLs (https://url.spec.whatwg.org/, sections 3.5 and 4.4). */

#include "gh-csp-url.h"

#include <arpa/inet.h>
#include <gio/gio.h>
#include <string.h>

/* Hosts beyond ASCII take ten times as long as the others: no policy has so many. */
#define MAXIMUM_CONVERTED 4096

static gboolean
is_scheme_character (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("_+.-", c) != NULL);
}

const char *
gh_csp_url_skip_scheme (const char *source, gsize *length)
{
  const char *end = source + *length;
  gsize i = 0;

  if (*length > 0 && source[0] != '+' && source[0] != '.' && source[0] != '-')
    while (i < *length && is_scheme_character (source[i]))
      i++;
  if (i > 0 && *length - i >= 3 && memcmp (source + i, "://", 3) == 0)
    source += i + 3;
  if (end - source >= 2 && source[0] == '/' && source[1] == '/')
    source += 2;
  *length = end - source;

  return source;
}

gboolean
gh_csp_url_may_be_number (const char *label, gsize length)
{
  gsize i = 0;

  while (i < length && g_ascii_isdigit (label[i]))
    i++;

  return length > 0 && (i == length || (i == 1 && label[0] == '0' && (label[1] | 0x20) == 'x'));
}

gboolean
gh_csp_url_may_be_ip (const char *source, gsize length)
{
  gsize i = 0;
  gsize label = 0;
  gsize dot;

  for (; i < length && source[i] != '/' && source[i] != ':'; i++)
    {
      if (!g_ascii_isalnum (source[i])
          && (source[i] == '\0' || strchr ("-_*'.+=", source[i]) == NULL))
        return TRUE;
      if (source[i] == '.' && i + 1 < length && source[i + 1] != '/' && source[i + 1] != ':')
        label = i + 1;
    }
  dot = i > 0 && source[i - 1] == '.';
  if (i == 0 || memchr (source + i, '@', length - i) != NULL)
    return TRUE;
  if (i < length && source[i] == ':' && i + 2 < length && source[i + 1] == '*'
      && source[i + 2] != '/')
    return TRUE;

  return gh_csp_url_may_be_number (source + label, i - label - dot);
}

static void
append_replaced (GString *text, const char *source, gsize length)
{
  const char *star = memchr (source, '*', length);
  const char *port = star != NULL ? memmem (source, length, ":*", 2) : NULL;

  if (port != NULL)
    {
      g_string_append_len (text, source, port - source);
      g_string_append_len (text, port + 2, source + length - port - 2);
    }
  else
    g_string_append_len (text, source, length);

  if (star != NULL)
    star = memchr (text->str, '*', text->len);
  if (star != NULL)
    {
      gsize position = star - text->str;

      g_string_erase (text, position, 1);
      g_string_insert (text, position, GH_CSP_URL_WILDCARD);
    }
}

/* A number of the IPv4 parser; -1 when it is none, large numbers are cut off. */
static gint64
parse_number (const char *text, gsize length)
{
  guint radix = 10;
  gint64 number = 0;

  if (length == 0)
    return -1;
  if (length >= 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
    {
      radix = 16;
      text += 2;
      length -= 2;
    }
  else if (length >= 2 && text[0] == '0')
    {
      radix = 8;
      text++;
      length--;
    }

  for (gsize i = 0; i < length; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0 || (guint) digit >= radix)
        return -1;
      number = MIN (number * radix + digit, G_GINT64_CONSTANT (1) << 40);
    }

  return number;
}

/* Where the last label begins, a trailing dot left aside; the length without that dot. */
static gsize
find_last_label (const GString *host, gsize *length)
{
  gsize i;

  *length = host->len;
  if (*length > 1 && host->str[*length - 1] == '.')
    (*length)--;
  for (i = *length; i > 0 && host->str[i - 1] != '.';)
    i--;

  return i;
}

static gboolean
ends_in_number (const GString *host)
{
  gsize length;
  gsize label = find_last_label (host, &length);
  gsize digits = label;

  while (digits < length && g_ascii_isdigit (host->str[digits]))
    digits++;

  return label < length
         && (digits == length || parse_number (host->str + label, length - label) >= 0);
}

/* Without printf(), which takes longer than all the rest. */
static void
write_ipv4 (GString *host, guint64 address)
{
  g_string_truncate (host, 0);
  for (gint shift = 24; shift >= 0; shift -= 8)
    {
      guint number = address >> shift & 255;

      if (number >= 100)
        g_string_append_c (host, (char) ('0' + number / 100));
      if (number >= 10)
        g_string_append_c (host, (char) ('0' + number / 10 % 10));
      g_string_append_c (host, (char) ('0' + number % 10));
      if (shift > 0)
        g_string_append_c (host, '.');
    }
}

/* "010.0.0.1" becomes "8.0.0.1". */
static gboolean
parse_ipv4 (GString *host)
{
  gsize length;
  guint64 address = 0;
  gsize start = 0;
  guint n_parts = 0;

  find_last_label (host, &length);
  for (gsize i = 0; i <= length; i++)
    {
      gint64 number;

      if (i < length && host->str[i] != '.')
        continue;
      number = parse_number (host->str + start, i - start);
      if (++n_parts > 4 || number < 0)
        return FALSE;
      if (i == length)
        {
          if (number >= G_GINT64_CONSTANT (1) << (8 * (5 - n_parts)))
            return FALSE;
          address += number;
        }
      else if (number > 255)
        return FALSE;
      else
        address += (guint64) number << (8 * (4 - n_parts));
      start = i + 1;
    }

  write_ipv4 (host, address);

  return TRUE;
}

static gboolean
parse_ipv6 (const GString *host)
{
  g_autofree char *inner = NULL;
  struct in6_addr address;

  if (host->len < 2 || host->str[host->len - 1] != ']')
    return FALSE;
  inner = g_strndup (host->str + 1, host->len - 2);

  return inet_pton (AF_INET6, inner, &address) == 1;
}

static void
decode_percent (GString *text)
{
  gsize written = 0;

  if (memchr (text->str, '%', text->len) == NULL)
    return;
  for (gsize i = 0; i < text->len; i++)
    {
      if (text->str[i] == '%' && i + 2 < text->len && g_ascii_isxdigit (text->str[i + 1])
          && g_ascii_isxdigit (text->str[i + 2]))
        {
          text->str[written++] = (char) (g_ascii_xdigit_value (text->str[i + 1]) * 16
                                         + g_ascii_xdigit_value (text->str[i + 2]));
          i += 2;
        }
      else
        text->str[written++] = text->str[i];
    }
  g_string_truncate (text, written);
}

static gboolean
is_ascii (const GString *text)
{
  for (gsize i = 0; i < text->len; i++)
    if ((guchar) text->str[i] >= 0x80)
      return FALSE;

  return TRUE;
}

/* clang-format off */
static const gboolean forbidden[256] = {
  [0x00 ... 0x20] = TRUE, ['#'] = TRUE, ['%'] = TRUE, ['/'] = TRUE, [':'] = TRUE,
  ['<'] = TRUE, ['>' ... '@'] = TRUE, ['[' ... '^'] = TRUE, ['|'] = TRUE, [0x7f] = TRUE,
};
/* clang-format on */

static gboolean
domain_to_ascii (GhCspUrl *self)
{
  GString *host = self->host;

  if (!is_ascii (host))
    {
      g_autofree char *ascii = NULL;

      if (self->n_converted < MAXIMUM_CONVERTED && strlen (host->str) == host->len
          && g_utf8_validate (host->str, host->len, NULL))
        ascii = g_hostname_to_ascii (host->str);
      self->n_converted++;
      if (ascii == NULL)
        return FALSE;
      g_string_assign (host, ascii);
    }

  for (gsize i = 0; i < host->len; i++)
    if (forbidden[(guchar) host->str[i]])
      return FALSE;
    else if (host->str[i] >= 'A' && host->str[i] <= 'Z')
      host->str[i] |= 'a' - 'A';

  return host->len > 0;
}

static gboolean
parse_host (GhCspUrl *self)
{
  if (self->host->len == 0)
    return FALSE;
  if (self->host->str[0] == '[')
    return self->is_ip = parse_ipv6 (self->host);

  decode_percent (self->host);
  if (!domain_to_ascii (self))
    return FALSE;
  if (!ends_in_number (self->host))
    return TRUE;

  return self->is_ip = parse_ipv4 (self->host);
}

static gboolean
is_port (const char *text, gsize length)
{
  guint port = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      port = MIN (port * 10 + (guint) g_ascii_digit_value (text[i]), 1000000);
    }

  return port <= 65535;
}

/* The last "@" ends the credentials; a ":" outside of brackets begins the port. */
static gboolean
parse_authority (GhCspUrl *self, const char *text, gsize length)
{
  const char *at = memrchr (text, '@', length);
  const char *host = at != NULL ? at + 1 : text;
  const char *end = text + length;
  const char *colon = NULL;
  gboolean in_brackets = FALSE;

  for (const char *p = host; p < end && colon == NULL; p++)
    {
      if (*p == '[')
        in_brackets = TRUE;
      else if (*p == ']')
        in_brackets = FALSE;
      else if (*p == ':' && !in_brackets)
        colon = p;
    }
  if (colon != NULL && !is_port (colon + 1, end - colon - 1))
    return FALSE;

  g_string_truncate (self->host, 0);
  g_string_append_len (self->host, host, (colon != NULL ? colon : end) - host);

  return parse_host (self);
}

/* "." and "..", where each dot may be "%2e". */
static guint
count_dots (const char *segment, gsize length)
{
  guint dots = 0;

  for (gsize i = 0; i < length; dots++)
    if (segment[i] == '.')
      i++;
    else if (length - i >= 3 && g_ascii_strncasecmp (segment + i, "%2e", 3) == 0)
      i += 3;
    else
      return 0;

  return dots <= 2 ? dots : 0;
}

static void
remove_last_segment (GString *path)
{
  gsize i = path->len;

  while (i > 0 && path->str[i - 1] != '/')
    i--;
  g_string_truncate (path, i > 0 ? i - 1 : 0);
}

/* Segment by segment, each with the "/" before it. */
static void
parse_path (GhCspUrl *self, const char *text, gsize length)
{
  gsize end;

  g_string_truncate (self->path, 0);
  for (gsize start = 0; start < length; start = end)
    {
      guint dots;

      for (end = start + 1; end < length && text[end] != '/' && text[end] != '\\';)
        end++;
      dots = count_dots (text + start + 1, end - start - 1);
      if (dots == 2)
        remove_last_segment (self->path);
      if (dots == 0)
        {
          g_string_append_c (self->path, '/');
          g_string_append_len (self->path, text + start + 1, end - start - 1);
        }
      else if (end == length)
        g_string_append_c (self->path, '/');
    }
  if (self->path->len == 0)
    g_string_append_c (self->path, '/');
}

static gboolean
ends_authority (char c)
{
  return c == '/' || c == '\\' || c == '?' || c == '#';
}

gboolean
gh_csp_url_parse (GhCspUrl *self, const char *source, gsize length)
{
  const char *text;
  gsize authority;
  gsize end;

  g_string_truncate (self->text, 0);
  append_replaced (self->text, source, length);
  self->is_ip = FALSE;

  text = self->text->str;
  end = self->text->len;
  while (end > 0 && (guchar) text[end - 1] <= 0x20)
    end--;
  for (; end > 0 && (*text == '/' || *text == '\\'); end--)
    text++;

  for (authority = 0; authority < end && !ends_authority (text[authority]);)
    authority++;
  if (!parse_authority (self, text, authority))
    return FALSE;

  for (gsize i = authority; i < end; i++)
    if (text[i] == '?' || text[i] == '#')
      end = i;
  parse_path (self, text + authority, end - authority);

  return TRUE;
}

void
gh_csp_url_init (GhCspUrl *self)
{
  self->host = g_string_new (NULL);
  self->path = g_string_new (NULL);
  self->text = g_string_new (NULL);
}

void
gh_csp_url_clear (GhCspUrl *self)
{
  g_string_free (self->host, TRUE);
  g_string_free (self->path, TRUE);
  g_string_free (self->text, TRUE);
}
