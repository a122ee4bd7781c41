/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checks of what is open, of credentials, and of the shape of refusals. */

#include "gh-check.h"

#include <string.h>

static void
health_is_open (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer
    = gh_check_ask (self, "GET", "/v1/health", NULL, "Authorization", NULL, NULL);

  gh_check_status (self, answer, 200);
}

static void
health_says_ok (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", "/v1/health", NULL, NULL);
  JsonObject *object = gh_check_object (self, answer);

  if (object != NULL)
    gh_check_expect (
      self,
      g_strcmp0 (json_object_get_string_member_with_default (object, "status", NULL), "ok") == 0,
      "status is not \"ok\"");
}

static void
capabilities_are_open (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer
    = gh_check_ask (self, "GET", "/v1/capabilities", NULL, "Authorization", NULL, NULL);

  gh_check_status (self, answer, 200);
}

static void
capabilities_have_their_members (GhConformance *self)
{
  static const char *const arrays[] = { "versions", "features", "token-headers" };
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", "/v1/capabilities", NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    gh_check_array (self, answer, arrays[i]);
}

static void
expect_401 (GhConformance *self, const char *path, const char *authorization)
{
  g_autoptr (GhCheckAnswer) answer
    = gh_check_ask (self, "GET", path, NULL, "Authorization", authorization, NULL);

  gh_check_problem (self, answer, 401);
}

static void
token_is_needed (GhConformance *self)
{
  expect_401 (self, "/v1/me", NULL);
}

static void
token_is_needed_for_policies (GhConformance *self)
{
  expect_401 (self, "/v1/workspaces/{workspace}/policy", NULL);
}

static void
unknown_token_is_refused (GhConformance *self)
{
  expect_401 (self, "/v1/me", "Bearer gatehouse-conformance-knows-no-such-token");
}

static void
other_scheme_is_refused (GhConformance *self)
{
  expect_401 (self, "/v1/me", "Basic Z2F0ZTpob3VzZQ==");
}

static void
token_in_address_is_refused (GhConformance *self)
{
  expect_401 (self, "/v1/me?access_token={token}", NULL);
}

static void
challenge_names_bearer (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer
    = gh_check_ask (self, "GET", "/v1/me", NULL, "Authorization", NULL, NULL);

  gh_check_expect (self,
                   g_str_has_prefix (gh_check_header (answer, "WWW-Authenticate"), "Bearer"),
                   "401 comes without WWW-Authenticate: Bearer");
}

static void
me_has_its_members (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", "/v1/me", NULL, NULL);
  JsonObject *object = gh_check_object (self, answer);

  gh_check_status (self, answer, 200);
  gh_check_array (self, answer, "scopes");
  if (object == NULL)
    return;
  gh_check_expect (self,
                   json_object_get_string_member_with_default (object, "name", NULL) != NULL,
                   "there is no name");
  gh_check_expect (self,
                   json_object_get_string_member_with_default (object, "role", NULL) != NULL,
                   "there is no role");
}

static void
expect_problem (GhConformance *self, const char *method, const char *path, guint status)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, method, path, NULL, NULL);

  gh_check_problem (self, answer, status);
}

static void
unknown_address (GhConformance *self)
{
  expect_problem (self, "GET", "/v1/no-such-thing", 404);
}

static void
unknown_workspace (GhConformance *self)
{
  expect_problem (self, "GET", "/v1/workspaces/gatehouse-conformance-none", 404);
}

static void
unknown_workspace_policy (GhConformance *self)
{
  expect_problem (self, "GET", "/v1/workspaces/gatehouse-conformance-none/policy", 404);
}

static void
escaped_slash_is_no_separator (GhConformance *self)
{
  expect_problem (self, "GET", "/v1/workspaces/{workspace}%2Fpolicy", 404);
}

static void
refusal_is_problem_json (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", "/v1/no-such-thing", NULL, NULL);

  gh_check_expect (
    self,
    g_str_has_prefix (gh_check_header (answer, "Content-Type"), "application/problem+json"),
    "Content-Type is not application/problem+json");
}

static void
refusal_has_its_members (GhConformance *self)
{
  expect_problem (self, "GET", "/v1/no-such-thing", 404);
}

static void
wrong_method_is_refused (GhConformance *self)
{
  expect_problem (self, "DELETE", "/v1/workspaces", 405);
}

static void
wrong_method_comes_with_allow (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "DELETE", "/v1/workspaces", NULL, NULL);

  gh_check_expect (self,
                   soup_header_contains (gh_check_header (answer, "Allow"), "GET"),
                   "405 comes without Allow: GET");
}

static void
unacceptable_type_is_refused (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer
    = gh_check_ask (self, "GET", "/v1/workspaces", NULL, "Accept", "image/png", NULL);

  gh_check_problem (self, answer, 406);
}

static void
answers_are_not_sniffed (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", "/v1/me", NULL, NULL);

  gh_check_expect (self,
                   g_str_has_prefix (gh_check_header (answer, "Content-Type"), "application/json"),
                   "Content-Type is not application/json");
}

const GhCheck gh_checks_access[] = {
  { "service/health-is-open", FALSE, health_is_open },
  { "service/health-says-ok", FALSE, health_says_ok },
  { "service/capabilities-are-open", FALSE, capabilities_are_open },
  { "service/capabilities-have-their-members", FALSE, capabilities_have_their_members },
  { "access/token-is-needed", FALSE, token_is_needed },
  { "access/token-is-needed-for-policies", FALSE, token_is_needed_for_policies },
  { "access/unknown-token-is-refused", FALSE, unknown_token_is_refused },
  { "access/other-scheme-is-refused", FALSE, other_scheme_is_refused },
  { "access/token-in-address-is-refused", FALSE, token_in_address_is_refused },
  { "access/challenge-names-bearer", FALSE, challenge_names_bearer },
  { "access/me-has-its-members", FALSE, me_has_its_members },
  { "refusals/unknown-address", FALSE, unknown_address },
  { "refusals/unknown-workspace", FALSE, unknown_workspace },
  { "refusals/unknown-workspace-policy", FALSE, unknown_workspace_policy },
  { "refusals/escaped-slash-is-no-separator", FALSE, escaped_slash_is_no_separator },
  { "refusals/problem-json", FALSE, refusal_is_problem_json },
  { "refusals/problem-has-its-members", FALSE, refusal_has_its_members },
  { "refusals/wrong-method", FALSE, wrong_method_is_refused },
  { "refusals/wrong-method-comes-with-allow", FALSE, wrong_method_comes_with_allow },
  { "refusals/unacceptable-type", FALSE, unacceptable_type_is_refused },
  { "service/answers-say-their-type", FALSE, answers_are_not_sniffed },
  { NULL },
};
