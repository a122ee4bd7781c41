/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Holding a list of directives against those that a header knows. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-directive-list.h"

static const GhDirectiveRule *
lookup_rule (const GhDirectiveRule *rules, gsize n_rules, const char *name)
{
  for (gsize i = 0; i < n_rules; i++)
    if (strcmp (rules[i].name, name) == 0)
      return &rules[i];

  return NULL;
}

static void
check_shape (const GhDirective *directive, const GhDirectiveRule *rule, GArray *diagnostics)
{
  if (rule->shape == GH_DIRECTIVE_BARE && directive->value)
    gh_diagnostics_add (diagnostics,
                        "unexpected-value",
                        GH_SEVERITY_ERROR,
                        directive->offset,
                        directive->length,
                        N_ ("This directive takes no value: “%s” is not recognised."));
  else if (rule->shape != GH_DIRECTIVE_BARE && !directive->value)
    gh_diagnostics_add (diagnostics,
                        "missing-value",
                        GH_SEVERITY_ERROR,
                        directive->offset,
                        directive->length,
                        N_ ("“%s” needs a value after “=”."));
}

static void
check_directive (const GhDirectiveList *self,
                 const GhDirective *directive,
                 const GhDirectiveRule *rules,
                 gsize n_rules,
                 GArray *diagnostics)
{
  const GhDirectiveRule *rule = lookup_rule (rules, n_rules, directive->name);

  if (!rule)
    {
      gh_diagnostics_add (diagnostics,
                          "unknown-directive",
                          GH_SEVERITY_WARNING,
                          directive->offset,
                          directive->length,
                          N_ ("Browsers ignore “%s”: this header has no such directive."));
      return;
    }

  if (rule->shape != GH_DIRECTIVE_REPEATABLE
      && gh_directive_list_lookup (self, directive->name) != directive)
    gh_diagnostics_add (diagnostics,
                        "repeated-directive",
                        GH_SEVERITY_ERROR,
                        directive->offset,
                        directive->length,
                        N_ ("“%s” repeats a directive that may be given once."));

  check_shape (directive, rule, diagnostics);
}

void
gh_directive_list_check (const GhDirectiveList *self,
                         const GhDirectiveRule *rules,
                         gsize n_rules,
                         GArray *diagnostics)
{
  for (guint i = 0; i < gh_directive_list_get_n_directives (self); i++)
    check_directive (self, gh_directive_list_get_nth (self, i), rules, n_rules, diagnostics);
}

static gint64
read_seconds (const char *digits)
{
  gint64 seconds = 0;

  for (; g_ascii_isdigit (*digits); digits++)
    seconds = seconds > (G_MAXINT64 - 9) / 10 ? G_MAXINT64 : seconds * 10 + (*digits - '0');

  return *digits == '\0' ? seconds : -1;
}

gint64
gh_directive_list_get_seconds (const GhDirectiveList *self, const char *name, GArray *diagnostics)
{
  const GhDirective *directive = gh_directive_list_lookup (self, name);
  gint64 seconds = -1;

  if (!directive)
    {
      gh_diagnostics_add (diagnostics,
                          "missing-max-age",
                          GH_SEVERITY_ERROR,
                          0,
                          0,
                          N_ ("Without max-age, browsers ignore the whole header."));
      return -1;
    }

  if (directive->value && *directive->value != '\0')
    seconds = read_seconds (directive->value);

  if (directive->value && seconds < 0)
    gh_diagnostics_add (diagnostics,
                        "not-a-number",
                        GH_SEVERITY_ERROR,
                        directive->value_offset,
                        directive->value_length,
                        N_ ("“%s” is not a number of seconds: only digits are allowed."));
  else if (seconds > 0 && directive->value[0] == '0')
    gh_diagnostics_add (diagnostics,
                        "leading-zero",
                        GH_SEVERITY_INFO,
                        directive->value_offset,
                        directive->value_length,
                        N_ ("“%s” starts with a zero that means nothing."));

  return seconds;
}
