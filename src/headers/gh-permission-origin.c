/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom an allowlist of a Permissions-Policy can name: what the specification calls a
 * permissions-source-expression (sections 4.7 and 5.2), which is a source of CSP3 (section
 * 2.3.1). Chromium reads none without a scheme, and no path, so that neither is taken here. An
 * IPv6 address is an origin, though the grammar of sources has no room for it. */

#include "gh-config.h"

#include <stdlib.h>
#include <string.h>

#include "gh-permissions-policy.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"
#define SEPARATOR "://"
#define LONGEST_HOST 253 /* RFC 1035, section 2.3.4, without the dot at the end */
#define LONGEST_LABEL 63
#define LONGEST_PORT 5
#define LARGEST_PORT 65535

/* RFC 3986, section 3.1 */
static gboolean
skip_scheme (const char **position)
{
  if (!g_ascii_isalpha (**position))
    return FALSE;

  *position += strspn (*position, LETTERS DIGITS "+-.");
  return TRUE;
}

/* "[" an address "]", without the zone that g_hostname_is_ip_address() would take. */
static gboolean
skip_ipv6 (const char **position)
{
  gsize length = strspn (*position + 1, DIGITS "abcdefABCDEF:.");
  g_autofree char *address = g_strndup (*position + 1, length);

  if ((*position)[1 + length] != ']' || strchr (address, ':') == NULL
      || !g_hostname_is_ip_address (address))
    return FALSE;

  *position += 1 + length + 1;
  return TRUE;
}

/* One label of a host: letters, digits, "-" and "_", with no hyphen at either end. */
static gboolean
skip_label (const char **position)
{
  gsize length = strspn (*position, LETTERS DIGITS "-_");

  if (length == 0 || length > LONGEST_LABEL || **position == '-' || (*position)[length - 1] == '-')
    return FALSE;

  *position += length;
  return TRUE;
}

/* Browsers read a host whose last label is a number as an IPv4 address, or as nothing. */
static gboolean
ends_like_ipv4 (const char *host)
{
  const char *dot = strrchr (host, '.');
  const char *last = dot != NULL ? dot + 1 : host;

  return last[strspn (last, DIGITS)] == '\0';
}

/* Labels with dots between them; one may stand at the end as well. */
static gboolean
skip_name (const char **position, gboolean may_be_address)
{
  const char *start = *position;
  g_autofree char *host = NULL;

  if (!skip_label (position))
    return FALSE;
  while (**position == '.' && (*position)[1] != '\0' && (*position)[1] != ':')
    {
      *position += strlen (".");
      if (!skip_label (position))
        return FALSE;
    }

  host = g_strndup (start, *position - start);
  if (**position == '.')
    *position += strlen (".");

  return strlen (host) <= LONGEST_HOST
         && (!ends_like_ipv4 (host) || (may_be_address && g_hostname_is_ip_address (host)));
}

static gboolean
skip_host (const char **position)
{
  if (**position == '[')
    return skip_ipv6 (position);
  if (**position != '*')
    return skip_name (position, TRUE);

  *position += strlen ("*");
  if (**position != '.')
    return TRUE;

  *position += strlen (".");
  return skip_name (position, FALSE);
}

/* Nothing, or ":" and a number or "*". */
static gboolean
skip_port (const char **position)
{
  gsize length;

  if (**position != ':')
    return TRUE;

  *position += strlen (":");
  if (**position == '*')
    {
      *position += strlen ("*");
      return TRUE;
    }

  length = strspn (*position, DIGITS);
  if (length == 0 || length > LONGEST_PORT || atoi (*position) > LARGEST_PORT)
    return FALSE;

  *position += length;
  return TRUE;
}

gboolean
gh_permission_origin_is_valid (const char *origin)
{
  const char *position = origin;

  if (!skip_scheme (&position))
    return FALSE;
  if (strcmp (position, ":") == 0)
    return TRUE;
  if (!g_str_has_prefix (position, SEPARATOR))
    return FALSE;

  position += strlen (SEPARATOR);
  return skip_host (&position) && skip_port (&position) && *position == '\0';
}
