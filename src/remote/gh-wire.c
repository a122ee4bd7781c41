/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nothing that came from a server, a person or a file reaches a request unchecked. */

#include "gh-wire.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-remote-error.h"

#define MAXIMUM_URL 2048
#define MAXIMUM_ID 128
#define MAXIMUM_ETAG 256
#define MAXIMUM_TOKEN 4096
#define MAXIMUM_KEY 128
#define MAXIMUM_HEADER_NAME 64

/* Names that frame or route a request: a credential under one of them would change what the
 * request is. */
static const char *const framing_headers[] = {
  "accept",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "expect",
  "host",
  "if-match",
  "if-none-match",
  "idempotency-key",
  "gatehouse-reason",
  "keep-alive",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  NULL,
};

/* RFC 9110, 5.6.2: tchar. */
static gboolean
is_token_character (char character)
{
  return g_ascii_isalnum (character)
         || (character != '\0' && strchr ("!#$%&'*+-.^_`|~", character) != NULL);
}

static gboolean
all_visible (const char *text, gsize maximum)
{
  gsize length = strlen (text);

  if (length == 0 || length > maximum)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]))
      return FALSE;
  return TRUE;
}

gboolean
gh_wire_is_id (const char *text)
{
  return all_visible (text, MAXIMUM_ID) && strpbrk (text, "/\\%?#\"<>") == NULL
         && !g_str_equal (text, ".") && !g_str_equal (text, "..");
}

gboolean
gh_wire_is_etag (const char *text)
{
  gsize length = strlen (text);

  return all_visible (text, MAXIMUM_ETAG) && length >= 2 && text[0] == '"'
         && strchr (text + 1, '"') == text + length - 1;
}

gboolean
gh_wire_is_token (const char *text)
{
  return all_visible (text, MAXIMUM_TOKEN);
}

gboolean
gh_wire_is_key (const char *text)
{
  return all_visible (text, MAXIMUM_KEY);
}

gboolean
gh_wire_is_token_header (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  gsize length = strlen (name);

  if (length == 0 || length > MAXIMUM_HEADER_NAME)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!is_token_character (name[i]))
      return FALSE;
  return !g_strv_contains (framing_headers, lower);
}

gboolean
gh_wire_is_loopback (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_ascii_strcasecmp (host, "localhost") == 0;
}

static int
get_port (GUri *uri)
{
  if (g_uri_get_port (uri) > 0)
    return g_uri_get_port (uri);
  return g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
}

gboolean
gh_wire_same_origin (GUri *a, GUri *b)
{
  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b))
         && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0
         && get_port (a) == get_port (b);
}

static char *
dup_authority (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  gboolean literal = strchr (host, ':') != NULL;
  gboolean usual = get_port (uri) == (g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80);
  g_autofree char *port = usual ? g_strdup ("") : g_strdup_printf (":%d", get_port (uri));

  return g_strdup_printf ("%s%s%s%s", literal ? "[" : "", host, literal ? "]" : "", port);
}

char *
gh_wire_dup_origin (GUri *uri)
{
  g_autofree char *authority = dup_authority (uri);

  return g_strdup_printf ("%s://%s", g_uri_get_scheme (uri), authority);
}

/* The host as it goes into the request: a name in ASCII, or an address. */
static char *
normalise_host (const char *host)
{
  g_autofree char *ascii = NULL;

  if (host == NULL || *host == '\0')
    return NULL;
  if (g_hostname_is_ip_address (host))
    return g_ascii_strdown (host, -1);
  ascii = g_hostname_to_ascii (host);
  if (ascii == NULL || strlen (ascii) > 253)
    return NULL;
  for (const char *at = ascii; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '-' && *at != '.' && *at != '_')
      return NULL;
  return g_ascii_strdown (ascii, -1);
}

/* Dot segments, escaped or not, are gone from a path that g_uri_parse gave (RFC 3986, 5.2.4). */
static gboolean
is_base_path (const char *path)
{
  return *path == '\0' || all_visible (path, MAXIMUM_URL);
}

/* What a pasted address must not bring along. */
static gboolean
has_space_or_control (const char *url)
{
  for (; *url != '\0'; url++)
    if (g_ascii_isspace (*url) || g_ascii_iscntrl (*url))
      return TRUE;
  return FALSE;
}

static const char *
find_fault (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);

  if (!g_str_equal (scheme, "https") && !g_str_equal (scheme, "http"))
    return _ ("An address starts with https://.");
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL
      || g_uri_get_fragment (uri) != NULL)
    return _ ("An address has no user name, no “?” and no “#”; the token is asked for apart.");
  if (g_uri_get_port (uri) == 0 || !is_base_path (g_uri_get_path (uri)))
    return _ ("The port or path of the address cannot be used.");
  return NULL;
}

static char *
trim_path (const char *path)
{
  gsize length = strlen (path);

  while (length > 0 && path[length - 1] == '/')
    length--;
  return g_strndup (path, length);
}

GUri *
gh_wire_parse_base (const char *url, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GUri) normal = NULL;
  const char *fault = _ ("This is not an address of the form https://HOST.");

  if (strlen (url) <= MAXIMUM_URL && !has_space_or_control (url))
    uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri != NULL)
    fault = find_fault (uri);
  if (fault == NULL)
    {
      host = normalise_host (g_uri_get_host (uri));
      fault = host == NULL ? _ ("The host of the address is not a valid name.") : NULL;
    }
  if (fault != NULL)
    {
      g_set_error_literal (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_ADDRESS, fault);
      return NULL;
    }

  path = trim_path (g_uri_get_path (uri));
  normal = g_uri_build (SOUP_HTTP_URI_FLAGS,
                        g_uri_get_scheme (uri),
                        NULL,
                        host,
                        g_uri_get_port (uri) == get_port (uri) ? g_uri_get_port (uri) : -1,
                        path,
                        NULL,
                        NULL);
  if (g_str_equal (g_uri_get_scheme (normal), "http") && !gh_wire_is_loopback (normal))
    {
      g_set_error_literal (error,
                           GH_REMOTE_ERROR,
                           GH_REMOTE_ERROR_ADDRESS,
                           _ ("Without https anyone on the way could read the token: http:// is "
                              "for this computer itself alone."));
      return NULL;
    }
  return g_steal_pointer (&normal);
}

GUri *
gh_wire_build (GUri *base, const char *query, ...)
{
  g_autoptr (GString) path = g_string_new (g_uri_get_path (base));
  va_list segments;
  const char *segment;

  va_start (segments, query);
  while ((segment = va_arg (segments, const char *)) != NULL)
    {
      g_string_append_c (path, '/');
      g_string_append_uri_escaped (path, segment, NULL, FALSE);
    }
  va_end (segments);
  return g_uri_build (SOUP_HTTP_URI_FLAGS,
                      g_uri_get_scheme (base),
                      NULL,
                      g_uri_get_host (base),
                      g_uri_get_port (base),
                      path->str,
                      query,
                      NULL);
}

/* One "<target>; name=value; …" of a Link header. */
static char *
match_next (const char *link)
{
  const char *start = strchr (link, '<');
  const char *end = start != NULL ? strchr (start, '>') : NULL;
  GHashTable *parameters;
  gboolean next;

  if (end == NULL)
    return NULL;
  parameters = soup_header_parse_semi_param_list (end + 1 + strspn (end + 1, " \t;"));
  next = g_strcmp0 (g_hash_table_lookup (parameters, "rel"), "next") == 0;
  soup_header_free_param_list (parameters);
  return next ? g_strndup (start + 1, end - start - 1) : NULL;
}

static char *
find_next_target (SoupMessageHeaders *headers)
{
  const char *value = soup_message_headers_get_list (headers, "Link");
  GSList *links;
  char *target = NULL;

  if (value == NULL)
    return NULL;
  links = soup_header_parse_list (value);
  for (GSList *link = links; link != NULL && target == NULL; link = link->next)
    target = match_next (link->data);
  soup_header_free_list (links);
  return target;
}

/* A server behind a proxy may not know the whole path it is reached by, so that the end of
 * ours is enough; what is taken from the link is its query alone. */
static gboolean
is_next_of (GUri *request, GUri *next)
{
  return g_uri_get_host (next) != NULL && g_uri_get_userinfo (next) == NULL
         && gh_wire_same_origin (request, next) && g_str_has_prefix (g_uri_get_path (next), "/")
         && g_str_has_suffix (g_uri_get_path (request), g_uri_get_path (next))
         && g_uri_get_query (next) != NULL
         && g_strcmp0 (g_uri_get_query (request), g_uri_get_query (next)) != 0;
}

GUri *
gh_wire_find_next (GUri *request, SoupMessageHeaders *headers, GError **error)
{
  g_autofree char *target = find_next_target (headers);
  g_autoptr (GUri) next = NULL;

  if (target == NULL)
    return NULL;
  if (strlen (target) <= MAXIMUM_URL)
    next = g_uri_parse_relative (request, target, SOUP_HTTP_URI_FLAGS, NULL);
  if (next != NULL && is_next_of (request, next))
    return soup_uri_copy (request, SOUP_URI_QUERY, g_uri_get_query (next), SOUP_URI_NONE);
  g_set_error_literal (error,
                       GH_REMOTE_ERROR,
                       GH_REMOTE_ERROR_PROTOCOL,
                       _ ("The server's list continues at an address that is not its own."));
  return NULL;
}

/* A control character would be refused on the other side, so it becomes a space. */
char *
gh_wire_encode_reason (const char *reason)
{
  g_autofree char *valid = g_utf8_make_valid (reason, -1);
  g_autofree char *bounded
    = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), GH_WIRE_MAXIMUM_REASON));

  for (char *at = bounded; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  g_strstrip (bounded);
  return g_uri_escape_string (bounded, " !\"#$&'()*+,/:;<=>?@[]^`{|}", FALSE);
}
