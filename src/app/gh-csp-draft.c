/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Between a field of a document and a policy that is taken apart. */

#include "gh-csp-draft.h"

#include "gh-keyed-hash.h"

GhCsp *
gh_csp_draft_read (GhDocument *document)
{
  GVariant *value = gh_document_get_value (document, gh_settings_lookup (GH_CSP_DRAFT_FIELD));

  return gh_csp_new_from_text (g_variant_get_string (value, NULL));
}

/* A step of its own: several clicks within a moment are several edits. */
gboolean
gh_csp_draft_write (GhDocument *document, const GhCsp *csp, GError **error)
{
  g_autofree char *text = gh_csp_to_text (csp, NULL);
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_string (text));
  gboolean good;

  gh_document_begin_step (document);
  good = gh_document_set_value (document, gh_settings_lookup (GH_CSP_DRAFT_FIELD), value, error);
  gh_document_end_step (document);
  return good;
}

static gboolean
allow_in_policy (GhCsp *csp, guint policy, GhCspDirectiveId id, const char *source)
{
  guint n_policies;
  const GhCspPolicy *policies = gh_csp_get_policies (csp, &n_policies);

  if (gh_csp_lookup_effective (csp, &policies[policy], id) == NULL)
    return gh_csp_add_source (csp, policy, id, source);

  return gh_csp_allow_source (csp, policy, id, source);
}

gboolean
gh_csp_draft_allow (GhCsp *csp, GhCspDirectiveId id, const char *source)
{
  guint n_policies;
  gboolean changed = FALSE;

  gh_csp_get_policies (csp, &n_policies);
  if (n_policies == 0)
    return gh_csp_add_directive (csp, 0, id, source);
  if (n_policies > GH_CSP_DRAFT_MAXIMUM_POLICIES)
    return FALSE;

  for (guint i = 0; i < n_policies; i++)
    changed |= allow_in_policy (csp, i, id, source);
  return changed;
}

char **
gh_csp_draft_dup_script_hashes (GhDocument *document)
{
  g_autoptr (GhCsp) csp = gh_csp_draft_read (document);
  guint n_directives;
  const GhCspDirective *directives = gh_csp_get_directives (csp, &n_directives);
  const GhCspValue *values = gh_csp_get_values (csp, NULL);
  g_autoptr (GStrvBuilder) hashes = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = gh_keyed_hash_table_new (g_free, NULL);

  for (guint i = 0; i < n_directives; i++)
    for (guint j = 0; j < directives[i].n_values; j++)
      {
        const GhCspValue *value = &values[directives[i].first_value + j];
        char *text;

        if (value->kind != GH_CSP_SOURCE_HASH
            || !(gh_csp_directive_get_flags (directives[i].id) & GH_CSP_DIRECTIVE_SCRIPT))
          continue;

        text = gh_csp_dup_span (csp, value->span);
        if (g_hash_table_add (seen, text))
          g_strv_builder_add (hashes, text);
      }

  return g_strv_builder_end (hashes);
}
