/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Source matching of CSP3, section 6.7.2, part by part. */

#include "gh-csp-location.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-policy-error.h"

#define LOOPBACK "127.0.0.1"

static int
get_default_port (const char *scheme)
{
  if (strcmp (scheme, "http") == 0 || strcmp (scheme, "ws") == 0)
    return 80;
  if (strcmp (scheme, "https") == 0 || strcmp (scheme, "wss") == 0)
    return 443;

  return strcmp (scheme, "ftp") == 0 ? 21 : -1;
}

static char *
normalise_host (const char *host)
{
  g_autofree char *ascii = NULL;

  if (host == NULL || *host == '\0')
    return NULL;
  ascii = g_hostname_to_ascii (host);

  return g_ascii_strdown (ascii != NULL ? ascii : host, -1);
}

GhCspLocation *
gh_csp_location_parse (const char *url, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GUri) uri
    = g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, &reason);
  GhCspLocation *self;

  if (uri == NULL)
    {
      g_set_error (error,
                   GH_POLICY_ERROR,
                   GH_POLICY_ERROR_FORMAT,
                   _ ("“%s” is not an address: write it out in full, as in "
                      "https://example.org/page."),
                   url);
      return NULL;
    }

  self = g_new0 (GhCspLocation, 1);
  self->scheme = g_ascii_strdown (g_uri_get_scheme (uri), -1);
  self->host = normalise_host (g_uri_get_host (uri));
  self->port = g_uri_get_port (uri) >= 0 ? g_uri_get_port (uri) : get_default_port (self->scheme);
  self->path = g_strdup (self->host == NULL      ? ""
                         : *g_uri_get_path (uri) ? g_uri_get_path (uri)
                                                 : "/");
  self->is_address = self->host != NULL && g_hostname_is_ip_address (self->host);

  return self;
}

void
gh_csp_location_free (GhCspLocation *self)
{
  if (self == NULL)
    return;

  g_free (self->scheme);
  g_free (self->host);
  g_free (self->path);
  g_free (self);
}

static gboolean
change_scheme (GhCspLocation *self, const char *from, const char *to)
{
  if (strcmp (self->scheme, from) != 0)
    return FALSE;

  if (self->port == get_default_port (from))
    self->port = get_default_port (to);
  g_free (self->scheme);
  self->scheme = g_strdup (to);

  return TRUE;
}

void
gh_csp_location_upgrade (GhCspLocation *self)
{
  change_scheme (self, "http", "https");
  change_scheme (self, "ws", "wss");
}

gboolean
gh_csp_location_resolve_socket (GhCspLocation *self)
{
  return change_scheme (self, "ws", "http") || change_scheme (self, "wss", "https");
}

static gboolean
is_one_of (const char *text, const char *first, const char *second)
{
  return strcmp (text, first) == 0 || strcmp (text, second) == 0;
}

/* scheme-part match: a covers itself and what is safer. */
static gboolean
scheme_covers (const char *a, const char *b)
{
  if (strcmp (a, b) == 0)
    return TRUE;
  if (strcmp (a, "http") == 0)
    return strcmp (b, "https") == 0;
  if (strcmp (a, "ws") == 0)
    return strcmp (b, "wss") == 0 || is_one_of (b, "http", "https");

  return strcmp (a, "wss") == 0 && strcmp (b, "https") == 0;
}

/* host-part match: addresses match nothing, but for the loopback one. */
static gboolean
host_covers (const GhCspPart *pattern, const GhCspLocation *location)
{
  gsize length = strlen (location->host);

  if (location->is_address)
    return strcmp (location->host, LOOPBACK) == 0 && gh_csp_part_is (pattern, LOOPBACK);
  if (pattern->length == 1 && pattern->start[0] == '*')
    return TRUE;
  if (pattern->start[0] == '*')
    return length >= pattern->length
           && g_ascii_strncasecmp (pattern->start + 1,
                                   location->host + length - (pattern->length - 1),
                                   pattern->length - 1)
                == 0;

  return gh_csp_part_is (pattern, location->host);
}

/* port-part match; browsers let port 80 stand for 443 where http stands for https. */
static gboolean
port_covers (const GhCspPart *port, const char *scheme, const GhCspLocation *location)
{
  guint64 number = 0;

  if (port->start == NULL)
    return location->port == get_default_port (location->scheme);
  if (port->start[0] == '*')
    return TRUE;
  for (gsize i = 0; i < port->length; i++)
    number = MIN (number * 10 + (guint) g_ascii_digit_value (port->start[i]), 1000000);
  if (number == 80 && location->port == 443 && is_one_of (scheme, "http", "ws"))
    return TRUE;

  return location->port >= 0 && number == (guint64) location->port;
}

static gboolean
piece_equal (const char *a, gsize a_length, const char *b, gsize b_length)
{
  g_autoptr (GBytes) first = g_uri_unescape_bytes (a, a_length, NULL, NULL);
  g_autoptr (GBytes) second = g_uri_unescape_bytes (b, b_length, NULL, NULL);

  if (first != NULL && second != NULL)
    return g_bytes_equal (first, second);

  return a_length == b_length && memcmp (a, b, a_length) == 0;
}

/* path-part match: the whole path, or its beginning where the pattern ends with "/". */
static gboolean
path_covers (const GhCspPart *pattern, const char *path)
{
  const char *a = pattern->start;
  const char *b = path;
  const char *end;

  if (pattern->length == 0)
    return TRUE;
  for (end = a + pattern->length;;)
    {
      const char *a_end = memchr (a, '/', end - a);
      const char *b_end = strchrnul (b, '/');

      if (a == end && end[-1] == '/')
        return TRUE;
      if (a_end == NULL)
        a_end = end;
      if (!piece_equal (a, a_end - a, b, b_end - b))
        return FALSE;
      if (a_end == end || *b_end == '\0')
        return a_end == end && *b_end == '\0';
      a = a_end + 1;
      b = b_end + 1;
    }
}

static gboolean
same_host (const GhCspLocation *a, const GhCspLocation *b)
{
  return a->host != NULL && g_strcmp0 (a->host, b->host) == 0;
}

/* 'self': the origin, or the same host over something safer, both on their default ports. */
static GhCspCoverage
cover_self (const GhCspLocation *location, const GhCspLocation *origin)
{
  gboolean same_port = location->port == origin->port;
  gboolean default_ports = location->port == get_default_port (location->scheme)
                           && origin->port == get_default_port (origin->scheme);

  if (!same_host (location, origin))
    return GH_CSP_MISSES;
  if (strcmp (location->scheme, origin->scheme) == 0)
    return same_port ? GH_CSP_COVERS : GH_CSP_MISSES_PORT;
  if (!is_one_of (location->scheme, "https", "wss")
      && !(strcmp (origin->scheme, "http") == 0 && strcmp (location->scheme, "ws") == 0))
    return GH_CSP_MISSES_SCHEME;

  return same_port || default_ports ? GH_CSP_COVERS : GH_CSP_MISSES_PORT;
}

static GhCspCoverage
cover_host (const GhCspSource *source,
            const GhCspLocation *location,
            const GhCspLocation *origin,
            guint n_redirects)
{
  g_autofree char *scheme = NULL;

  if (location->host == NULL || !host_covers (&source->host, location))
    return GH_CSP_MISSES;

  scheme = source->scheme.start != NULL
             ? g_ascii_strdown (source->scheme.start, source->scheme.length)
             : g_strdup (origin->scheme);
  if (!scheme_covers (scheme, location->scheme))
    return GH_CSP_MISSES_SCHEME;
  if (!port_covers (&source->port, scheme, location))
    return GH_CSP_MISSES_PORT;
  if (n_redirects == 0 && !path_covers (&source->path, location->path))
    return GH_CSP_MISSES_PATH;

  return GH_CSP_COVERS;
}

gboolean
gh_csp_source_is_star (const GhCspSource *source)
{
  return source->kind == GH_CSP_SOURCE_HOST && source->scheme.start == NULL
         && source->port.start == NULL && source->path.length == 0
         && gh_csp_part_is (&source->host, "*");
}

GhCspCoverage
gh_csp_source_get_coverage (const GhCspSource *source,
                            const GhCspLocation *location,
                            const GhCspLocation *origin,
                            guint n_redirects)
{
  g_autofree char *scheme = NULL;

  if (source->kind == GH_CSP_SOURCE_KEYWORD && source->keyword == GH_CSP_KEYWORD_SELF)
    return cover_self (location, origin);
  if (source->kind == GH_CSP_SOURCE_SCHEME)
    {
      scheme = g_ascii_strdown (source->scheme.start, source->scheme.length);
      return scheme_covers (scheme, location->scheme) ? GH_CSP_COVERS : GH_CSP_MISSES;
    }
  if (source->kind != GH_CSP_SOURCE_HOST)
    return GH_CSP_MISSES;
  if (gh_csp_source_is_star (source))
    return is_one_of (location->scheme, "http", "https")
               || strcmp (location->scheme, origin->scheme) == 0
             ? GH_CSP_COVERS
             : GH_CSP_MISSES;

  return cover_host (source, location, origin, n_redirects);
}
