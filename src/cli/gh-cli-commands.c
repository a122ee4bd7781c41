/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All commands in the order of --help, and what derives from them. */

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-cli-commands.h"

static const GhCliCommand *const families[] = {
  gh_cli_account_commands,   gh_cli_workspace_commands,       gh_cli_settings_commands,
  gh_cli_draft_commands,     gh_cli_headers_commands,         gh_cli_check_commands,
  gh_cli_apply_commands,     gh_cli_resolve_commands,         gh_cli_history_commands,
  gh_cli_community_commands, gh_cli_community_apply_commands, gh_cli_transfer_commands,
  gh_cli_baseline_commands,  gh_cli_compare_commands,         gh_cli_analyse_commands,
  gh_cli_csp_commands,       gh_cli_conformance_commands,
};

/* How many of the arguments spell the command's name; 0 when they do not. */
static guint
match (const GhCliCommand *command, char **arguments)
{
  g_auto (GStrv) words = g_strsplit (command->name, " ", -1);
  guint n = 0;

  while (words[n] != NULL && arguments[n] != NULL && g_str_equal (words[n], arguments[n]))
    n++;

  return words[n] == NULL ? n : 0;
}

const GhCliCommand *
gh_cli_commands_find (char **arguments, guint *n_words)
{
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    for (const GhCliCommand *command = families[i]; command->name != NULL; command++)
      if ((*n_words = match (command, arguments)) > 0)
        return command;

  return NULL;
}

const GhCliCommand *
gh_cli_commands_get_nth (guint index)
{
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    for (const GhCliCommand *command = families[i]; command->name != NULL; command++)
      if (index-- == 0)
        return command;

  return NULL;
}

char *
gh_cli_commands_dup_family (const char *word)
{
  g_autofree char *prefix = g_strconcat (word, " ", NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const GhCliCommand *command;

  for (guint i = 0; (command = gh_cli_commands_get_nth (i)) != NULL; i++)
    if (g_str_has_prefix (command->name, prefix))
      g_ptr_array_add (names, (gpointer) command->name);
  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);

  return g_strjoinv (", ", (char **) names->pdata);
}

char *
gh_cli_commands_dup_help (void)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          "%s\n  gatehousectl %s\n\n%s\n",
                          _ ("Usage:"),
                          _ ("COMMAND [ARGUMENT…] [OPTION…]"),
                          _ ("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    for (const GhCliCommand *command = families[i]; command->name != NULL; command++)
      g_string_append_printf (
        text, "  %s %s\n      %s\n", command->name, command->arguments, _ (command->summary));
  g_string_append_printf (
    text,
    "\n%s\n",
    _ ("WORKSPACE is an id, or ACCOUNT/ID where an id is not unique. Each command has --help."));

  return g_string_free (text, FALSE);
}
