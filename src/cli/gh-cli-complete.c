/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Candidates for the word being typed, from the tables of commands and settings and from what
 * this computer knows of accounts and workspaces. Nothing here asks a server.
 */

#include "gh-cli-complete.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-cli-commands.h"
#include "gh-cli-community.h"
#include "gh-cli-output.h"
#include "gh-value-type.h"

/* Prints a candidate if the word being typed begins it. */
static void
offer (const char *typed, const char *candidate, const char *words)
{
  if (g_str_has_prefix (candidate, typed))
    gh_cli_print_line ("%s\t%s", candidate, words);
}

/* Whether the command's name goes on after the words before the last; what it goes on with. */
static char *
dup_next_word (const GhCliCommand *command, char **words, guint n_before)
{
  g_auto (GStrv) name = g_strsplit (command->name, " ", -1);
  guint n_words = g_strv_length (name);

  for (guint i = 0; i < n_before; i++)
    if (i >= n_words || !g_str_equal (name[i], words[i]))
      return NULL;

  return n_before < n_words ? g_strdup (name[n_before]) : NULL;
}

static void
offer_commands (char **words, guint n_before)
{
  g_autofree char *last = NULL;
  const GhCliCommand *command;

  for (guint i = 0; (command = gh_cli_commands_get_nth (i)) != NULL; i++)
    {
      g_autofree char *word = dup_next_word (command, words, n_before);

      /* A family's commands stand together: its word is offered once. */
      if (word != NULL && g_strcmp0 (word, last) != 0)
        offer (words[n_before],
               word,
               g_str_has_suffix (command->name, word) ? _ (command->summary) : "");
      if (word != NULL)
        {
          g_free (last);
          last = g_steal_pointer (&word);
        }
    }
}

static void
offer_entries (const char *typed, const GOptionEntry *entries)
{
  for (; entries != NULL && entries->long_name != NULL; entries++)
    {
      g_autofree char *option = g_strconcat ("--", entries->long_name, NULL);

      offer (typed, option, _ (entries->description));
    }
}

static void
offer_options (const char *typed, const GhCliCommand *command)
{
  offer_entries (typed, command->options);
  if (command->flags & GH_CLI_READS)
    offer (typed, "--json", _ ("Print JSON"));
  if (command->flags & GH_CLI_NETWORKS)
    offer (typed, "--token-stdin", _ ("Read the token from standard input"));
  offer (typed, "--database", _ ("Work on this database instead of your own"));
  offer (typed, "--help", _ ("Show help"));
}

static void
offer_accounts (GhCli *cli, const char *typed)
{
  GPtrArray *accounts;

  if (!gh_cli_open (cli, NULL))
    return;

  accounts = gh_fleet_get_accounts (cli->fleet);
  for (guint i = 0; i < accounts->len; i++)
    {
      const GhAccount *account = g_ptr_array_index (accounts, i);

      offer (typed, account->name, account->url);
    }
}

/* By id, or as ACCOUNT/ID once the word being typed has a slash. */
static void
offer_workspaces (GhCli *cli, const char *typed)
{
  if (!gh_cli_open (cli, NULL))
    return;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (cli->fleet)); i++)
    {
      g_autoptr (GhWorkspace) workspace = g_list_model_get_item (G_LIST_MODEL (cli->fleet), i);
      g_autofree char *full = g_strdup_printf (
        "%s/%s", gh_workspace_get_account (workspace), gh_workspace_get_id (workspace));
      const char *text = strchr (typed, '/') != NULL ? full : gh_workspace_get_id (workspace);

      offer (typed, text, gh_workspace_get_name (workspace));
    }
}

/* As last read of the workspace that was named before. */
static void
offer_communities (GhCli *cli, const char *workspace, const char *typed)
{
  GhWorkspace *owner
    = workspace != NULL ? gh_cli_community_open (cli, workspace, FALSE, NULL) : NULL;
  GPtrArray *communities = owner != NULL ? gh_workspace_get_communities (owner) : NULL;

  for (guint i = 0; communities != NULL && i < communities->len; i++)
    {
      const GhCommunityRecord *community = communities->pdata[i];

      offer (typed, community->id, community->name);
    }
}

/* Whether a command can be about the setting: those about communities only about some. */
static gboolean
is_field_of (const GhCliCommand *command, const GhSetting *setting)
{
  return setting->scope == GH_SCOPE_COMMUNITY || !g_str_has_prefix (command->name, "community ");
}

static void
offer_fields (const GhCliCommand *command, const char *typed, const char *ending)
{
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      g_autofree char *text = g_strconcat (setting->id, ending, NULL);

      if (is_field_of (command, setting))
        offer (typed, text, gh_setting_get_title (setting));
    }
}

/* FIELD= first; after it the values, where they can be counted. */
static void
offer_assignments (const GhCliCommand *command, const char *typed)
{
  const char *equals = strchr (typed, '=');
  g_autofree char *id = equals != NULL ? g_strndup (typed, (gsize) (equals - typed)) : NULL;
  const GhSetting *setting = id != NULL ? gh_settings_lookup (id) : NULL;

  if (id == NULL)
    offer_fields (command, typed, "=");
  if (setting == NULL)
    return;

  for (guint i = 0; i < setting->n_choices; i++)
    {
      g_autofree char *text = g_strconcat (id, "=", setting->choices[i].id, NULL);

      offer (typed, text, gh_choice_get_title (&setting->choices[i]));
    }
  if (setting->type == &gh_value_type_boolean)
    {
      g_autofree char *on = g_strconcat (id, "=true", NULL);
      g_autofree char *off = g_strconcat (id, "=false", NULL);

      offer (typed, on, gh_setting_get_title (setting));
      offer (typed, off, gh_setting_get_title (setting));
    }
}

/* The argument at a place, by its name in the command's table; one with “…” repeats. first is
 * the first one, or NULL. */
static void
offer_argument (GhCli *cli,
                const GhCliCommand *command,
                guint place,
                const char *first,
                const char *typed)
{
  g_auto (GStrv) names = g_strsplit (command->arguments, " ", -1);
  guint i = 0;
  const char *name;

  while (i < place && names[i] != NULL && strstr (names[i], "…") == NULL)
    i++;
  name = names[i] != NULL ? names[i] : "";

  if (strstr (name, "FIELD=") != NULL)
    offer_assignments (command, typed);
  else if (strstr (name, "FIELD") != NULL)
    offer_fields (command, typed, "");
  else if (strstr (name, "COMMUNITY") != NULL)
    offer_communities (cli, first, typed);
  else if (strstr (name, "WORKSPACE") != NULL)
    offer_workspaces (cli, typed);
  else if (strstr (name, "NAME") != NULL && g_str_has_prefix (command->name, "account "))
    offer_accounts (cli, typed);
}

/* Whether the word is an option of the command that takes another word. */
static gboolean
takes_a_word (const GhCliCommand *command, const char *word)
{
  if (g_str_equal (word, "--database"))
    return TRUE;
  if (!g_str_has_prefix (word, "--") || command->options == NULL)
    return FALSE;

  for (const GOptionEntry *entry = command->options; entry->long_name != NULL; entry++)
    if (g_str_equal (word + strlen ("--"), entry->long_name))
      return entry->arg != G_OPTION_ARG_NONE;

  return FALSE;
}

void
gh_cli_complete (GhCli *cli, char **words)
{
  guint n_before = g_strv_length (words);
  const GhCliCommand *command;
  const char *typed;
  const char *first = NULL;
  guint n_name, place = 0;

  if (n_before-- == 0)
    return;

  typed = words[n_before];
  command = gh_cli_commands_find (words, &n_name);
  if (command == NULL || n_name > n_before)
    {
      offer_commands (words, n_before);
      return;
    }

  for (guint i = n_name; i < n_before; i++)
    if (takes_a_word (command, words[i]))
      i++;
    else if (!g_str_has_prefix (words[i], "-") && place++ == 0)
      first = words[i];

  if (n_before > n_name && takes_a_word (command, words[n_before - 1]))
    {
      if (g_str_equal (words[n_before - 1], "--account"))
        offer_accounts (cli, typed);
    }
  else if (g_str_has_prefix (typed, "-"))
    offer_options (typed, command);
  else
    offer_argument (cli, command, place, first, typed);
}
