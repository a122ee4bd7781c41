/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checks of patches that must be refused. None of them changes anything on a server that
 * keeps to the API; on one that does not, they may. */

#include "gh-check.h"

#include <string.h>

#define POLICY "/v1/workspaces/{workspace}/policy"
#define ANOTHER_TAG "\"gatehouse-conformance\""
#define DEEP_LEVELS 1000
#define LARGE (1024 * 1024)

static void
needs_if_match (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "PATCH", POLICY, "{}", NULL);

  gh_check_problem (self, answer, 428);
}

static void
stale (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_patch (self, "{}", ANOTHER_TAG, NULL, NULL);

  gh_check_problem (self, answer, 412);
}

static void
weak_tag (GhConformance *self)
{
  g_autofree char *tag = gh_check_get_tag (self);
  g_autofree char *weak = g_strconcat ("W/", tag, NULL);
  g_autoptr (GhCheckAnswer) answer = gh_check_patch (self, "{}", weak, NULL, NULL);

  gh_check_problem (self, answer, 412);
}

static void
stale_says_what_is_so (GhConformance *self)
{
  static const char *const members[] = { "current-etag", "changed-by", "changed-at" };
  g_autofree char *tag = gh_check_get_tag (self);
  g_autoptr (GhCheckAnswer) answer = gh_check_patch (self, "{}", ANOTHER_TAG, NULL, NULL);
  JsonObject *object = gh_check_object (self, answer);

  gh_check_array (self, answer, "changed-fields");
  for (guint i = 0; object != NULL && i < G_N_ELEMENTS (members); i++)
    gh_check_expect (self,
                     json_object_get_string_member_with_default (object, members[i], NULL) != NULL,
                     "412 has no %s",
                     members[i]);
  if (object != NULL)
    gh_check_expect (
      self,
      g_strcmp0 (json_object_get_string_member_with_default (object, "current-etag", NULL), tag)
        == 0,
      "current-etag is not the policy's");
}

static void
media_type (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer
    = gh_check_patch (self, "{}", ANOTHER_TAG, "Content-Type", "application/json");

  gh_check_problem (self, answer, 415);
}

static void
media_type_comes_with_accept_patch (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer
    = gh_check_patch (self, "{}", ANOTHER_TAG, "Content-Type", "text/plain");

  gh_check_expect (self,
                   strstr (gh_check_header (answer, "Accept-Patch"), "application/merge-patch+json")
                     != NULL,
                   "415 comes without Accept-Patch: application/merge-patch+json");
}

static void
expect_refused (GhConformance *self, const char *body, guint status)
{
  g_autofree char *tag = gh_check_get_tag (self);
  g_autoptr (GhCheckAnswer) answer = gh_check_patch (self, body, tag, NULL, NULL);

  gh_check_problem (self, answer, status);
}

static void
malformed (GhConformance *self)
{
  expect_refused (self, "{\"remember-me\":", 400);
}

static void
empty_body (GhConformance *self)
{
  expect_refused (self, "", 400);
}

static void
trailing_text (GhConformance *self)
{
  expect_refused (self, "{} {}", 400);
}

static void
twice_the_same_name (GhConformance *self)
{
  expect_refused (self, "{\"remember-me\":true,\"remember-me\":false}", 400);
}

static void
nul_in_a_string (GhConformance *self)
{
  expect_refused (self, "{\"auth-page-banner.text\":\"a\\u0000b\"}", 400);
}

static void
bad_utf8 (GhConformance *self)
{
  expect_refused (self, "{\"auth-page-banner.text\":\"\xff\"}", 400);
}

static void
deeply_nested (GhConformance *self)
{
  g_autofree char *body = g_strnfill (DEEP_LEVELS, '[');

  expect_refused (self, body, 400);
}

static void
not_an_object (GhConformance *self)
{
  expect_refused (self, "[]", 422);
}

static void
too_large (GhConformance *self)
{
  g_autofree char *body = g_strnfill (LARGE, ' ');
  g_autoptr (GhCheckAnswer) answer
    = gh_check_patch (self, body, ANOTHER_TAG, "Expect", "100-continue");

  gh_check_problem (self, answer, 413);
}

/* 422 that names this pointer among its errors. */
static void
expect_pointer (GhConformance *self, const char *body, const char *pointer)
{
  g_autofree char *tag = gh_check_get_tag (self);
  g_autoptr (GhCheckAnswer) answer = gh_check_patch (self, body, tag, NULL, NULL);
  JsonArray *errors;
  gboolean found = FALSE;

  if (!gh_check_problem (self, answer, 422))
    return;
  errors = gh_check_array (self, answer, "errors");
  for (guint i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    {
      JsonObject *error = json_array_get_object_element (errors, i);

      found = found
              || (error != NULL
                  && g_strcmp0 (json_object_get_string_member_with_default (error, "pointer", NULL),
                                pointer)
                       == 0);
    }
  gh_check_expect (self, found, "no error points to %s", pointer);
}

static void
unknown_field (GhConformance *self)
{
  expect_pointer (self, "{\"gatehouse-none\":1}", "/gatehouse-none");
}

static void
pointer_is_escaped (GhConformance *self)
{
  expect_pointer (self, "{\"a/b~c\":1}", "/a~1b~0c");
}

static void
wrong_type (GhConformance *self)
{
  expect_pointer (self, "{\"remember-me\":\"yes\"}", "/remember-me");
}

static void
out_of_range (GhConformance *self)
{
  expect_pointer (self, "{\"global-session-timeout\":-1}", "/global-session-timeout");
}

static void
not_a_choice (GhConformance *self)
{
  expect_pointer (self, "{\"password-policy\":\"gatehouse-none\"}", "/password-policy");
}

static void
every_error_is_named (GhConformance *self)
{
  static const char body[] = "{\"remember-me\":1,\"global-session-timeout\":\"x\"}";

  expect_pointer (self, body, "/remember-me");
  expect_pointer (self, body, "/global-session-timeout");
}

/* A good value beside a bad one stays where it was. */
static void
all_or_nothing (GhConformance *self)
{
  g_autofree char *before = gh_check_get_tag (self);
  g_autoptr (GhCheckAnswer) answer = gh_check_patch (
    self, "{\"allow-concurrent-login\":null,\"remember-me\":1}", before, NULL, NULL);
  g_autofree char *after = gh_check_get_tag (self);

  gh_check_problem (self, answer, 422);
  gh_check_expect (self, g_str_equal (before, after), "a refused patch changed the policy");
}

static void
odd_key (GhConformance *self)
{
  g_autofree char *key = g_strnfill (300, 'k');
  g_autoptr (GhCheckAnswer) answer
    = gh_check_patch (self, "{}", ANOTHER_TAG, "Idempotency-Key", key);

  gh_check_problem (self, answer, 400);
}

const GhCheck gh_checks_refusals[] = {
  { "patch/needs-if-match", TRUE, needs_if_match },
  { "patch/stale", TRUE, stale },
  { "patch/weak-tag", TRUE, weak_tag },
  { "patch/stale-says-what-is-so", TRUE, stale_says_what_is_so },
  { "patch/media-type", TRUE, media_type },
  { "patch/media-type-comes-with-accept-patch", TRUE, media_type_comes_with_accept_patch },
  { "patch/malformed", TRUE, malformed },
  { "patch/empty-body", TRUE, empty_body },
  { "patch/trailing-text", TRUE, trailing_text },
  { "patch/twice-the-same-name", TRUE, twice_the_same_name },
  { "patch/nul-in-a-string", TRUE, nul_in_a_string },
  { "patch/bad-utf8", TRUE, bad_utf8 },
  { "patch/deeply-nested", TRUE, deeply_nested },
  { "patch/not-an-object", TRUE, not_an_object },
  { "patch/too-large", TRUE, too_large },
  { "patch/unknown-field", TRUE, unknown_field },
  { "patch/pointer-is-escaped", TRUE, pointer_is_escaped },
  { "patch/wrong-type", TRUE, wrong_type },
  { "patch/out-of-range", TRUE, out_of_range },
  { "patch/not-a-choice", TRUE, not_a_choice },
  { "patch/every-error-is-named", TRUE, every_error_is_named },
  { "patch/all-or-nothing", TRUE, all_or_nothing },
  { "patch/odd-key", TRUE, odd_key },
  { NULL },
};
