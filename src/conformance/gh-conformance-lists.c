/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checks of the list of workspaces and its pages. */

#include "gh-check.h"

#include <string.h>

#include "gh-keyed-hash.h"

#define MAXIMUM_PAGES 40

static void
list_has_its_members (GhConformance *self)
{
  static const char *const members[] = { "id", "name", "role" };
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", "/v1/workspaces", NULL, NULL);
  JsonArray *list = gh_check_array (self, answer, "workspaces");

  gh_check_status (self, answer, 200);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *object = json_array_get_object_element (list, i);

      for (guint j = 0; j < G_N_ELEMENTS (members); j++)
        gh_check_expect (self,
                         object != NULL
                           && json_object_get_string_member_with_default (object, members[j], NULL)
                                != NULL,
                         "workspace %u of the list has no %s",
                         i,
                         members[j]);
    }
}

static void
workspace_is_as_listed (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer
    = gh_check_ask (self, "GET", "/v1/workspaces/{workspace}", NULL, NULL);
  JsonObject *object = gh_check_object (self, answer);

  gh_check_status (self, answer, 200);
  if (object != NULL)
    gh_check_expect (
      self,
      g_strcmp0 (json_object_get_string_member_with_default (object, "id", NULL), self->workspace)
        == 0,
      "its id is not the one it was asked for by");
}

static GhCheckAnswer *
get_first_page (GhConformance *self, JsonArray **list)
{
  GhCheckAnswer *answer = gh_check_ask (self, "GET", "/v1/workspaces?limit=1", NULL, NULL);

  *list = gh_check_array (self, answer, "workspaces");
  return answer;
}

static guint
count_all (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer
    = gh_check_ask (self, "GET", "/v1/workspaces?limit=500", NULL, NULL);
  JsonArray *list = gh_check_array (self, answer, "workspaces");

  return list != NULL ? json_array_get_length (list) : 0;
}

static gboolean
has_several (GhConformance *self)
{
  gboolean several = count_all (self) > 1;

  if (!several)
    gh_check_skip (self, "it needs two workspaces");
  return several;
}

static void
limit_is_kept (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = NULL;
  JsonArray *list = NULL;

  if (!has_several (self))
    return;
  answer = get_first_page (self, &list);
  if (list != NULL)
    gh_check_expect (self, json_array_get_length (list) == 1, "limit=1 gives another number");
}

/* The address of rel="next" as a path of this server; NULL when there is none. */
static char *
get_next (GhConformance *self, const GhCheckAnswer *answer)
{
  const char *link = gh_check_header (answer, "Link");
  const char *end = strchr (link, '>');
  g_autofree char *target = NULL;

  if (*link != '<' || end == NULL || strstr (end, "next") == NULL)
    return NULL;
  target = g_strndup (link + 1, (gsize) (end - link - 1));
  if (g_str_has_prefix (target, self->url))
    return g_strdup (target + strlen (self->url));
  return *target == '/' ? g_steal_pointer (&target) : NULL;
}

static void
link_leads_on (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = NULL;
  g_autofree char *next = NULL;
  JsonArray *list = NULL;

  if (!has_several (self))
    return;
  answer = get_first_page (self, &list);
  next = get_next (self, answer);
  gh_check_expect (self, next != NULL, "there are more, but no Link with rel=\"next\"");
}

static void
last_page_has_no_link (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer
    = gh_check_ask (self, "GET", "/v1/workspaces?limit=500&q=", NULL, NULL);
  JsonArray *list = gh_check_array (self, answer, "workspaces");

  if (list != NULL && json_array_get_length (list) < 500)
    gh_check_expect (self,
                     strstr (gh_check_header (answer, "Link"), "next") == NULL,
                     "the last page has a Link with rel=\"next\"");
}

static void
pages_show_each_once (GhConformance *self)
{
  g_autoptr (GHashTable) seen = gh_keyed_hash_table_new (g_free, NULL);
  g_autofree char *path = g_strdup ("/v1/workspaces?limit=1");

  if (!has_several (self))
    return;
  for (guint i = 0; path != NULL && i < MAXIMUM_PAGES && self->result == GH_CHECK_PASS; i++)
    {
      g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", path, NULL, NULL);
      JsonArray *list = gh_check_array (self, answer, "workspaces");

      for (guint j = 0; list != NULL && j < json_array_get_length (list); j++)
        gh_check_expect (self,
                         g_hash_table_add (seen,
                                           g_strdup (json_object_get_string_member_with_default (
                                             json_array_get_object_element (list, j), "id", ""))),
                         "a workspace stands on two pages");
      g_free (path);
      path = get_next (self, answer);
    }
}

static void
search_finds (GhConformance *self)
{
  g_autofree char *escaped
    = g_uri_escape_string (self->workspace != NULL ? self->workspace : "", NULL, FALSE);
  g_autofree char *path = g_strconcat ("/v1/workspaces?q=", escaped, NULL);
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", path, NULL, NULL);

  gh_check_status (self, answer, 200);
  gh_check_expect (self,
                   self->workspace != NULL && answer->body != NULL
                     && strstr (answer->body, self->workspace) != NULL,
                   "a search for a workspace's id does not find it");
}

static void
search_leaves_out (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer
    = gh_check_ask (self, "GET", "/v1/workspaces?q=gatehouse-conformance-none", NULL, NULL);
  JsonArray *list = gh_check_array (self, answer, "workspaces");

  gh_check_expect (self,
                   list != NULL && json_array_get_length (list) == 0,
                   "a search for what is not there finds something");
}

static void
expect_400 (GhConformance *self, const char *path)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", path, NULL, NULL);

  gh_check_problem (self, answer, 400);
}

static void
limit_zero (GhConformance *self)
{
  expect_400 (self, "/v1/workspaces?limit=0");
}

static void
limit_too_great (GhConformance *self)
{
  expect_400 (self, "/v1/workspaces?limit=501");
}

static void
limit_not_a_number (GhConformance *self)
{
  expect_400 (self, "/v1/workspaces?limit=many");
}

static void
forged_cursor (GhConformance *self)
{
  expect_400 (self, "/v1/workspaces?cursor=gatehouse-conformance");
}

static void
foreign_cursor (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = NULL;
  g_autofree char *next = NULL;
  g_autofree char *path = NULL;
  JsonArray *list = NULL;

  if (!has_several (self))
    return;
  answer = get_first_page (self, &list);
  next = get_next (self, answer);
  if (!gh_check_expect (self, next != NULL && strchr (next, '?') != NULL, "there is no next page"))
    return;
  path = g_strconcat ("/v1/workspaces/{workspace}/revisions", strchr (next, '?'), NULL);
  expect_400 (self, path);
}

const GhCheck gh_checks_lists[] = {
  { "lists/workspaces-have-their-members", FALSE, list_has_its_members },
  { "lists/workspace-is-as-listed", FALSE, workspace_is_as_listed },
  { "lists/limit-is-kept", FALSE, limit_is_kept },
  { "lists/link-leads-on", FALSE, link_leads_on },
  { "lists/last-page-has-no-link", FALSE, last_page_has_no_link },
  { "lists/pages-show-each-once", FALSE, pages_show_each_once },
  { "lists/search-finds", FALSE, search_finds },
  { "lists/search-leaves-out", FALSE, search_leaves_out },
  { "lists/limit-zero", FALSE, limit_zero },
  { "lists/limit-too-great", FALSE, limit_too_great },
  { "lists/limit-not-a-number", FALSE, limit_not_a_number },
  { "lists/forged-cursor", FALSE, forged_cursor },
  { "lists/foreign-cursor", FALSE, foreign_cursor },
  { NULL },
};
