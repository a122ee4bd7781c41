/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Requests and answers as plain values, and the entity tags they carry. */

#include "gh-server-message.h"

#include <string.h>

#define ENTITY_TAG_DIGITS 20

GhServerRequest *
gh_server_request_new (void)
{
  GhServerRequest *self = g_new0 (GhServerRequest, 1);

  self->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  return self;
}

void
gh_server_request_free (GhServerRequest *self)
{
  g_free (self->method);
  g_free (self->path);
  g_free (self->query);
  soup_message_headers_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  for (guint i = 0; i < GH_SERVER_MAXIMUM_PARAMETERS; i++)
    g_free (self->parameters[i]);
  g_clear_pointer (&self->arguments, g_hash_table_unref);
  g_clear_pointer (&self->identity, gh_server_identity_unref);
  g_free (self);
}

/* One value: NULL when the header is absent. Repeated headers are joined with commas. */
const char *
gh_server_request_get_header (GhServerRequest *self, const char *name)
{
  return soup_message_headers_get_list (self->headers, name);
}

const char *
gh_server_request_get_argument (GhServerRequest *self, const char *name)
{
  return self->arguments != NULL ? g_hash_table_lookup (self->arguments, name) : NULL;
}

GhServerResponse *
gh_server_response_new (void)
{
  GhServerResponse *self = g_new0 (GhServerResponse, 1);

  self->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  return self;
}

void
gh_server_response_free (GhServerResponse *self)
{
  soup_message_headers_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

void
gh_server_response_clear (GhServerResponse *self)
{
  soup_message_headers_clear (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->content_type = NULL;
  self->status = 0;
  self->roll_back = FALSE;
}

void
gh_server_response_set_header (GhServerResponse *self, const char *name, const char *value)
{
  soup_message_headers_replace (self->headers, name, value);
}

void
gh_server_response_set_body (GhServerResponse *self,
                             guint status,
                             const char *content_type,
                             GBytes *body)
{
  self->status = status;
  self->content_type = content_type;
  g_bytes_ref (body);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = body;
}

void
gh_server_response_set_text (GhServerResponse *self,
                             guint status,
                             const char *content_type,
                             char *text)
{
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));

  gh_server_response_set_body (self, status, content_type, body);
}

void
gh_server_response_set_json (GhServerResponse *self, guint status, JsonNode *node)
{
  gh_server_response_set_text (self, status, "application/json", json_to_string (node, FALSE));
  json_node_unref (node);
}

char *
gh_server_entity_tag (GBytes *body)
{
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);

  return g_strdup_printf ("\"%.*s\"", ENTITY_TAG_DIGITS, digest);
}

gboolean
gh_server_entity_tags_contain (const char *list, const char *tag, gboolean strong)
{
  const char *place = list;
  gsize length = strlen (tag);

  if (list == NULL)
    return FALSE;
  while (*place != '\0')
    {
      gboolean weak = g_str_has_prefix (place, "W/\"");
      const char *end;

      place += weak ? 2 : 0;
      if (*place == '*')
        return TRUE;
      end = *place == '"' ? strchr (place + 1, '"') : NULL;
      if (end != NULL && (gsize) (end + 1 - place) == length && !(weak && strong)
          && strncmp (place, tag, length) == 0)
        return TRUE;
      place = end != NULL ? end + 1 : place + 1;
    }
  return FALSE;
}

void
gh_server_response_validate (GhServerResponse *self, GhServerRequest *request, const char *tag)
{
  const char *known = gh_server_request_get_header (request, "If-None-Match");

  gh_server_response_set_header (self, "ETag", tag);
  gh_server_response_set_header (self, "Cache-Control", "private, no-cache");
  if (self->status != SOUP_STATUS_OK || !gh_server_entity_tags_contain (known, tag, FALSE))
    return;
  self->status = SOUP_STATUS_NOT_MODIFIED;
  self->content_type = NULL;
  g_clear_pointer (&self->body, g_bytes_unref);
}
