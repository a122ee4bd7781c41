/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The runner of the conformance checks and what all of them use. */

#include "gh-check.h"

#include <string.h>

#include "gh-strict-json.h"

#define TIMEOUT_SECONDS 30
#define MAXIMUM_ANSWER (4 * 1024 * 1024)
#define MERGE_PATCH "application/merge-patch+json"

static const GhCheck *const families[] = {
  gh_checks_access, gh_checks_lists,   gh_checks_policy,      gh_checks_refusals,
  gh_checks_writes, gh_checks_history, gh_checks_communities,
};

GhConformance *
gh_conformance_new (const char *url,
                    const char *token,
                    const char *token_header,
                    GCancellable *cancellable)
{
  GhConformance *self = g_new0 (GhConformance, 1);

  self->url = g_str_has_suffix (url, "/") ? g_strndup (url, strlen (url) - 1) : g_strdup (url);
  self->token = g_strdup (token);
  self->token_header = g_strdup (token_header);
  self->cancellable = cancellable;
  self->session = soup_session_new_with_options ("timeout", TIMEOUT_SECONDS, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  return self;
}

void
gh_conformance_free (GhConformance *self)
{
  g_clear_object (&self->session);
  if (self->token != NULL)
    explicit_bzero (self->token, strlen (self->token));
  g_free (self->token);
  g_free (self->token_header);
  g_free (self->url);
  g_free (self->workspace);
  g_free (self->reason);
  g_free (self);
}

gboolean
gh_conformance_is_on_this_computer (GhConformance *self)
{
  g_autoptr (GUri) uri = g_uri_parse (self->url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return g_strcmp0 (host, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

void
gh_conformance_allow_writes (GhConformance *self)
{
  self->may_write = TRUE;
}

gboolean
gh_check_expect (GhConformance *self, gboolean holds, const char *format, ...)
{
  va_list arguments;

  if (holds || self->result != GH_CHECK_PASS)
    return holds;
  self->result = GH_CHECK_FAIL;
  va_start (arguments, format);
  self->reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return FALSE;
}

void
gh_check_skip (GhConformance *self, const char *reason)
{
  if (self->result != GH_CHECK_PASS)
    return;
  self->result = GH_CHECK_SKIP;
  self->reason = g_strdup (reason);
}

gboolean
gh_check_status (GhConformance *self, const GhCheckAnswer *answer, guint status)
{
  if (answer->status == 0)
    return gh_check_expect (self, FALSE, "no answer: %s", answer->error);
  return gh_check_expect (
    self, answer->status == status, "expected status %u, got %u", status, answer->status);
}

const char *
gh_check_header (const GhCheckAnswer *answer, const char *name)
{
  const char *value = soup_message_headers_get_list (answer->headers, name);

  return value != NULL ? value : "";
}

JsonObject *
gh_check_object (GhConformance *self, const GhCheckAnswer *answer)
{
  gboolean is_object = answer->json != NULL && JSON_NODE_HOLDS_OBJECT (answer->json);

  gh_check_expect (self, is_object, "the body is not a JSON object");
  return is_object ? json_node_get_object (answer->json) : NULL;
}

JsonArray *
gh_check_array (GhConformance *self, const GhCheckAnswer *answer, const char *member)
{
  JsonObject *object = gh_check_object (self, answer);
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;
  gboolean is_array = node != NULL && JSON_NODE_HOLDS_ARRAY (node);

  gh_check_expect (self, is_array, "there is no array \"%s\" in the body", member);
  return is_array ? json_node_get_array (node) : NULL;
}

/* A refusal with its status, as RFC 9457 has it. */
gboolean
gh_check_problem (GhConformance *self, const GhCheckAnswer *answer, guint status)
{
  static const char *const members[] = { "type", "title", "detail" };
  JsonObject *object;

  if (!gh_check_status (self, answer, status))
    return FALSE;
  gh_check_expect (
    self,
    g_str_has_prefix (gh_check_header (answer, "Content-Type"), "application/problem+json"),
    "the refusal is not application/problem+json");
  object = gh_check_object (self, answer);
  for (guint i = 0; object != NULL && i < G_N_ELEMENTS (members); i++)
    gh_check_expect (self,
                     json_object_get_string_member_with_default (object, members[i], NULL) != NULL,
                     "the problem has no %s",
                     members[i]);
  if (object != NULL)
    gh_check_expect (self,
                     json_object_get_int_member_with_default (object, "status", 0) == status,
                     "the problem's status is not that of the answer");
  return self->result == GH_CHECK_PASS;
}

void
gh_check_answer_free (GhCheckAnswer *answer)
{
  g_clear_pointer (&answer->headers, soup_message_headers_unref);
  g_clear_pointer (&answer->json, json_node_unref);
  g_free (answer->body);
  g_free (answer->error);
  g_free (answer);
}

static char *
fill_in (GhConformance *self, const char *path)
{
  g_autoptr (GString) text = g_string_new (self->url);
  g_autofree char *workspace
    = g_uri_escape_string (self->workspace != NULL ? self->workspace : "none", NULL, FALSE);

  g_string_append (text, path);
  g_string_replace (text, "{workspace}", workspace, 0);
  g_string_replace (text, "{token}", self->token, 0);
  return g_strdup (text->str);
}

static gboolean
read_body (GhConformance *self, GInputStream *stream, GhCheckAnswer *answer, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[16384];
  gssize n;

  while (bytes->len <= MAXIMUM_ANSWER
         && (n = g_input_stream_read (stream, buffer, sizeof buffer, self->cancellable, error))
              != 0)
    {
      if (n < 0)
        return FALSE;
      g_byte_array_append (bytes, buffer, (guint) n);
    }
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  answer->body = g_strdup ((const char *) bytes->data);
  answer->json = gh_strict_json_parse (answer->body, strlen (answer->body), NULL);
  return TRUE;
}

static GhCheckAnswer *
send (GhConformance *self, SoupMessage *message)
{
  GhCheckAnswer *answer = g_new0 (GhCheckAnswer, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream
    = soup_session_send (self->session, message, self->cancellable, &error);

  answer->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  if (stream != NULL && read_body (self, stream, answer, &error))
    answer->status = soup_message_get_status (message);
  else
    answer->error = g_strdup (error->message);
  return answer;
}

static void
add_token (GhConformance *self, SoupMessageHeaders *headers)
{
  g_autofree char *bearer = g_strconcat ("Bearer ", self->token, NULL);

  if (self->token_header != NULL)
    soup_message_headers_replace (headers, self->token_header, self->token);
  else
    soup_message_headers_replace (headers, "Authorization", bearer);
}

static void
set_header (GhConformance *self, SoupMessageHeaders *headers, const char *name, const char *value)
{
  if (self->token_header != NULL && g_str_equal (name, "Authorization"))
    soup_message_headers_remove (headers, self->token_header);
  if (value != NULL)
    soup_message_headers_replace (headers, name, value);
  else
    soup_message_headers_remove (headers, name);
}

/* An early refusal may cut a large body off; libsoup then reports the broken pipe instead of
 * the answer that waits to be read. */
GhCheckAnswer *
gh_check_ask (GhConformance *self, const char *method, const char *path, const char *body, ...)
{
  g_autofree char *address = fill_in (self, path);
  g_autoptr (SoupMessage) message = soup_message_new (method, address);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  const char *name;
  va_list rest;

  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_IDEMPOTENT);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, MERGE_PATCH, bytes);
    }
  add_token (self, headers);
  va_start (rest, body);
  while ((name = va_arg (rest, const char *)) != NULL)
    set_header (self, headers, name, va_arg (rest, const char *));
  va_end (rest);
  return send (self, message);
}

char *
gh_check_get_tag (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer
    = gh_check_ask (self, "GET", "/v1/workspaces/{workspace}/policy", NULL, NULL);
  const char *tag = gh_check_header (answer, "ETag");

  gh_check_status (self, answer, 200);
  gh_check_expect (self, *tag != '\0', "the policy has no ETag");
  return g_strdup (*tag != '\0' ? tag : "\"none\"");
}

GhCheckAnswer *
gh_check_patch (GhConformance *self,
                const char *body,
                const char *tag,
                const char *name,
                const char *value)
{
  return gh_check_ask (self,
                       "PATCH",
                       "/v1/workspaces/{workspace}/policy",
                       body,
                       "If-Match",
                       tag,
                       name != NULL ? name : "Accept",
                       name != NULL ? value : "application/json",
                       NULL);
}

static char *
find_first (const GhCheckAnswer *answer)
{
  JsonObject *object = answer->json != NULL && JSON_NODE_HOLDS_OBJECT (answer->json)
                         ? json_node_get_object (answer->json)
                         : NULL;
  JsonNode *list = object != NULL ? json_object_get_member (object, "workspaces") : NULL;
  JsonNode *first = list != NULL && JSON_NODE_HOLDS_ARRAY (list)
                        && json_array_get_length (json_node_get_array (list)) > 0
                      ? json_array_get_element (json_node_get_array (list), 0)
                      : NULL;

  if (first == NULL || !JSON_NODE_HOLDS_OBJECT (first))
    return NULL;
  return g_strdup (
    json_object_get_string_member_with_default (json_node_get_object (first), "id", NULL));
}

gboolean
gh_conformance_prepare (GhConformance *self, const char *workspace, GError **error)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", "/v1/workspaces", NULL, NULL);

  if (answer->status == 0)
    {
      g_set_error (
        error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, "%s: %s", self->url, answer->error);
      return FALSE;
    }
  self->workspace = workspace != NULL ? g_strdup (workspace) : find_first (answer);
  return TRUE;
}

static void
run_one (GhConformance *self, const GhCheck *check)
{
  self->result = GH_CHECK_PASS;
  g_clear_pointer (&self->reason, g_free);
  if (check->writes && !self->may_write)
    gh_check_skip (self, "no workspace was named that may be changed");
  else if (check->writes && self->workspace == NULL)
    gh_check_skip (self, "the server shows no workspace");
  else
    check->run (self);
}

guint
gh_conformance_run (GhConformance *self, const char *only, GhCheckReport report, gpointer data)
{
  guint n_failed = 0;

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    for (const GhCheck *check = families[i]; check->name != NULL; check++)
      {
        if (only != NULL && !g_str_has_prefix (check->name, only))
          continue;
        if (g_cancellable_is_cancelled (self->cancellable))
          return n_failed;
        run_one (self, check);
        n_failed += self->result == GH_CHECK_FAIL;
        report (check->name, self->result, self->reason, data);
      }
  return n_failed;
}

guint
gh_conformance_count (void)
{
  guint n_checks = 0;

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    for (const GhCheck *check = families[i]; check->name != NULL; check++)
      n_checks++;
  return n_checks;
}
