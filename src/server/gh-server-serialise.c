/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers as bytes. */

#include "gh-server-serialise.h"

#include <string.h>

static void
append (GByteArray *bytes, const char *text)
{
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
}

static void
append_header (GByteArray *bytes, const char *name, const char *value)
{
  append (bytes, name);
  append (bytes, ": ");
  append (bytes, value);
  append (bytes, "\r\n");
}

static void
append_status (GByteArray *bytes, guint status)
{
  char line[128];

  g_snprintf (line, sizeof line, "HTTP/1.1 %u %s\r\n", status, soup_status_get_phrase (status));
  append (bytes, line);
}

static void
append_date (GByteArray *bytes, GhServerDate *date)
{
  gint64 second = g_get_real_time () / G_USEC_PER_SEC;

  if (second != date->second)
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (second);
      g_autofree char *text = soup_date_time_to_string (time, SOUP_DATE_HTTP);

      g_strlcpy (date->text, text, sizeof date->text);
      date->second = second;
    }
  append_header (bytes, "Date", date->text);
}

/* RFC 9110 section 8.6: 304 stands for an answer whose length is not its own. */
static void
append_length (GByteArray *bytes, guint status, gsize length)
{
  char text[32];

  if (status == SOUP_STATUS_NOT_MODIFIED)
    return;
  g_snprintf (text, sizeof text, "%zu", length);
  append_header (bytes, "Content-Length", text);
}

static void
append_connection (GByteArray *bytes, GhServerRequest *request, gboolean last)
{
  if (last)
    append_header (bytes, "Connection", "close");
  else if (request->version == SOUP_HTTP_1_0)
    append_header (bytes, "Connection", "keep-alive");
}

void
gh_server_serialise (GByteArray *bytes,
                     GhServerRequest *request,
                     GhServerResponse *response,
                     GhServerFraming framing,
                     GhServerDate *date)
{
  gboolean bodiless = request != NULL && g_str_equal (request->method, "HEAD");
  gsize length = 0;
  const guint8 *body = response->body != NULL ? g_bytes_get_data (response->body, &length) : NULL;
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;

  append_status (bytes, response->status);
  append_date (bytes, date);
  soup_message_headers_iter_init (&iter, response->headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    append_header (bytes, name, value);
  if (response->content_type != NULL)
    append_header (bytes, "Content-Type", response->content_type);
  if (!framing.unbounded)
    append_length (bytes, response->status, length);
  append_header (bytes, "X-Content-Type-Options", "nosniff");
  append_connection (bytes, request, framing.last);
  append (bytes, "\r\n");
  if (!bodiless && length > 0)
    g_byte_array_append (bytes, body, (guint) length);
}
