/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tests of the rules about attached files. */

#include <glib/gi18n-lib.h>

#include "gh-rules-private.h"
#include "gh-value-format.h"

#define FIELD "allowed-file-extensions"

/* What browsers, Windows, Office or a web server run. OWASP File Upload Cheat Sheet. */
static const char *const dangerous[] = {
  "html", "htm", "xhtml", "svg",  "svgz", "xml", "js",  "mjs", "swf",  "exe",
  "dll",  "msi", "bat",   "cmd",  "com",  "scr", "ps1", "vbs", "hta",  "jar",
  "lnk",  "iso", "docm",  "xlsm", "pptm", "php", "jsp", "asp", "aspx", NULL,
};

static void
mend_list (GhFinding *finding, const char *title, GPtrArray *kept)
{
  gh_finding_set_mend_title (finding, title);
  gh_finding_add_mend (finding,
                       gh_settings_lookup (FIELD),
                       g_variant_new_strv ((const char *const *) kept->pdata, kept->len));
}

GH_RULE_TEST (gh_rule_dangerous_extensions)
{
  g_autofree const char **extensions = gh_policy_dup_string_list (after, FIELD);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autofree char *words = NULL;

  for (gsize i = 0; extensions[i] != NULL; i++)
    g_ptr_array_add (g_strv_contains (dangerous, extensions[i]) ? found : kept,
                     (gpointer) extensions[i]);
  if (found->len == 0)
    return;

  g_ptr_array_add (found, NULL);
  words = g_strjoinv (", ", (char **) found->pdata);
  mend_list (gh_rule_report_with (rule, findings, words), _ ("Take them out of the list"), kept);
}

/* Whether this is an extension, but for a dot before it. */
static gboolean
is_well_formed (const GhSetting *setting, const char *extension)
{
  return setting->format->check (setting, extension[0] == '.' ? extension + 1 : extension, NULL);
}

/* Adds the extension in its tidy form, unless it is none or was there before. */
static gboolean
keep_tidy (const GhSetting *setting, const char *extension, GPtrArray *kept)
{
  g_autofree char *tidy = setting->format->tidy (extension);

  if (!setting->format->check (setting, tidy, NULL)
      || g_ptr_array_find_with_equal_func (kept, tidy, g_str_equal, NULL))
    return FALSE;

  g_ptr_array_add (kept, g_steal_pointer (&tidy));
  return TRUE;
}

GH_RULE_TEST (gh_rule_malformed_extensions)
{
  const GhSetting *setting = gh_settings_lookup (FIELD);
  g_autofree const char **extensions = gh_policy_dup_string_list (after, FIELD);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autofree char *words = NULL;

  for (gsize i = 0; extensions[i] != NULL; i++)
    if (!keep_tidy (setting, extensions[i], kept) || !is_well_formed (setting, extensions[i]))
      g_ptr_array_add (found, (gpointer) extensions[i]);
  if (found->len == 0)
    return;

  g_ptr_array_add (found, NULL);
  words = g_strjoinv (", ", (char **) found->pdata);
  mend_list (gh_rule_report_with (rule, findings, words), _ ("Tidy the list"), kept);
}
