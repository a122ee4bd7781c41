/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checks that change one field of the workspace, the idle timeout, and put it back. */

#include "gh-check.h"

#include <string.h>

#define POLICY "/v1/workspaces/{workspace}/policy"
#define FIELD "global-session-timeout"
#define OTHER_FIELD "remember-me"

/* The field now, and another value that is safe to have for a moment. */
typedef struct
{
  gint64 now;
  gint64 other;
  char *tag;
  char *patch; /* to the other value */
} Attempt;

static gint64
read_field (const GhCheckAnswer *answer)
{
  if (answer->json == NULL || !JSON_NODE_HOLDS_OBJECT (answer->json))
    return -1;
  return json_object_get_int_member_with_default (json_node_get_object (answer->json), FIELD, -1);
}

static Attempt *
attempt_new (GhConformance *self)
{
  Attempt *attempt = g_new0 (Attempt, 1);
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", POLICY, NULL, NULL);

  gh_check_status (self, answer, 200);
  attempt->now = read_field (answer);
  attempt->other = attempt->now == 15 ? 20 : 15;
  attempt->tag = g_strdup (gh_check_header (answer, "ETag"));
  attempt->patch = g_strdup_printf ("{\"" FIELD "\":%" G_GINT64_FORMAT "}", attempt->other);
  gh_check_expect (self, attempt->now >= 0, "the policy has no " FIELD);
  return attempt;
}

static gint64
get_field (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", POLICY, NULL, NULL);

  return read_field (answer);
}

/* Puts the field back, whatever has become of it. */
static void
attempt_end (GhConformance *self, Attempt *attempt)
{
  g_autofree char *tag = gh_check_get_tag (self);
  g_autofree char *patch = g_strdup_printf ("{\"" FIELD "\":%" G_GINT64_FORMAT "}", attempt->now);

  if (attempt->now >= 0 && get_field (self) != attempt->now)
    gh_check_answer_free (gh_check_patch (self, patch, tag, NULL, NULL));
  g_free (attempt->tag);
  g_free (attempt->patch);
  g_free (attempt);
}

static GhCheckAnswer *
send_patch (GhConformance *self, const Attempt *attempt, const char *header, const char *value)
{
  return gh_check_patch (self, attempt->patch, attempt->tag, header, value);
}

static void
changes_the_field (GhConformance *self)
{
  Attempt *attempt = attempt_new (self);
  g_autoptr (GhCheckAnswer) answer = send_patch (self, attempt, NULL, NULL);

  gh_check_status (self, answer, 200);
  gh_check_expect (self, get_field (self) == attempt->other, "a GET shows the old value");
  attempt_end (self, attempt);
}

static void
answers_with_the_policy (GhConformance *self)
{
  Attempt *attempt = attempt_new (self);
  g_autoptr (GhCheckAnswer) answer = send_patch (self, attempt, NULL, NULL);
  JsonObject *object = gh_check_object (self, answer);

  gh_check_expect (self, read_field (answer) == attempt->other, "the answer has the old value");
  gh_check_expect (self,
                   object != NULL && json_object_has_member (object, OTHER_FIELD),
                   "the answer is not the whole policy");
  attempt_end (self, attempt);
}

static void
answers_with_the_new_tag (GhConformance *self)
{
  Attempt *attempt = attempt_new (self);
  g_autoptr (GhCheckAnswer) answer = send_patch (self, attempt, NULL, NULL);
  g_autofree char *tag = gh_check_get_tag (self);

  gh_check_expect (self,
                   g_str_equal (gh_check_header (answer, "ETag"), tag),
                   "the answer's ETag is not that of the next GET");
  gh_check_expect (self, !g_str_equal (tag, attempt->tag), "the ETag has not changed");
  attempt_end (self, attempt);
}

static void
tag_does_not_come_back (GhConformance *self)
{
  Attempt *attempt = attempt_new (self);
  g_autoptr (GhCheckAnswer) answer = send_patch (self, attempt, NULL, NULL);
  g_autofree char *first = g_strdup (attempt->tag);
  g_autofree char *tag = NULL;

  gh_check_status (self, answer, 200);
  attempt_end (self, attempt);
  tag = gh_check_get_tag (self);
  gh_check_expect (
    self, !g_str_equal (tag, first), "the same values later have the same ETag again");
}

static void
old_tag_is_stale_afterwards (GhConformance *self)
{
  Attempt *attempt = attempt_new (self);
  g_autoptr (GhCheckAnswer) first = send_patch (self, attempt, NULL, NULL);
  g_autoptr (GhCheckAnswer) second
    = gh_check_patch (self, "{\"" FIELD "\":10}", attempt->tag, NULL, NULL);

  gh_check_status (self, first, 200);
  gh_check_problem (self, second, 412);
  attempt_end (self, attempt);
}

static void
leaves_the_rest_alone (GhConformance *self)
{
  Attempt *attempt = attempt_new (self);
  g_autoptr (GhCheckAnswer) before = gh_check_ask (self, "GET", POLICY, NULL, NULL);
  g_autoptr (GhCheckAnswer) answer = send_patch (self, attempt, NULL, NULL);
  JsonObject *old = gh_check_object (self, before);
  JsonObject *new = gh_check_object (self, answer);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  gh_check_status (self, answer, 200);
  if (old != NULL && new != NULL)
    {
      json_object_iter_init (&iter, old);
      while (json_object_iter_next (&iter, &name, &node))
        if (!g_str_equal (name, FIELD))
          gh_check_expect (self,
                           json_object_has_member (new, name)
                             && json_node_equal (node, json_object_get_member (new, name)),
                           "%s has changed too",
                           name);
    }
  attempt_end (self, attempt);
}

static gint64
get_default (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", "/v1/policy-schema", NULL, NULL);
  JsonArray *fields = gh_check_array (self, answer, "fields");

  for (guint i = 0; fields != NULL && i < json_array_get_length (fields); i++)
    {
      JsonObject *field = json_array_get_object_element (fields, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (field, "id", NULL), FIELD) == 0)
        return json_object_get_int_member_with_default (field, "default", -1);
    }
  return -1;
}

static void
null_is_the_default (GhConformance *self)
{
  Attempt *attempt = attempt_new (self);
  g_autoptr (GhCheckAnswer) first = send_patch (self, attempt, NULL, NULL);
  g_autofree char *tag = gh_check_get_tag (self);
  g_autoptr (GhCheckAnswer) second = gh_check_patch (self, "{\"" FIELD "\":null}", tag, NULL, NULL);

  gh_check_status (self, first, 200);
  gh_check_status (self, second, 200);
  gh_check_expect (
    self, read_field (second) == get_default (self), "null does not give the schema's default");
  attempt_end (self, attempt);
}

static void
no_change_no_revision (GhConformance *self)
{
  g_autofree char *tag = gh_check_get_tag (self);
  g_autoptr (GhCheckAnswer) answer = gh_check_patch (self, "{}", tag, NULL, NULL);

  gh_check_status (self, answer, 200);
  gh_check_expect (self,
                   g_str_equal (gh_check_header (answer, "ETag"), tag),
                   "a patch that changes nothing changes the ETag");
}

static void
star_matches (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_patch (self, "{}", "*", NULL, NULL);

  gh_check_status (self, answer, 200);
}

static GhCheckAnswer *
try_out (GhConformance *self, const Attempt *attempt)
{
  return gh_check_ask (
    self, "PATCH", POLICY "?dry-run=true", attempt->patch, "If-Match", attempt->tag, NULL);
}

static void
dry_run_changes_nothing (GhConformance *self)
{
  Attempt *attempt = attempt_new (self);
  g_autoptr (GhCheckAnswer) answer = try_out (self, attempt);
  g_autofree char *tag = gh_check_get_tag (self);

  gh_check_status (self, answer, 200);
  gh_check_expect (self, g_str_equal (tag, attempt->tag), "a dry run changed the policy");
  attempt_end (self, attempt);
}

static void
dry_run_shows_the_result (GhConformance *self)
{
  Attempt *attempt = attempt_new (self);
  g_autoptr (GhCheckAnswer) answer = try_out (self, attempt);

  gh_check_expect (
    self, read_field (answer) == attempt->other, "a dry run does not show the new value");
  attempt_end (self, attempt);
}

static void
dry_run_refuses_too (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (
    self, "PATCH", POLICY "?dry-run=true", "{\"" FIELD "\":-1}", "If-Match", "*", NULL);

  gh_check_problem (self, answer, 422);
}

static void
key_gives_the_first_answer_again (GhConformance *self)
{
  Attempt *attempt = attempt_new (self);
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (GhCheckAnswer) first = send_patch (self, attempt, "Idempotency-Key", key);
  g_autoptr (GhCheckAnswer) second = send_patch (self, attempt, "Idempotency-Key", key);

  gh_check_status (self, first, 200);
  gh_check_status (self, second, 200);
  gh_check_expect (self,
                   g_str_equal (gh_check_header (first, "ETag"), gh_check_header (second, "ETag")),
                   "the repetition has another ETag");
  attempt_end (self, attempt);
}

static void
key_of_another_request (GhConformance *self)
{
  Attempt *attempt = attempt_new (self);
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (GhCheckAnswer) first = send_patch (self, attempt, "Idempotency-Key", key);
  g_autoptr (GhCheckAnswer) second
    = gh_check_patch (self, "{\"" FIELD "\":10}", attempt->tag, "Idempotency-Key", key);

  gh_check_status (self, first, 200);
  gh_check_problem (self, second, 422);
  attempt_end (self, attempt);
}

const GhCheck gh_checks_writes[] = {
  { "patch/changes-the-field", TRUE, changes_the_field },
  { "patch/answers-with-the-policy", TRUE, answers_with_the_policy },
  { "patch/answers-with-the-new-tag", TRUE, answers_with_the_new_tag },
  { "patch/tag-does-not-come-back", TRUE, tag_does_not_come_back },
  { "patch/old-tag-is-stale-afterwards", TRUE, old_tag_is_stale_afterwards },
  { "patch/leaves-the-rest-alone", TRUE, leaves_the_rest_alone },
  { "patch/null-is-the-default", TRUE, null_is_the_default },
  { "patch/no-change-no-revision", TRUE, no_change_no_revision },
  { "patch/star-matches", TRUE, star_matches },
  { "dry-run/changes-nothing", TRUE, dry_run_changes_nothing },
  { "dry-run/shows-the-result", TRUE, dry_run_shows_the_result },
  { "dry-run/refuses-too", TRUE, dry_run_refuses_too },
  { "idempotency/first-answer-again", TRUE, key_gives_the_first_answer_again },
  { "idempotency/key-of-another-request", TRUE, key_of_another_request },
  { NULL },
};
