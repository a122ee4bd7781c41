/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server's problem+json. */

#include "fuzz.h"

#include "gh-problem.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GhProblem) problem = gh_problem_parse ((const char *) data, size);
  g_autoptr (GhProblem) copy = NULL;

  if (problem == NULL)
    return 0;

  copy = gh_problem_copy (problem);
  g_assert_cmpuint (copy->errors->len, ==, problem->errors->len);
  g_assert_true (problem->detail == NULL || g_utf8_validate (problem->detail, -1, NULL));
  return 0;
}
