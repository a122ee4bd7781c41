/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Positioned diagnostics, shared by all parsers of header texts. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-diagnostic.h"

#define MAXIMUM_EXCERPT 60

GArray *
gh_diagnostics_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (GhDiagnostic));
}

void
gh_diagnostics_add (GArray *diagnostics,
                    const char *code,
                    GhSeverity severity,
                    gsize offset,
                    gsize length,
                    const char *message)
{
  GhDiagnostic diagnostic = { code, severity, offset, length, message };

  if (diagnostics && diagnostics->len < GH_DIAGNOSTICS_MAXIMUM)
    g_array_append_val (diagnostics, diagnostic);
}

const GhDiagnostic *
gh_diagnostics_get_nth (const GArray *diagnostics, guint index)
{
  g_return_val_if_fail (index < diagnostics->len, NULL);

  return &((const GhDiagnostic *) (gconstpointer) diagnostics->data)[index];
}

const GhDiagnostic *
gh_diagnostics_lookup (const GArray *diagnostics, const char *code)
{
  for (guint i = 0; i < diagnostics->len; i++)
    if (strcmp (gh_diagnostics_get_nth (diagnostics, i)->code, code) == 0)
      return gh_diagnostics_get_nth (diagnostics, i);

  return NULL;
}

GhSeverity
gh_diagnostics_get_worst (const GArray *diagnostics)
{
  GhSeverity worst = GH_SEVERITY_INFO;

  for (guint i = 0; i < diagnostics->len; i++)
    worst = MAX (worst, gh_diagnostics_get_nth (diagnostics, i)->severity);

  return worst;
}

static void
append_excerpt (GString *sentence, const char *text, gsize length)
{
  gsize shown = MIN (length, MAXIMUM_EXCERPT);

  for (gsize i = 0; i < shown; i++)
    if (g_ascii_isprint (text[i]))
      g_string_append_c (sentence, text[i]);
    else
      g_string_append_printf (sentence, "\\x%02X", (guchar) text[i]);

  if (shown < length)
    g_string_append (sentence, "…");
}

char *
gh_diagnostic_dup_message (const GhDiagnostic *diagnostic, const char *text)
{
  const char *message = _ (diagnostic->message);
  const char *place = strstr (message, "%s");
  g_autoptr (GString) sentence = NULL;

  if (!place)
    return g_strdup (message);

  sentence = g_string_new_len (message, place - message);
  append_excerpt (sentence, text + diagnostic->offset, diagnostic->length);
  g_string_append (sentence, place + strlen ("%s"));
  return g_string_free (g_steal_pointer (&sentence), FALSE);
}
