/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A Permissions-Policy, and one feature of it set anew, and taken away. */

#include "fuzz.h"

#include "gh-diagnostic.h"
#include "gh-permissions-policy.h"

/* The rest of the policy stays, and so do the parameters of what is set. */
static void
check_replaced (const GhPermissionsPolicy *policy, const GhPermission *first)
{
  g_autofree const char **origins = g_new0 (const char *, first->origins->len + 1);
  g_autofree char *text = NULL;
  g_autoptr (GhPermissionsPolicy) replaced = NULL;
  const GhPermission *permission;

  for (guint i = 0; i < first->origins->len; i++)
    origins[i] = g_ptr_array_index (first->origins, i);

  text = gh_permissions_policy_replace (policy, first->feature, FALSE, TRUE, origins);
  replaced = gh_permissions_policy_parse (text, -1, NULL);
  g_assert_nonnull (replaced);
  g_assert_cmpuint (gh_permissions_policy_get_n_permissions (replaced),
                    ==,
                    gh_permissions_policy_get_n_permissions (policy));
  permission = gh_permissions_policy_lookup (replaced, first->feature);
  g_assert_true (permission->self);
  g_assert_false (permission->everyone);
  g_assert_cmpuint (permission->origins->len, <=, first->origins->len);
  g_assert_cmpstr (permission->report_to, ==, first->report_to);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  g_autoptr (GhPermissionsPolicy) policy = NULL;
  g_autofree char *shorter = NULL;
  const GhPermission *first;

  policy = gh_permissions_policy_parse ((const char *) data, (gssize) size, diagnostics);
  if (policy == NULL || gh_permissions_policy_get_n_permissions (policy) == 0)
    return 0;

  first = gh_permissions_policy_get_nth (policy, 0);
  shorter = gh_permissions_policy_remove (policy, first->feature);
  g_assert_nonnull (shorter);
  check_replaced (policy, first);
  return 0;
}
