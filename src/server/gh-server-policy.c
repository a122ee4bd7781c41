/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workspace's policy: read, changed by a merge patch, and the headers it gives. */

#include "gh-server-handlers.h"

#include <string.h>

#include "gh-header-rules.h"
#include "gh-header-set.h"
#include "gh-policy-error.h"
#include "gh-policy-json.h"
#include "gh-strict-json.h"

void
gh_server_answer_policy (GhServerRevision *revision, GhServerResponse *response)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, revision->revision);

  gh_server_response_set_body (response, SOUP_STATUS_OK, "application/json", revision->body);
  gh_server_response_set_header (response, "ETag", revision->tag);
  gh_server_response_set_header (response, "Gatehouse-Revision", number);
  gh_server_response_set_header (response, "Cache-Control", "private, no-cache");
}

/* The current revision; NULL with the response made a problem. */
static GhServerRevision *
load_current (GhServerContext *context, GhServerRequest *request, GhServerResponse *response)
{
  g_autoptr (GError) error = NULL;
  GhServerRevision *revision
    = gh_server_context_dup_revision (context, request->parameters[0], &error);

  if (error != NULL)
    gh_server_response_fail (response, error);
  else if (revision == NULL)
    gh_server_refuse_unknown ("workspace", response);
  return revision;
}

void
gh_server_handle_get_policy (GhServerContext *context,
                             GhServerRequest *request,
                             GhServerResponse *response)
{
  g_autoptr (GhServerRevision) revision = load_current (context, request, response);

  if (revision == NULL)
    return;
  gh_server_answer_policy (revision, response);
  gh_server_response_validate (response, request, revision->tag);
}

static JsonNode *
headers_to_json (const GhHeaderSet *set)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "headers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < gh_header_set_get_n_headers (set); i++)
    {
      const GhHeader *header = gh_header_set_get_nth (set, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, header->name);
      json_builder_set_member_name (builder, "value");
      json_builder_add_string_value (builder, header->value);
      json_builder_set_member_name (builder, "fields");
      json_builder_begin_array (builder);
      for (guint j = 0; header->fields[j] != NULL; j++)
        json_builder_add_string_value (builder, header->fields[j]);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static gboolean
wants_json (GhServerRequest *request)
{
  static const GhServerRoute route = { .produces = { "text/plain", "application/json" } };

  return g_strcmp0 (gh_server_routes_negotiate (&route, request), "application/json") == 0;
}

void
gh_server_handle_headers (GhServerContext *context,
                          GhServerRequest *request,
                          GhServerResponse *response)
{
  g_autoptr (GhServerRevision) revision = load_current (context, request, response);
  g_autoptr (GhHeaderSet) set = NULL;
  g_autofree char *tag = NULL;

  if (revision == NULL)
    return;
  set = gh_header_set_new (revision->policy);
  if (wants_json (request))
    gh_server_response_set_json (response, SOUP_STATUS_OK, headers_to_json (set));
  else
    gh_server_response_set_text (
      response, SOUP_STATUS_OK, "text/plain; charset=utf-8", gh_header_set_to_text (set));
  tag = gh_server_entity_tag (response->body);
  gh_server_response_set_header (response, "Vary", "Accept");
  gh_server_response_validate (response, request, tag);
}

/* An error of severity `error` keeps a policy from being applied, whatever else is in it. */
static JsonArray *
list_refusals (const GhPolicy *before, const GhPolicy *after)
{
  g_autoptr (GPtrArray) findings = gh_policy_check (before, after);
  JsonArray *errors = json_array_new ();

  for (guint i = 0; i < findings->len; i++)
    {
      const GhFinding *finding = g_ptr_array_index (findings, i);

      if (finding->severity != GH_SEVERITY_ERROR)
        continue;
      for (guint j = 0; finding->fields[j] != NULL; j++)
        gh_problem_add_error (errors, finding->fields[j], finding->id, finding->message);
    }
  return errors;
}

void
gh_server_change_policy (GhServerContext *context,
                         GhServerRevision *current,
                         GhPolicy *after,
                         const char *action,
                         GhServerRequest *request,
                         GhServerResponse *response)
{
  g_autofree char *reason = gh_server_read_reason (request, response);
  g_autoptr (GhServerRevision) revision = NULL;
  g_autoptr (GError) error = NULL;
  gboolean dry_run;

  if (reason == NULL || !gh_server_read_flag ("dry-run", &dry_run, request, response)
      || gh_server_refuse_values (list_refusals (current->policy, after), response))
    return;
  if (dry_run)
    {
      gh_server_response_set_text (
        response, SOUP_STATUS_OK, "application/json", gh_policy_to_json_text (after));
      gh_server_response_set_header (response, "Gatehouse-Dry-Run", "true");
      gh_server_response_set_header (response, "Cache-Control", "no-store");
      return;
    }
  revision = gh_server_revision_new_next (
    current, after, g_get_real_time (), request->identity->name, reason);
  if (revision->revision == current->revision
      || gh_server_revision_insert (context->database, revision, action, &error))
    gh_server_answer_policy (revision, response);
  else
    gh_server_response_fail (response, error);
}

static JsonArray *
field_errors_to_json (GPtrArray *field_errors)
{
  JsonArray *errors = json_array_new ();

  for (guint i = 0; field_errors != NULL && i < field_errors->len; i++)
    {
      const GhFieldError *field_error = g_ptr_array_index (field_errors, i);

      gh_problem_add_error (errors,
                            field_error->field,
                            gh_policy_error_get_code (field_error->error),
                            field_error->error->message);
    }
  return errors;
}

void
gh_server_handle_patch_policy (GhServerContext *context,
                               GhServerRequest *request,
                               GhServerResponse *response)
{
  g_autoptr (JsonObject) patch = gh_server_read_patch (request, response);
  g_autoptr (GhServerRevision) current = NULL;
  g_autoptr (GhPolicy) after = NULL;
  g_autoptr (GPtrArray) field_errors = NULL;
  g_autoptr (GError) error = NULL;

  if (patch == NULL)
    return;
  current = gh_server_revision_load (context->database, request->parameters[0], 0, &error);
  if (error != NULL)
    gh_server_response_fail (response, error);
  else if (current == NULL)
    gh_server_refuse_unknown ("workspace", response);
  if (current == NULL || !gh_server_check_revision (context, current, request, response))
    return;
  after = gh_policy_apply_patch (current->policy, patch, &field_errors);
  if (gh_server_refuse_values (field_errors_to_json (field_errors), response))
    return;
  gh_server_change_policy (context, current, after, "policy.changed", request, response);
}
