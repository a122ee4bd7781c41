/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checks of revisions, of restoring one, and of the audit trail. */

#include "gh-check.h"

#include <string.h>

#define POLICY "/v1/workspaces/{workspace}/policy"
#define REVISIONS "/v1/workspaces/{workspace}/revisions"
#define FIELD "global-session-timeout"
#define REASON "Gatehouse conformance \xc3\xa4\xc3\xb6\xc3\xbc 100%"
#define ENCODED_REASON "Gatehouse%20conformance%20%C3%A4%C3%B6%C3%BC%20100%25"

static JsonObject *
get_revision (const GhCheckAnswer *answer, guint index)
{
  JsonObject *object = answer->json != NULL && JSON_NODE_HOLDS_OBJECT (answer->json)
                         ? json_node_get_object (answer->json)
                         : NULL;
  JsonNode *list = object != NULL ? json_object_get_member (object, "revisions") : NULL;
  JsonArray *array
    = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;

  return array != NULL && json_array_get_length (array) > index
           ? json_array_get_object_element (array, index)
           : NULL;
}

static gint64
get_number (JsonObject *object)
{
  return object != NULL ? json_object_get_int_member_with_default (object, "revision", 0) : 0;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  return object != NULL ? json_object_get_string_member_with_default (object, name, "") : "";
}

static void
newest_comes_first (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", REVISIONS, NULL, NULL);
  JsonArray *list = gh_check_array (self, answer, "revisions");

  gh_check_status (self, answer, 200);
  gh_check_expect (self, get_revision (answer, 0) != NULL, "there is no revision");
  for (guint i = 1; list != NULL && i < json_array_get_length (list); i++)
    gh_check_expect (self,
                     get_number (get_revision (answer, i))
                       < get_number (get_revision (answer, i - 1)),
                     "revision %u of the list is not older than the one before it",
                     i);
}

static void
revisions_have_their_members (GhConformance *self)
{
  static const char *const members[] = { "at", "by" };
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", REVISIONS, NULL, NULL);
  JsonObject *first = get_revision (answer, 0);

  if (!gh_check_expect (self, first != NULL, "there is no revision"))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    gh_check_expect (self, *get_text (first, members[i]) != '\0', "it has no %s", members[i]);
  gh_check_expect (self, json_object_has_member (first, "reason"), "it has no reason");
  gh_check_expect (
    self, json_object_has_member (first, "changed-fields"), "it has no changed-fields");
}

static void
times_are_utc (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", REVISIONS, NULL, NULL);
  const char *at = get_text (get_revision (answer, 0), "at");
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (at, NULL);

  gh_check_expect (self,
                   time != NULL && g_date_time_get_utc_offset (time) == 0,
                   "\"%s\" is not a time of RFC 3339 in UTC",
                   at);
}

static GhCheckAnswer *
get_newest (GhConformance *self, const char *more)
{
  g_autoptr (GhCheckAnswer) list = gh_check_ask (self, "GET", REVISIONS, NULL, NULL);
  g_autofree char *path = g_strdup_printf (
    REVISIONS "/%" G_GINT64_FORMAT "%s", get_number (get_revision (list, 0)), more);

  return gh_check_ask (self, "GET", path, NULL, NULL);
}

static void
newest_is_the_policy (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) revision = get_newest (self, "");
  g_autoptr (GhCheckAnswer) policy = gh_check_ask (self, "GET", POLICY, NULL, NULL);
  JsonObject *object = gh_check_object (self, revision);
  JsonNode *node = object != NULL ? json_object_get_member (object, "policy") : NULL;

  gh_check_status (self, revision, 200);
  gh_check_expect (self,
                   node != NULL && policy->json != NULL && json_node_equal (node, policy->json),
                   "the newest revision's policy is not the policy");
}

static void
unknown_revision (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", REVISIONS "/999999999", NULL, NULL);

  gh_check_problem (self, answer, 404);
}

static void
revision_is_a_number (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", REVISIONS "/first", NULL, NULL);

  gh_check_problem (self, answer, 404);
}

/* Changes the idle timeout; the number of the revision before. */
static gint64
change (GhConformance *self, const char *reason)
{
  g_autoptr (GhCheckAnswer) list = gh_check_ask (self, "GET", REVISIONS, NULL, NULL);
  g_autoptr (GhCheckAnswer) policy = gh_check_ask (self, "GET", POLICY, NULL, NULL);
  JsonObject *object = gh_check_object (self, policy);
  gint64 now = object != NULL ? json_object_get_int_member_with_default (object, FIELD, -1) : -1;
  g_autofree char *patch = g_strdup_printf ("{\"" FIELD "\":%d}", now == 15 ? 20 : 15);
  g_autoptr (GhCheckAnswer) answer
    = gh_check_patch (self, patch, gh_check_header (policy, "ETag"), "Gatehouse-Reason", reason);

  gh_check_status (self, answer, 200);
  return get_number (get_revision (list, 0));
}

static GhCheckAnswer *
restore (GhConformance *self, gint64 revision, const char *tag)
{
  g_autofree char *path = g_strdup_printf (REVISIONS "/%" G_GINT64_FORMAT "/restore", revision);

  return gh_check_ask (
    self, "POST", path, NULL, tag != NULL ? "If-Match" : "Accept", tag != NULL ? tag : "*/*", NULL);
}

static void
put_back (GhConformance *self, gint64 revision)
{
  g_autofree char *tag = gh_check_get_tag (self);

  gh_check_answer_free (restore (self, revision, tag));
}

static void
reason_is_kept (GhConformance *self)
{
  gint64 before = change (self, ENCODED_REASON);
  g_autoptr (GhCheckAnswer) list = gh_check_ask (self, "GET", REVISIONS, NULL, NULL);
  const char *reason = get_text (get_revision (list, 0), "reason");

  gh_check_expect (self, g_str_equal (reason, REASON), "the reason is \"%s\"", reason);
  put_back (self, before);
}

static void
changed_fields_are_kept (GhConformance *self)
{
  gint64 before = change (self, "x");
  g_autoptr (GhCheckAnswer) list = gh_check_ask (self, "GET", REVISIONS, NULL, NULL);
  JsonObject *newest = get_revision (list, 0);
  JsonNode *node = newest != NULL ? json_object_get_member (newest, "changed-fields") : NULL;
  JsonArray *fields
    = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  gh_check_expect (self,
                   fields != NULL && json_array_get_length (fields) == 1
                     && g_str_equal (json_array_get_string_element (fields, 0), FIELD),
                   "changed-fields is not [\"" FIELD "\"]");
  put_back (self, before);
}

static void
odd_reason (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer
    = gh_check_patch (self, "{}", "*", "Gatehouse-Reason", "two%0Alines");

  gh_check_problem (self, answer, 400);
}

static void
restore_needs_if_match (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = restore (self, 1, NULL);

  gh_check_problem (self, answer, 428);
}

static void
restore_of_a_stale_policy (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = restore (self, 1, "\"gatehouse-conformance\"");

  gh_check_problem (self, answer, 412);
}

static void
restore_of_nothing (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = restore (self, 999999999, "*");

  gh_check_problem (self, answer, 404);
}

static void
restore_brings_back (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) before = gh_check_ask (self, "GET", POLICY, NULL, NULL);
  gint64 revision = change (self, "x");
  g_autofree char *tag = gh_check_get_tag (self);
  g_autoptr (GhCheckAnswer) answer = restore (self, revision, tag);
  g_autoptr (GhCheckAnswer) after = gh_check_ask (self, "GET", POLICY, NULL, NULL);

  gh_check_status (self, answer, 200);
  gh_check_expect (self,
                   before->json != NULL && after->json != NULL
                     && json_node_equal (before->json, after->json),
                   "the policy is not what it was");
}

static void
restore_makes_a_revision (GhConformance *self)
{
  gint64 revision = change (self, "x");
  g_autofree char *tag = gh_check_get_tag (self);
  g_autoptr (GhCheckAnswer) answer = restore (self, revision, tag);
  g_autoptr (GhCheckAnswer) list = gh_check_ask (self, "GET", REVISIONS, NULL, NULL);

  gh_check_status (self, answer, 200);
  gh_check_expect (self,
                   get_number (get_revision (list, 0)) > revision + 1,
                   "the restored policy is no revision of its own");
}

/* FALSE, and skipped, when the token may not read the audit trail. */
static GhCheckAnswer *
get_events (GhConformance *self, const char *query)
{
  g_autofree char *path = g_strconcat ("/v1/audit-events", query, NULL);
  GhCheckAnswer *answer = gh_check_ask (self, "GET", path, NULL, NULL);

  if (answer->status == 403)
    gh_check_skip (self, "this token may not read the audit trail");
  return answer;
}

static void
events_have_their_members (GhConformance *self)
{
  static const char *const members[] = { "at", "by", "action" };
  g_autoptr (GhCheckAnswer) answer = get_events (self, "?limit=20");
  JsonArray *events = gh_check_array (self, answer, "events");

  gh_check_status (self, answer, 200);
  for (guint i = 0; events != NULL && i < json_array_get_length (events); i++)
    for (guint j = 0; j < G_N_ELEMENTS (members); j++)
      gh_check_expect (self,
                       *get_text (json_array_get_object_element (events, i), members[j]) != '\0',
                       "event %u has no %s",
                       i,
                       members[j]);
}

static void
events_since_a_time (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = get_events (self, "?since=2999-01-01T00:00:00Z");
  JsonArray *events = gh_check_array (self, answer, "events");

  gh_check_expect (self,
                   events != NULL && json_array_get_length (events) == 0,
                   "there are events of the year 2999");
}

static void
events_since_nonsense (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = get_events (self, "?since=yesterday");

  gh_check_problem (self, answer, 400);
}

static void
a_change_is_an_event (GhConformance *self)
{
  g_autofree char *reason = g_uuid_string_random ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) since = g_date_time_add_seconds (now, -3600);
  g_autofree char *time = g_date_time_format (since, "?limit=500&since=%Y-%m-%dT%H:%M:%SZ");
  gint64 before = change (self, reason);
  g_autoptr (GhCheckAnswer) answer = get_events (self, time);

  gh_check_status (self, answer, 200);
  gh_check_expect (self,
                   strstr (answer->body != NULL ? answer->body : "", reason) != NULL
                     || strstr (gh_check_header (answer, "Link"), "next") != NULL,
                   "the change is not among the events");
  put_back (self, before);
}

const GhCheck gh_checks_history[] = {
  { "history/newest-comes-first", FALSE, newest_comes_first },
  { "history/revisions-have-their-members", FALSE, revisions_have_their_members },
  { "history/times-are-utc", FALSE, times_are_utc },
  { "history/newest-is-the-policy", FALSE, newest_is_the_policy },
  { "history/unknown-revision", FALSE, unknown_revision },
  { "history/revision-is-a-number", FALSE, revision_is_a_number },
  { "history/reason-is-kept", TRUE, reason_is_kept },
  { "history/changed-fields-are-kept", TRUE, changed_fields_are_kept },
  { "history/odd-reason", TRUE, odd_reason },
  { "restore/needs-if-match", TRUE, restore_needs_if_match },
  { "restore/stale", TRUE, restore_of_a_stale_policy },
  { "restore/unknown-revision", TRUE, restore_of_nothing },
  { "restore/brings-back", TRUE, restore_brings_back },
  { "restore/makes-a-revision", TRUE, restore_makes_a_revision },
  { "audit/events-have-their-members", FALSE, events_have_their_members },
  { "audit/since-a-time", FALSE, events_since_a_time },
  { "audit/since-nonsense", FALSE, events_since_nonsense },
  { "audit/a-change-is-an-event", TRUE, a_change_is_an_event },
  { NULL },
};
