/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All commands in the order of --help, and what derives from them. */

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-cli-commands.h"

static const GhCliCommand *const families[] = {
  gh_cli_account_commands,  gh_cli_workspace_commands, gh_cli_settings_commands,
  gh_cli_draft_commands,    gh_cli_headers_commands,   gh_cli_check_commands,
  gh_cli_apply_commands,    gh_cli_resolve_commands,   gh_cli_history_commands,
  gh_cli_transfer_commands, gh_cli_baseline_commands,  gh_cli_compare_commands,
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

static void
append_options (GString *text, const GhCliCommand *command)
{
  g_string_append (text, "--help --database");
  if (command->flags & GH_CLI_READS)
    g_string_append (text, " --json");
  if (command->flags & GH_CLI_NETWORKS)
    g_string_append (text, " --token-stdin");
  for (const GOptionEntry *entry = command->options; entry != NULL && entry->long_name != NULL;
       entry++)
    g_string_append_printf (text, " --%s", entry->long_name);
}

/* Fields come after a workspace, with "=" where a value follows. */
static const char *
get_kind (const GhCliCommand *command)
{
  if (strstr (command->arguments, "FIELD=") != NULL)
    return "assignments";
  if (strstr (command->arguments, "FIELD") != NULL)
    return "fields";
  if (strstr (command->arguments, "WORKSPACE") != NULL)
    return "workspaces";

  return "files";
}

static void
append_cases (GString *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    for (const GhCliCommand *command = families[i]; command->name != NULL; command++)
      {
        g_string_append_printf (
          text, "    '%s '*) kind=%s options='", command->name, get_kind (command));
        append_options (text, command);
        g_string_append (text, "' ;;\n");
      }
}

char *
gh_cli_commands_dup_completion (void)
{
  GString *text = g_string_new ("# bash completion for gatehousectl, made by it\n"
                                "_gatehousectl() {\n"
                                "  local line=\"${COMP_WORDS[*]:1:COMP_CWORD-1} \" kind= options=\n"
                                "  local word=\"${COMP_WORDS[COMP_CWORD]}\" commands='");
  const GhCliCommand *command;

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    for (command = families[i]; command->name != NULL; command++)
      g_string_append_printf (text, "%s\\n", command->name);
  g_string_append (text, "' fields='");
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    g_string_append_printf (text, "%s ", gh_settings_get_nth (i)->id);
  g_string_append (text, "'\n  case $line in\n");
  append_cases (text);
  g_string_append (
    text,
    "    *) COMPREPLY=($(compgen -W \"$(printf \"$commands\" | sed -n \"s/^${line% }\"'//p' |\n"
    "         awk '{ print $1 }' | sort -u)\" -- \"$word\")); return ;;\n"
    "  esac\n"
    "  case $word in\n"
    "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")); return ;;\n"
    "  esac\n"
    "  if [ \"$kind\" = files ]; then\n"
    "    COMPREPLY=($(compgen -f -- \"$word\"))\n"
    "  elif [ \"$kind\" = workspaces ] || [ \"$COMP_CWORD\" -le 2 ]; then\n"
    "    COMPREPLY=($(compgen -W \"$(gatehousectl workspace list 2>/dev/null |\n"
    "      awk '{ print $1 }')\" -- \"$word\"))\n"
    "  elif [ \"$kind\" = fields ]; then\n"
    "    COMPREPLY=($(compgen -W \"$fields\" -- \"$word\"))\n"
    "  else\n"
    "    compopt -o nospace\n"
    "    COMPREPLY=($(compgen -W \"${fields// /= }\" -- \"$word\"))\n"
    "  fi\n"
    "}\n"
    "complete -F _gatehousectl gatehousectl\n");

  return g_string_free (text, FALSE);
}
