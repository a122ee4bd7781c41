/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The policy room's error domain. */

#include "gh-policy-error.h"

/* In the order of GhPolicyError. */
static const char *const codes[] = {
  "unknown-field", "type", "range", "choice", "format", "syntax", "schema",
};

GQuark
gh_policy_error_quark (void)
{
  return g_quark_from_static_string ("gh-policy-error-quark");
}

const char *
gh_policy_error_get_code (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);
  g_return_val_if_fail (error->domain == GH_POLICY_ERROR, NULL);
  g_return_val_if_fail (error->code >= 0 && error->code < (int) G_N_ELEMENTS (codes), NULL);

  return codes[error->code];
}
