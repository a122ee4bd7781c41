/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rule CSP-SYNTAX: oddities of the text as findings, each with the change that mends it. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-csp-edit.h"
#include "gh-csp-rules.h"
#include "gh-rule-parts.h"
#include "gh-value-type.h"

/* Beyond this many a list helps nobody. */
#define MAXIMUM_REPORTED 24

/* Changes the text at the place of the oddity; FALSE when it cannot. */
typedef gboolean (*Mend) (GhCsp *csp, GhCspSpan span);

static const GhCspValue *
find_value_at (const GhCsp *csp, guint offset)
{
  guint n_values;
  const GhCspValue *values = gh_csp_get_values (csp, &n_values);

  for (guint i = 0; i < n_values; i++)
    if (offset >= values[i].span.start && offset - values[i].span.start < values[i].span.length)
      return &values[i];

  return NULL;
}

static gboolean
remove_value (GhCsp *csp, GhCspSpan span)
{
  const GhCspValue *value = find_value_at (csp, span.start);

  if (value == NULL)
    return FALSE;

  gh_csp_remove_value (csp, value);

  return TRUE;
}

static gboolean
remove_directive (GhCsp *csp, GhCspSpan span)
{
  return gh_csp_remove_directive_at (csp, span.start);
}

static gboolean
add_quotes (GhCsp *csp, GhCspSpan span)
{
  g_autofree char *word = gh_csp_dup_span (csp, span);
  g_autofree char *quoted = g_strdup_printf ("'%s'", word);

  gh_csp_splice (csp, span, quoted);

  return TRUE;
}

static gboolean
add_semicolon (GhCsp *csp, GhCspSpan span)
{
  const char *text = gh_csp_get_text (csp, NULL);

  while (span.start > 0 && g_ascii_isspace (text[span.start - 1]))
    span.start--;
  gh_csp_splice (csp, (GhCspSpan){ span.start, 0 }, ";");

  return TRUE;
}

/* Here and wherever else it is needed: a text that still holds one could not be stored. */
static gboolean
replace_by_space (GhCsp *csp, GhCspSpan span)
{
  gsize length;
  const char *text = gh_csp_get_text (csp, &length);
  g_autoptr (GString) clean = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_iscntrl (text[i]) || text[i] == '\t')
      g_string_append_c (clean, text[i]);
    else if (i == 0 || !g_ascii_iscntrl (text[i - 1]))
      g_string_append_c (clean, ' ');
  gh_csp_parse (csp, clean->str, clean->len);

  return TRUE;
}

/* "script-src:" */
static gboolean
remove_colon (GhCsp *csp, GhCspSpan span)
{
  const char *name = gh_csp_get_span (csp, span);

  if (span.length < 2 || name[span.length - 1] != ':'
      || gh_csp_directive_from_name (name, span.length - 1, NULL) == GH_CSP_NO_DIRECTIVE)
    return FALSE;
  gh_csp_splice (csp, (GhCspSpan){ span.start + span.length - 1, 1 }, "");

  return TRUE;
}

/* The host of a source in its ASCII form, what is beyond ASCII in its path percent-encoded. */
static char *
dup_ascii_source (const char *source)
{
  const char *slashes = strstr (source, "://");
  const char *host = slashes != NULL ? slashes + 3 : source;
  const char *end;
  g_autofree char *name = NULL;
  g_autofree char *ascii = NULL;
  g_autofree char *scheme = NULL;
  g_autofree char *path = NULL;

  if (g_str_has_prefix (host, "*."))
    host += 2;
  end = host + strcspn (host, ":/?#");
  name = g_strndup (host, end - host);
  ascii = g_hostname_to_ascii (name);
  if (ascii == NULL || *ascii == '\0')
    return NULL;

  scheme = g_strndup (source, host - source);
  path = g_uri_escape_string (end, ":/?#[]@!$&'()*+=%", FALSE);

  return g_strconcat (scheme, ascii, path, NULL);
}

static gboolean
make_value_ascii (GhCsp *csp, const GhCspValue *value)
{
  const char *text = gh_csp_get_span (csp, value->span);
  g_autofree char *source = NULL;
  g_autofree char *ascii = NULL;

  if (text[0] == '\'' || !g_utf8_validate (text, value->span.length, NULL))
    return FALSE;
  source = g_strndup (text, value->span.length);
  ascii = dup_ascii_source (source);
  if (ascii == NULL || !g_str_is_ascii (ascii))
    return FALSE;
  gh_csp_splice (csp, value->span, ascii);

  return TRUE;
}

/* Here and wherever else it is needed, for the same reason; a name is never changed. */
static gboolean
make_ascii (GhCsp *csp, GhCspSpan span)
{
  const GhDiagnostic *diagnostic;

  for (guint i = 0; i < MAXIMUM_REPORTED; i++)
    {
      const GhCspValue *value;

      diagnostic = gh_diagnostics_lookup (gh_csp_get_diagnostics (csp), "non-ascii");
      if (diagnostic == NULL)
        return TRUE;
      value = find_value_at (csp, diagnostic->offset);
      if (value == NULL || !make_value_ascii (csp, value))
        return FALSE;
    }

  return FALSE;
}

static const struct
{
  const char *code;
  const char *title;
  Mend mend;
} mends[] = {
  { "control-character", N_ ("Put spaces in their place"), replace_by_space },
  { "non-ascii", N_ ("Write hosts in their ASCII form"), make_ascii },
  { "unknown-directive", N_ ("Remove the colon"), remove_colon },
  { "duplicate-directive", N_ ("Remove the second one"), remove_directive },
  { "missing-semicolon", N_ ("Add the semicolon"), add_semicolon },
  { "missing-value", N_ ("Remove the directive"), remove_directive },
  { "none-mixed", N_ ("Remove 'none'"), remove_value },
  { "unquoted-keyword", N_ ("Put it in single quotes"), add_quotes },
  { "unknown-keyword", N_ ("Remove it"), remove_value },
  { "bad-nonce", N_ ("Remove it"), remove_value },
  { "bad-hash", N_ ("Remove it"), remove_value },
  { "bad-source", N_ ("Remove it"), remove_value },
  { "bad-value", N_ ("Remove it"), remove_value },
};

static void
add_mend (GhFinding *finding, const GhDiagnostic *diagnostic, const char *text, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mends) && length <= GH_CSP_MENDABLE_SIZE; i++)
    {
      g_autoptr (GhCsp) csp = NULL;

      if (strcmp (mends[i].code, diagnostic->code) != 0)
        continue;
      csp = gh_csp_new ();
      gh_csp_parse (csp, text, length);
      if (mends[i].mend (csp, (GhCspSpan){ diagnostic->offset, diagnostic->length }))
        gh_csp_mend (finding, _ (mends[i].title), csp);
    }
}

void
gh_csp_mend (GhFinding *finding, const char *title, const GhCsp *changed)
{
  const GhSetting *setting = gh_settings_lookup (GH_CSP_POLICY_FIELD);
  const char *text = gh_csp_get_text (changed, NULL);
  g_autoptr (GVariant) value = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    return;
  value = g_variant_ref_sink (g_variant_new_string (text));
  if (gh_value_check (setting, value, NULL))
    gh_rule_mend (finding, title, GH_CSP_POLICY_FIELD, value);
}

void
gh_csp_report_syntax (const GhRule *rule, const GhCsp *csp, GPtrArray *findings)
{
  const GArray *diagnostics = gh_csp_get_diagnostics (csp);
  gsize length;
  const char *text = gh_csp_get_text (csp, &length);
  guint n_reported = 0;

  for (guint i = 0; i < diagnostics->len && n_reported < MAXIMUM_REPORTED; i++)
    {
      const GhDiagnostic *diagnostic = gh_diagnostics_get_nth (diagnostics, i);
      GhFinding *finding;

      if (diagnostic->severity == GH_SEVERITY_INFO)
        continue;
      finding = gh_rule_report (rule, findings);
      finding->severity = diagnostic->severity;
      gh_rule_say (finding, gh_diagnostic_dup_message (diagnostic, text));
      add_mend (finding, diagnostic, text, length);
      n_reported++;
    }
}
