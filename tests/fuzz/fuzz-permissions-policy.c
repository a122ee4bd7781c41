/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A Permissions-Policy, and one feature of it taken away. */

#include "fuzz.h"

#include "gh-diagnostic.h"
#include "gh-permissions-policy.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  g_autoptr (GhPermissionsPolicy) policy = NULL;
  g_autofree char *shorter = NULL;

  policy = gh_permissions_policy_parse ((const char *) data, (gssize) size, diagnostics);
  if (policy == NULL || gh_permissions_policy_get_n_permissions (policy) == 0)
    return 0;

  shorter
    = gh_permissions_policy_remove (policy, gh_permissions_policy_get_nth (policy, 0)->feature);
  g_assert_nonnull (shorter);
  return 0;
}
