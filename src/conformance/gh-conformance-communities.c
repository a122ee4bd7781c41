/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checks of communities and of what they may have for themselves. */

#include "gh-check.h"

#define COMMUNITIES "/v1/workspaces/{workspace}/communities"
#define FIELD "rank-assessment-link-expiry"

static void
list_has_its_members (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", COMMUNITIES, NULL, NULL);
  JsonArray *list = gh_check_array (self, answer, "communities");

  gh_check_status (self, answer, 200);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *object = json_array_get_object_element (list, i);

      gh_check_expect (self,
                       json_object_get_string_member_with_default (object, "id", NULL) != NULL
                         && json_object_get_string_member_with_default (object, "name", NULL)
                              != NULL,
                       "community %u has no id or name",
                       i);
    }
}

/* The path of the first community's policy; NULL, and skipped, when there is none. */
static char *
find (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", COMMUNITIES, NULL, NULL);
  JsonArray *list = gh_check_array (self, answer, "communities");
  g_autofree char *id = NULL;

  if (list == NULL || json_array_get_length (list) == 0)
    {
      gh_check_skip (self, "the workspace has no community");
      return NULL;
    }
  id = g_uri_escape_string (
    json_object_get_string_member_with_default (json_array_get_object_element (list, 0), "id", ""),
    NULL,
    FALSE);
  return g_strdup_printf (COMMUNITIES "/%s/policy", id);
}

static void
has_its_fields_and_no_other (GhConformance *self)
{
  g_autofree char *path = find (self);
  g_autoptr (GhCheckAnswer) answer = NULL;
  JsonObject *object;

  if (path == NULL)
    return;
  answer = gh_check_ask (self, "GET", path, NULL, NULL);
  gh_check_status (self, answer, 200);
  object = gh_check_object (self, answer);
  for (guint i = 0; object != NULL && i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      gh_check_expect (
        self,
        json_object_has_member (object, setting->id) == (setting->scope == GH_SCOPE_COMMUNITY),
        setting->scope == GH_SCOPE_COMMUNITY ? "%s is missing" : "%s is none of a community's",
        setting->id);
    }
}

static void
can_be_cached (GhConformance *self)
{
  g_autofree char *path = find (self);
  g_autoptr (GhCheckAnswer) first = NULL;
  g_autoptr (GhCheckAnswer) second = NULL;

  if (path == NULL)
    return;
  first = gh_check_ask (self, "GET", path, NULL, NULL);
  second = gh_check_ask (
    self, "GET", path, NULL, "If-None-Match", gh_check_header (first, "ETag"), NULL);
  gh_check_status (self, second, 304);
}

static void
needs_if_match (GhConformance *self)
{
  g_autofree char *path = find (self);
  g_autoptr (GhCheckAnswer) answer = NULL;

  if (path == NULL)
    return;
  answer = gh_check_ask (self, "PATCH", path, "{}", NULL);
  gh_check_problem (self, answer, 428);
}

static void
stale (GhConformance *self)
{
  g_autofree char *path = find (self);
  g_autoptr (GhCheckAnswer) answer = NULL;

  if (path == NULL)
    return;
  answer = gh_check_ask (self, "PATCH", path, "{}", "If-Match", "\"gatehouse-other\"", NULL);
  gh_check_problem (self, answer, 412);
}

static void
workspace_field (GhConformance *self)
{
  g_autofree char *path = find (self);
  g_autoptr (GhCheckAnswer) answer = NULL;

  if (path == NULL)
    return;
  answer = gh_check_ask (self, "PATCH", path, "{\"remember-me\":true}", "If-Match", "*", NULL);
  gh_check_problem (self, answer, 422);
}

static JsonNode *
get_member (const GhCheckAnswer *answer)
{
  return answer->json != NULL && JSON_NODE_HOLDS_OBJECT (answer->json)
           ? json_object_get_member (json_node_get_object (answer->json), FIELD)
           : NULL;
}

static GhCheckAnswer *
patch (GhConformance *self, const char *path, const char *value)
{
  g_autofree char *body = g_strdup_printf ("{\"" FIELD "\":%s}", value);

  return gh_check_ask (self, "PATCH", path, body, "If-Match", "*", NULL);
}

static void
overrides_and_inherits (GhConformance *self)
{
  g_autofree char *path = find (self);
  g_autoptr (GhCheckAnswer) before = NULL;
  g_autoptr (GhCheckAnswer) over = NULL;
  g_autoptr (GhCheckAnswer) under = NULL;
  g_autofree char *value = NULL;

  if (path == NULL)
    return;
  before = gh_check_ask (self, "GET", path, NULL, NULL);
  value = get_member (before) != NULL ? json_to_string (get_member (before), FALSE) : NULL;
  over = patch (self, path, "1234");
  gh_check_status (self, over, 200);
  gh_check_expect (self,
                   get_member (over) != NULL && JSON_NODE_HOLDS_VALUE (get_member (over))
                     && json_node_get_int (get_member (over)) == 1234,
                   "the community has not got its own value");
  under = patch (self, path, "null");
  gh_check_status (self, under, 200);
  gh_check_expect (self,
                   get_member (under) != NULL && JSON_NODE_HOLDS_NULL (get_member (under)),
                   "null does not inherit");
  if (value != NULL)
    gh_check_answer_free (patch (self, path, value));
}

static void
unknown_community (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer
    = gh_check_ask (self, "GET", COMMUNITIES "/gatehouse-conformance-none/policy", NULL, NULL);

  gh_check_problem (self, answer, 404);
}

const GhCheck gh_checks_communities[] = {
  { "communities/have-their-members", FALSE, list_has_its_members },
  { "communities/fields", FALSE, has_its_fields_and_no_other },
  { "communities/can-be-cached", FALSE, can_be_cached },
  { "communities/unknown", FALSE, unknown_community },
  { "communities/needs-if-match", TRUE, needs_if_match },
  { "communities/stale", TRUE, stale },
  { "communities/workspace-field", TRUE, workspace_field },
  { "communities/override-and-inherit", TRUE, overrides_and_inherits },
  { NULL },
};
