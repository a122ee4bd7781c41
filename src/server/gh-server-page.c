/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages of lists and other things read from a request's query and headers. */

#include "gh-server-handlers.h"

#include <string.h>

#define MAXIMUM_CURSOR 1024

/* A cursor is "KIND:PLACE" in unpadded base64url. It is opaque so that its inside may change;
 * it holds nothing that the client could not ask for in another way. */
static char *
encode_cursor (const char *kind, const char *after)
{
  g_autofree char *plain = g_strconcat (kind, ":", after, NULL);
  g_autofree char *text = g_base64_encode ((const guchar *) plain, strlen (plain));

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  return g_strdup (g_strdelimit (text, "=", '\0'));
}

static char *
decode_cursor (const char *kind, const char *cursor)
{
  g_autofree char *padded = NULL;
  g_autofree guchar *bytes = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *again = NULL;
  g_autofree char *prefix = g_strconcat (kind, ":", NULL);
  gsize length = 0;

  if (strlen (cursor) > MAXIMUM_CURSOR)
    return NULL;
  padded = g_strconcat (cursor, "===", NULL);
  padded[(strlen (cursor) + 3) / 4 * 4] = '\0';
  g_strdelimit (padded, "-", '+');
  bytes = g_base64_decode (g_strdelimit (padded, "_", '/'), &length);
  plain = g_strndup ((const char *) bytes, length);
  if (!g_utf8_validate (plain, -1, NULL) || !g_str_has_prefix (plain, prefix))
    return NULL;
  again = encode_cursor (kind, plain + strlen (prefix));
  return g_str_equal (again, cursor) ? g_strdup (plain + strlen (prefix)) : NULL;
}

gboolean
gh_server_page_read (GhServerPage *page,
                     const char *kind,
                     GhServerRequest *request,
                     GhServerResponse *response)
{
  const char *limit = gh_server_request_get_argument (request, "limit");
  const char *cursor = gh_server_request_get_argument (request, "cursor");
  guint64 number = GH_SERVER_DEFAULT_PAGE;

  if (limit != NULL
      && !g_ascii_string_to_unsigned (limit, 10, 1, GH_SERVER_MAXIMUM_PAGE, &number, NULL))
    {
      gh_server_response_refuse (response,
                                 GH_PROBLEM_MALFORMED,
                                 "limit must be a number from 1 to %d.",
                                 GH_SERVER_MAXIMUM_PAGE);
      return FALSE;
    }
  page->limit = (guint) number;
  page->after = cursor != NULL ? decode_cursor (kind, cursor) : NULL;
  if (cursor == NULL || page->after != NULL)
    return TRUE;
  gh_server_response_refuse (
    response,
    GH_PROBLEM_MALFORMED,
    "The cursor is not one that this list gave out. Start again without it.");
  return FALSE;
}

void
gh_server_page_clear (GhServerPage *page)
{
  g_clear_pointer (&page->after, g_free);
}

static void
link_next (const char *kind,
           const char *after,
           GhServerRequest *request,
           GhServerResponse *response)
{
  static const char *const kept[] = { "limit", "q", "workspace", "since" };
  g_autofree char *cursor = encode_cursor (kind, after);
  g_autoptr (GString) link = g_string_new ("<");

  g_string_append_printf (link, "%s?cursor=%s", request->path, cursor);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      const char *value = gh_server_request_get_argument (request, kept[i]);
      g_autofree char *escaped = value != NULL ? g_uri_escape_string (value, NULL, FALSE) : NULL;

      if (escaped != NULL)
        g_string_append_printf (link, "&%s=%s", kept[i], escaped);
    }
  g_string_append (link, ">; rel=\"next\"");
  gh_server_response_set_header (response, "Link", link->str);
}

/* The page's rows; last is set only when there are more. */
static JsonArray *
read_rows (const GhServerPage *page,
           const GhServerList *list,
           GhServerStatement *statement,
           GhServerRequest *request,
           char **last,
           GError **error)
{
  JsonArray *rows = json_array_new ();
  g_autofree char *place = NULL;

  while (gh_server_statement_next (statement, error))
    {
      if (json_array_get_length (rows) == page->limit)
        {
          *last = g_steal_pointer (&place);
          break;
        }
      g_free (place);
      place = g_strdup (gh_server_statement_get_text (statement, list->cursor_column));
      json_array_add_object_element (rows, list->read_row (statement, request));
    }
  return rows;
}

void
gh_server_page_answer (const GhServerPage *page,
                       const GhServerList *list,
                       GhServerStatement *statement,
                       GError *error,
                       GhServerRequest *request,
                       GhServerResponse *response)
{
  g_autoptr (GhServerStatement) owned = statement;
  g_autoptr (GError) failure = NULL;
  g_autoptr (JsonArray) rows = NULL;
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *last = NULL;

  if (statement != NULL)
    rows = read_rows (page, list, statement, request, &last, &failure);
  if (rows == NULL || failure != NULL)
    {
      gh_server_response_fail (response, failure != NULL ? failure : error);
      return;
    }
  json_object_set_array_member (object, list->member, g_steal_pointer (&rows));
  gh_server_response_set_json (
    response, SOUP_STATUS_OK, json_node_init_object (json_node_alloc (), object));
  if (last != NULL)
    link_next (list->kind, last, request, response);
}

gboolean
gh_server_read_flag (const char *name,
                     gboolean *flag,
                     GhServerRequest *request,
                     GhServerResponse *response)
{
  const char *value = gh_server_request_get_argument (request, name);

  *flag = g_strcmp0 (value, "true") == 0;
  if (value == NULL || *flag || g_str_equal (value, "false"))
    return TRUE;
  gh_server_response_refuse (response, GH_PROBLEM_MALFORMED, "%s must be true or false.", name);
  return FALSE;
}

static gboolean
has_control_characters (const char *text)
{
  for (const char *place = text; *place != '\0'; place = g_utf8_next_char (place))
    if (g_unichar_iscntrl (g_utf8_get_char (place)))
      return TRUE;
  return FALSE;
}

char *
gh_server_read_reason (GhServerRequest *request, GhServerResponse *response)
{
  const char *header = gh_server_request_get_header (request, "Gatehouse-Reason");
  g_autofree char *reason = g_uri_unescape_string (header != NULL ? header : "", NULL);

  if (reason != NULL && g_utf8_validate (reason, -1, NULL)
      && g_utf8_strlen (reason, -1) <= GH_SERVER_MAXIMUM_REASON && !has_control_characters (reason))
    return g_steal_pointer (&reason);
  gh_server_response_refuse (response,
                             GH_PROBLEM_MALFORMED,
                             "Gatehouse-Reason must be percent-encoded UTF-8 of at most %d "
                             "characters on one line.",
                             GH_SERVER_MAXIMUM_REASON);
  return NULL;
}

void
gh_server_refuse_unknown (const char *what, GhServerResponse *response)
{
  gh_server_response_refuse (
    response, GH_PROBLEM_NOT_FOUND, "There is no such %s, or this token may not see it.", what);
}
