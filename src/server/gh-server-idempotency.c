/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Idempotency keys: a write that is sent twice, because its answer was lost, is done once.
 * The answer is kept in the same transaction as what it tells of. */

#include "gh-server-handlers.h"

#include <string.h>

#define LIFETIME ((gint64) GH_SERVER_IDEMPOTENCY_HOURS * 3600 * G_USEC_PER_SEC)

static const char *const kept_headers[]
  = { "ETag", "Gatehouse-Revision", "Gatehouse-Dry-Run", "Cache-Control", "Accept-Patch" };

/* Two requests are the same when they ask for the same in the same words. */
static char *
make_fingerprint (GhServerRequest *request)
{
  static const char *const headers[] = { "Content-Type", "If-Match", "Gatehouse-Reason" };
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *parts[] = { request->method, request->path, request->query };
  gsize length;
  const guchar *body = g_bytes_get_data (request->body, &length);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_checksum_update (checksum, (const guchar *) (parts[i] != NULL ? parts[i] : ""), -1);
      g_checksum_update (checksum, (const guchar *) "\n", 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      const char *value = gh_server_request_get_header (request, headers[i]);

      g_checksum_update (checksum, (const guchar *) (value != NULL ? value : ""), -1);
      g_checksum_update (checksum, (const guchar *) "\n", 1);
    }
  if (length > 0)
    g_checksum_update (checksum, body, (gssize) length);
  return g_strdup (g_checksum_get_string (checksum));
}

static char *
answer_to_text (GhServerResponse *response)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  gsize length;
  const char *body = response->body != NULL ? g_bytes_get_data (response->body, &length) : NULL;
  g_autofree char *text = body != NULL ? g_strndup (body, length) : NULL;

  json_object_set_int_member (object, "status", response->status);
  json_object_set_string_member (object, "type", response->content_type);
  json_object_set_string_member (object, "body", text);
  for (guint i = 0; i < G_N_ELEMENTS (kept_headers); i++)
    {
      const char *value = soup_message_headers_get_one (response->headers, kept_headers[i]);

      if (value != NULL)
        json_object_set_string_member (object, kept_headers[i], value);
    }
  json_node_take_object (node, object);
  return json_to_string (node, FALSE);
}

static void
replay (const char *answer, GhServerResponse *response)
{
  g_autoptr (JsonNode) node = json_from_string (answer, NULL);
  JsonObject *object = json_node_get_object (node);
  const char *type = json_object_get_string_member (object, "type");

  gh_server_response_set_text (response,
                               (guint) json_object_get_int_member (object, "status"),
                               g_intern_string (type),
                               g_strdup (json_object_get_string_member (object, "body")));
  for (guint i = 0; i < G_N_ELEMENTS (kept_headers); i++)
    if (json_object_has_member (object, kept_headers[i]))
      gh_server_response_set_header (
        response, kept_headers[i], json_object_get_string_member (object, kept_headers[i]));
  gh_server_response_set_header (response, "Idempotency-Replayed", "true");
}

static gboolean
key_is_proper (const char *key)
{
  gsize length = strlen (key);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (key[i]))
      return FALSE;
  return length > 0 && length <= GH_SERVER_MAXIMUM_KEY;
}

/* TRUE when the response is the answer already. */
static gboolean
answer_again (GhServerContext *context,
              GhServerRequest *request,
              const char *key,
              const char *fingerprint,
              GhServerResponse *response,
              GError **error)
{
  g_autoptr (GhServerStatement) statement = NULL;

  if (!gh_server_database_run (context->database,
                               error,
                               "DELETE FROM idempotency_keys WHERE at < ?",
                               "i",
                               g_get_real_time () - LIFETIME))
    return FALSE;
  statement = gh_server_database_query (
    context->database,
    error,
    "SELECT fingerprint, answer FROM idempotency_keys WHERE token = ? AND key = ?",
    "is",
    request->identity->id,
    key);
  if (statement == NULL || !gh_server_statement_next (statement, error))
    return FALSE;
  if (g_str_equal (gh_server_statement_get_text (statement, 0), fingerprint))
    replay (gh_server_statement_get_text (statement, 1), response);
  else
    gh_server_response_refuse (response,
                               GH_PROBLEM_KEY_REUSED,
                               "This Idempotency-Key was sent with another request before. "
                               "Nothing was changed; use a new key for a new request.");
  return TRUE;
}

/* Refusals that say nothing about the policy are not worth keeping: the same request would be
 * refused again, and a client that mends it sends another one. */
static gboolean
is_worth_keeping (GhServerResponse *response)
{
  return response->status == SOUP_STATUS_OK || response->status == SOUP_STATUS_PRECONDITION_FAILED
         || response->status == SOUP_STATUS_UNPROCESSABLE_ENTITY;
}

static void
run_with_key (GhServerHandler handler,
              GhServerContext *context,
              GhServerRequest *request,
              const char *key,
              GhServerResponse *response)
{
  g_autofree char *fingerprint = make_fingerprint (request);
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;

  if (answer_again (context, request, key, fingerprint, response, &error))
    return;
  if (error == NULL)
    handler (context, request, response);
  if (error == NULL && is_worth_keeping (response))
    {
      answer = answer_to_text (response);
      gh_server_database_run (context->database,
                              &error,
                              "INSERT INTO idempotency_keys VALUES (?, ?, ?, ?, ?)",
                              "issis",
                              request->identity->id,
                              key,
                              fingerprint,
                              g_get_real_time (),
                              answer);
    }
  if (error == NULL)
    return;
  gh_server_response_clear (response);
  gh_server_response_fail (response, error);
}

void
gh_server_idempotency_run (GhServerHandler handler,
                           GhServerContext *context,
                           GhServerRequest *request,
                           GhServerResponse *response)
{
  const char *key = gh_server_request_get_header (request, "Idempotency-Key");

  if (key == NULL)
    handler (context, request, response);
  else if (key_is_proper (key))
    run_with_key (handler, context, request, key, response);
  else
    gh_server_response_refuse (response,
                               GH_PROBLEM_MALFORMED,
                               "Idempotency-Key must have 1 to %d visible characters.",
                               GH_SERVER_MAXIMUM_KEY);
}
