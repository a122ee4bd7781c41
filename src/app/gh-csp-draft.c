/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Between a field of a document and a policy that is taken apart. */

#include "gh-csp-draft.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-keyed-hash.h"
#include "gh-policy-error.h"

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

/* What was meant: "self" is 'self', and a hash has quotes too. */
static char *
dup_quoted (const GhCspDirective *directive, const char *word)
{
  gsize length = strlen (word);
  gboolean is_source = directive->id != GH_CSP_NO_DIRECTIVE
                       && gh_csp_directive_get_flags (directive->id) & GH_CSP_DIRECTIVE_SOURCE_LIST;

  if (is_source && *word != '\''
      && (gh_csp_keyword_is_source (gh_csp_keyword_from_unquoted (word, length))
          || gh_csp_looks_like_hash (word, length, TRUE)))
    return g_strdup_printf ("'%s'", word);

  return g_strdup (word);
}

static void
add_word (GhCsp *csp, guint policy, guint index, const char *word)
{
  guint n_directives;
  const GhCspDirective *directive = &gh_csp_get_directives (csp, &n_directives)[index];
  g_autofree char *quoted = dup_quoted (directive, word);
  g_autofree char *appended = g_strconcat (" ", quoted, NULL);

  if (directive->id != GH_CSP_NO_DIRECTIVE && directive->skipped == GH_CSP_OBEYED)
    gh_csp_add_source (csp, policy, directive->id, quoted);
  else
    gh_csp_splice (csp, (GhCspSpan){ directive->span.start + directive->span.length, 0 }, appended);
}

gboolean
gh_csp_draft_add_words (GhCsp *csp,
                        guint policy,
                        guint directive,
                        const char *words,
                        GError **error)
{
  g_auto (GStrv) parts = g_strsplit_set (words, " \t\r\n\f", -1);

  if (strpbrk (words, ";,") != NULL)
    {
      g_set_error (error,
                   GH_POLICY_ERROR,
                   GH_POLICY_ERROR_FORMAT,
                   _ ("A semicolon ends a directive and a comma ends the policy: neither can "
                      "stand in a value. Write them as %%3B and %%2C."));
      return FALSE;
    }

  for (char **part = parts; *part != NULL; part++)
    if (**part != '\0')
      add_word (csp, policy, directive, *part);
  return TRUE;
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
