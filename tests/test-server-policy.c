/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Policies over a real socket: each field there and back, each refusal with its status. */

#include <string.h>

#include "gh-header-rules.h"
#include "gh-header-set.h"
#include "gh-policy-json.h"
#include "gh-value-type.h"
#include "server-fixture.h"

#define PATCH_TYPE "application/merge-patch+json"

typedef struct
{
  ServerFixture *server;
  char *policy;  /* path */
  char *headers; /* path */
  char *tag;
} Fixture;

static Answer *
get_policy (Fixture *fixture)
{
  Answer *answer = server_fixture_ask (fixture->server, NULL, "GET", fixture->policy, NULL, NULL);

  assert_status (answer, 200);
  g_free (fixture->tag);
  fixture->tag = g_strdup (answer_get_header (answer, "ETag"));
  return answer;
}

static Answer *
patch_policy (Fixture *fixture, const char *body)
{
  Answer *answer = server_fixture_ask (fixture->server,
                                       NULL,
                                       "PATCH",
                                       fixture->policy,
                                       body,
                                       "Content-Type",
                                       PATCH_TYPE,
                                       "If-Match",
                                       fixture->tag,
                                       NULL);

  if (answer->status == 200)
    {
      g_free (fixture->tag);
      fixture->tag = g_strdup (answer_get_header (answer, "ETag"));
    }
  return answer;
}

/* A workspace with every field at its default. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) list = NULL;
  g_autoptr (Answer) policy = NULL;
  g_autoptr (Answer) reset = NULL;
  g_autoptr (GString) patch = g_string_new ("{");
  g_autofree char *id = NULL;

  fixture->server = server_fixture_new ("--demo", "2", NULL);
  list = server_fixture_ask (fixture->server, NULL, "GET", "/v1/workspaces", NULL, NULL);
  assert_status (list, 200);
  id = answer_dup_first_id (list);
  fixture->policy = g_strdup_printf ("/v1/workspaces/%s/policy", id);
  fixture->headers = g_strdup_printf ("/v1/workspaces/%s/headers", id);
  policy = get_policy (fixture);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    g_string_append_printf (patch, "%s\"%s\":null", i > 0 ? "," : "", gh_settings_get_nth (i)->id);
  g_string_append_c (patch, '}');
  reset = patch_policy (fixture, patch->str);
  assert_status (reset, 200);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  server_fixture_free (fixture->server);
  g_free (fixture->policy);
  g_free (fixture->headers);
  g_free (fixture->tag);
}

/* A value that is allowed and is not the default. */
static GVariant *
choose_other_value (const GhSetting *setting)
{
  g_autoptr (GVariant) usual = g_variant_ref (gh_setting_get_default (setting));

  if (setting->type == &gh_value_type_boolean)
    return g_variant_new_boolean (!g_variant_get_boolean (usual));
  if (setting->type == &gh_value_type_integer)
    return g_variant_new_int64 (g_variant_get_int64 (usual) == setting->maximum ? setting->minimum
                                                                                : setting->maximum);
  if (setting->type == &gh_value_type_enum)
    return g_variant_new_string (
      g_str_equal (g_variant_get_string (usual, NULL), setting->choices[0].id)
        ? setting->choices[1].id
        : setting->choices[0].id);
  if (setting->recommended_value != NULL)
    return gh_value_from_text (setting, setting->recommended_value, NULL);
  return NULL;
}

static char *
make_patch (const GhSetting *setting, const char *json)
{
  return g_strdup_printf ("{\"%s\":%s}", setting->id, json);
}

static gboolean
is_refused_by_a_rule (const GhSetting *setting, GVariant *value)
{
  g_autoptr (GhPolicy) before = gh_policy_new ();
  g_autoptr (GhPolicy) after = gh_policy_copy (before);
  g_autoptr (GPtrArray) findings = NULL;

  gh_policy_set (after, setting, value);
  findings = gh_policy_check (before, after);
  return findings->len > 0 && gh_findings_get_worst (findings) == GH_SEVERITY_ERROR;
}

static void
check_round_trip (Fixture *fixture, const GhSetting *setting, GVariant *value)
{
  g_autoptr (JsonNode) node = gh_value_to_json (setting, value);
  g_autofree char *json = json_to_string (node, FALSE);
  g_autofree char *patch = make_patch (setting, json);
  g_autofree char *undo = make_patch (setting, "null");
  g_autoptr (Answer) answer = patch_policy (fixture, patch);
  g_autoptr (Answer) seen = NULL;
  g_autoptr (Answer) undone = NULL;
  g_autoptr (GhPolicy) policy = NULL;
  g_autoptr (GhPolicy) usual = gh_policy_new ();

  if (is_refused_by_a_rule (setting, value))
    {
      assert_status (answer, 422);
      return;
    }
  assert_status (answer, 200);
  seen = get_policy (fixture);
  g_assert_cmpstr (seen->body, ==, answer->body);
  policy = gh_policy_from_json_text (seen->body, -1, NULL);
  g_assert_true (gh_value_equal (gh_policy_get (policy, setting), value));

  undone = patch_policy (fixture, undo);
  assert_status (undone, 200);
  g_clear_pointer (&policy, gh_policy_unref);
  policy = gh_policy_from_json_text (undone->body, -1, NULL);
  g_assert_true (gh_policy_equal (policy, usual));
}

static void
test_each_field_goes_there_and_back (Fixture *fixture, gconstpointer data)
{
  guint n_checked = 0;

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      GVariant *chosen = choose_other_value (setting);
      g_autoptr (GVariant) value = chosen != NULL ? g_variant_take_ref (chosen) : NULL;

      if (value == NULL || !gh_value_check (setting, value, NULL))
        value = g_variant_ref (gh_setting_get_default (setting));
      else
        n_checked++;
      check_round_trip (fixture, setting, value);
    }
  g_assert_cmpuint (n_checked, >, GH_N_SETTINGS * 3 / 4);
}

static const char *
get_wrong_type (const GhSetting *setting)
{
  if (setting->type == &gh_value_type_boolean || setting->type == &gh_value_type_integer)
    return "\"x\"";
  return setting->type == &gh_value_type_string_list ? "{\"a\":1}" : "5";
}

static char *
make_too_much (const GhSetting *setting)
{
  g_autofree char *text = NULL;

  if (setting->type == &gh_value_type_integer)
    return g_strdup_printf ("%" G_GINT64_FORMAT, setting->maximum + 1);
  if (setting->type == &gh_value_type_enum)
    return g_strdup ("\"no such choice\"");
  if (setting->type == &gh_value_type_boolean)
    return g_strdup ("2");
  if (setting->type == &gh_value_type_string_list)
    return g_strdup ("[\"\\u0001\"]");
  text = g_strnfill ((gsize) setting->maximum + 1, 'x');
  return g_strdup_printf ("\"%s\"", text);
}

static void
check_refusal (Fixture *fixture, const GhSetting *setting, const char *json, const char *code)
{
  g_autofree char *patch = make_patch (setting, json);
  g_autofree char *pointer = g_strconcat ("/", setting->id, NULL);
  g_autoptr (Answer) answer = patch_policy (fixture, patch);

  assert_status (answer, 422);
  assert_error (answer, pointer, code);
}

static void
test_each_field_refuses_what_it_must (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      g_autofree char *too_much = make_too_much (setting);

      check_refusal (fixture, setting, get_wrong_type (setting), "type");
      check_refusal (fixture, setting, too_much, NULL);
      if (setting->type == &gh_value_type_integer && setting->minimum > G_MININT64)
        {
          g_autofree char *too_little = g_strdup_printf ("%" G_GINT64_FORMAT, setting->minimum - 1);

          check_refusal (fixture, setting, too_little, "range");
        }
    }
}

static void
test_every_fault_is_named (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) answer
    = patch_policy (fixture,
                    "{\"global-session-timeout\":-1,\"no~such/"
                    "field\":1,\"remember-me\":\"yes\",\"password-policy\":\"?\"}");
  g_autoptr (Answer) seen = NULL;
  g_autofree char *tag = g_strdup (fixture->tag);

  assert_status (answer, 422);
  assert_error (answer, "/global-session-timeout", "range");
  assert_error (answer, "/no~0such~1field", "unknown-field");
  assert_error (answer, "/remember-me", "type");
  assert_error (answer, "/password-policy", "choice");
  seen = get_policy (fixture);
  g_assert_cmpstr (fixture->tag, ==, tag);
}

static void
test_a_rule_can_refuse (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhPolicy) before = gh_policy_new ();
  guint n_refused = 0;

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      GVariant *chosen = choose_other_value (setting);
      g_autoptr (GVariant) value = chosen != NULL ? g_variant_take_ref (chosen) : NULL;

      if (value != NULL && gh_value_check (setting, value, NULL))
        n_refused += is_refused_by_a_rule (setting, value);
    }
  g_test_message ("%u single changes of a default are refused by a rule", n_refused);
}

static void
test_tags (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = g_strdup (fixture->tag);
  g_autoptr (Answer) same = server_fixture_ask (
    fixture->server, NULL, "GET", fixture->policy, NULL, "If-None-Match", first, NULL);
  g_autofree char *weak = g_strconcat ("\"other\", W/", first, NULL);
  g_autoptr (Answer) listed = server_fixture_ask (
    fixture->server, NULL, "GET", fixture->policy, NULL, "If-None-Match", weak, NULL);
  g_autoptr (Answer) changed = patch_policy (fixture, "{\"global-session-timeout\":15}");
  g_autoptr (Answer) other = server_fixture_ask (
    fixture->server, NULL, "GET", fixture->policy, NULL, "If-None-Match", first, NULL);
  g_autoptr (Answer) back = patch_policy (fixture, "{\"global-session-timeout\":null}");

  assert_status (same, 304);
  g_assert_cmpuint (same->length, ==, 0);
  g_assert_cmpstr (answer_get_header (same, "ETag"), ==, first);
  assert_status (listed, 304);
  assert_status (changed, 200);
  assert_status (other, 200);
  assert_status (back, 200);
  g_assert_cmpstr (fixture->tag, !=, first); /* the values are the same, the revision is not */
}

static void
test_stale (Fixture *fixture, gconstpointer data)
{
  g_autofree char *old = g_strdup (fixture->tag);
  g_autoptr (Answer) changed = patch_policy (fixture, "{\"global-session-timeout\":15}");
  g_autoptr (Answer) again = patch_policy (fixture, "{\"remember-me\":true}");
  g_autofree char *now = g_strdup (fixture->tag);
  g_autoptr (Answer) stale = NULL;
  g_autoptr (Answer) weak = NULL;
  g_autofree char *weak_tag = g_strconcat ("W/", now, NULL);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;
  JsonArray *fields;

  assert_status (changed, 200);
  assert_status (again, 200);
  fixture->tag = (g_free (fixture->tag), g_strdup (old));
  stale = patch_policy (fixture, "{\"remember-me\":false}");
  assert_status (stale, 412);
  node = answer_parse_json (stale);
  object = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (object, "current-etag"), ==, now);
  g_assert_cmpstr (json_object_get_string_member (object, "changed-by"), ==, "Demo administrator");
  g_assert_true (g_str_has_suffix (json_object_get_string_member (object, "changed-at"), "Z"));
  fields = json_object_get_array_member (object, "changed-fields");
  g_assert_cmpuint (json_array_get_length (fields), ==, 2); /* of both revisions in between */
  fixture->tag = (g_free (fixture->tag), g_strdup (weak_tag));
  weak = patch_policy (fixture, "{\"remember-me\":false}");
  assert_status (weak, 412);
}

static Answer *
send_patch (Fixture *fixture, const char *type, const char *tag, const char *body)
{
  return server_fixture_ask (fixture->server,
                             NULL,
                             "PATCH",
                             fixture->policy,
                             body,
                             "Content-Type",
                             type,
                             tag != NULL ? "If-Match" : "X-Nothing",
                             tag != NULL ? tag : "1",
                             NULL);
}

static void
test_preconditions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) no_tag = send_patch (fixture, PATCH_TYPE, NULL, "{}");
  g_autoptr (Answer) json = send_patch (fixture, "application/json", fixture->tag, "{}");
  g_autoptr (Answer) parameter
    = send_patch (fixture, PATCH_TYPE "; charset=utf-8", fixture->tag, "{}");
  g_autoptr (Answer) any = send_patch (fixture, PATCH_TYPE, "*", "{}");
  g_autoptr (Answer) encoded = server_fixture_ask (fixture->server,
                                                   NULL,
                                                   "PATCH",
                                                   fixture->policy,
                                                   "{}",
                                                   "Content-Type",
                                                   PATCH_TYPE,
                                                   "Content-Encoding",
                                                   "gzip",
                                                   "If-Match",
                                                   "*",
                                                   NULL);

  assert_status (no_tag, 428);
  assert_status (json, 415);
  g_assert_cmpstr (answer_get_header (json, "Accept-Patch"), ==, PATCH_TYPE);
  assert_status (encoded, 415);
  assert_status (parameter, 200);
  g_assert_cmpstr (answer_get_header (parameter, "ETag"), ==, fixture->tag); /* nothing changed */
  assert_status (any, 200);
}

static void
test_bodies (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *body;
    guint status;
  } cases[] = {
    { "", 400 },
    { "{", 400 },
    { "{}x", 400 },
    { "{'remember-me':true}", 400 },
    { "{\"remember-me\":true,\"remember-me\":false}", 400 },
    { "{\"remember-me\":tru}", 400 },
    { "{\"global-session-timeout\":01}", 400 },
    { "{\"global-session-timeout\":99999999999999999999}", 400 },
    { "{\"a\":\"\\u0000\"}", 400 },
    { "\xef\xbb\xbf{}", 400 },
    { "{\"a\":\"\xff\"}", 400 },
    { "[]", 422 },
    { "null", 422 },
    { "\"text\"", 422 },
    { "{\"global-session-timeout\":1.5}", 422 },
    { "{\"global-session-timeout\":[[[[]]]]}", 422 },
    { " {} ", 200 },
  };
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *large = g_strnfill (5 * 1024 * 1024, ' ');
  g_autoptr (Answer) too_deep = patch_policy (fixture, deep);
  g_autoptr (Answer) too_large = patch_policy (fixture, large);

  assert_status (too_deep, 400);
  assert_status (too_large, 413);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = patch_policy (fixture, cases[i].body);

      g_test_message ("case %zu", i);
      assert_status (answer, cases[i].status);
    }
}

static void
test_dry_run (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strconcat (fixture->policy, "?dry-run=true", NULL);
  g_autofree char *odd = g_strconcat (fixture->policy, "?dry-run=perhaps", NULL);
  g_autofree char *tag = g_strdup (fixture->tag);
  g_autoptr (Answer) answer = server_fixture_ask (fixture->server,
                                                  NULL,
                                                  "PATCH",
                                                  path,
                                                  "{\"global-session-timeout\":7}",
                                                  "Content-Type",
                                                  PATCH_TYPE,
                                                  "If-Match",
                                                  tag,
                                                  NULL);
  g_autoptr (Answer) refused = server_fixture_ask (
    fixture->server, NULL, "PATCH", odd, "{}", "Content-Type", PATCH_TYPE, "If-Match", tag, NULL);
  g_autoptr (Answer) seen = get_policy (fixture);

  assert_status (answer, 200);
  g_assert_nonnull (strstr (answer->body, "\"global-session-timeout\":7"));
  g_assert_null (answer_get_header (answer, "ETag"));
  assert_status (refused, 400);
  g_assert_cmpstr (fixture->tag, ==, tag);
}

static void
test_headers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) policy_answer = get_policy (fixture);
  g_autoptr (Answer) text
    = server_fixture_ask (fixture->server, NULL, "GET", fixture->headers, NULL, NULL);
  g_autoptr (Answer) json = server_fixture_ask (
    fixture->server, NULL, "GET", fixture->headers, NULL, "Accept", "application/json", NULL);
  g_autoptr (Answer) neither = server_fixture_ask (
    fixture->server, NULL, "GET", fixture->headers, NULL, "Accept", "image/png", NULL);
  g_autoptr (GhPolicy) policy = gh_policy_from_json_text (policy_answer->body, -1, NULL);
  g_autoptr (GhHeaderSet) set = gh_header_set_new (policy);
  g_autofree char *expected = gh_header_set_to_text (set);
  g_autoptr (JsonNode) node = NULL;

  assert_status (text, 200);
  g_assert_cmpstr (text->body, ==, expected);
  assert_status (json, 200);
  node = answer_parse_json (json);
  g_assert_cmpuint (
    json_array_get_length (json_object_get_array_member (json_node_get_object (node), "headers")),
    ==,
    gh_header_set_get_n_headers (set));
  assert_status (neither, 406);
}

#define ADD(name, test) g_test_add ("/server/policy/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("each-field-goes-there-and-back", test_each_field_goes_there_and_back);
  ADD ("each-field-refuses-what-it-must", test_each_field_refuses_what_it_must);
  ADD ("every-fault-is-named", test_every_fault_is_named);
  ADD ("a-rule-can-refuse", test_a_rule_can_refuse);
  ADD ("tags", test_tags);
  ADD ("stale", test_stale);
  ADD ("preconditions", test_preconditions);
  ADD ("bodies", test_bodies);
  ADD ("dry-run", test_dry_run);
  ADD ("headers", test_headers);
  return g_test_run ();
}
