/* SPDX-License-Identifier: GPL-3.0-or-later */

/* gatehousectl: all that the window does, from the command line. */

#include "gh-config.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "gh-cli-commands.h"
#include "gh-cli-complete.h"

#define CLOSING_SECONDS 3

/* The first Ctrl+C asks nicely; the next one finds the default. */
static gboolean
on_interrupted (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static void
add_options (GOptionContext *context, const GhCliCommand *command, GhCli *cli)
{
  const GOptionEntry common[] = {
    { "database",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &cli->database,
      N_ ("Work on this database instead of your own"),
      N_ ("FILE") },
    { NULL },
  };
  const GOptionEntry reading[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_ ("Print JSON"), NULL },
    { NULL },
  };
  const GOptionEntry networking[] = {
    { "token-stdin",
      0,
      0,
      G_OPTION_ARG_NONE,
      &cli->token_stdin,
      N_ ("Read the token from standard input"),
      NULL },
    { NULL },
  };

  if (command->options != NULL)
    g_option_context_add_main_entries (context, command->options, GETTEXT_PACKAGE);
  if (command->flags & GH_CLI_READS)
    g_option_context_add_main_entries (context, reading, GETTEXT_PACKAGE);
  if (command->flags & GH_CLI_NETWORKS)
    g_option_context_add_main_entries (context, networking, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
}

static GOptionContext *
make_context (const GhCliCommand *command, GhCli *cli)
{
  g_autofree char *words = g_strdup_printf ("%s %s", command->name, command->arguments);
  GOptionContext *context = g_option_context_new (words);

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ (command->summary));
  add_options (context, command, cli);

  return context;
}

static GhCliStatus
run_command (const GhCliCommand *command, GhCli *cli, char **arguments)
{
  guint n = g_strv_length (arguments);

  if (n < command->minimum || n > command->maximum)
    return gh_cli_usage (
      _ ("This is used as: gatehousectl %s %s"), command->name, command->arguments);

  cli->cancellable = g_cancellable_new ();
  cli->credentials = gh_credentials_new ();
  g_unix_signal_add (SIGINT, on_interrupted, cli->cancellable);
  g_unix_signal_add (SIGTERM, on_interrupted, cli->cancellable);

  return command->run (cli, arguments);
}

/* Such as how an apply ended that was interrupted. */
static void
tell_notices (GhCli *cli)
{
  GListModel *model = G_LIST_MODEL (cli->fleet);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GhWorkspace) workspace = g_list_model_get_item (model, i);

      if (gh_workspace_get_notice (workspace) != NULL)
        gh_cli_say ("%s/%s: %s",
                    gh_workspace_get_account (workspace),
                    gh_workspace_get_id (workspace),
                    gh_workspace_get_notice (workspace));
    }
}

static gboolean
on_closing_too_long (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Lets go of the database and waits until it is closed, so that the next start need not
 * check it. What still holds it after a while keeps it: all is durable without that. */
static void
close_database (GhCli *cli)
{
  GhDatabase *database = cli->fleet == NULL ? NULL : gh_fleet_get_database (cli->fleet);
  gboolean too_long = FALSE;

  if (database == NULL)
    return;

  tell_notices (cli);
  g_object_add_weak_pointer (G_OBJECT (database), (gpointer *) &database);
  g_clear_object (&cli->fleet);
  g_timeout_add_seconds (CLOSING_SECONDS, on_closing_too_long, &too_long);
  while (database != NULL && !too_long)
    g_main_context_iteration (NULL, TRUE);
  g_clear_weak_pointer (&database);
}

static void
close_down (GhCli *cli)
{
  close_database (cli);
  g_clear_object (&cli->credentials);
  g_clear_object (&cli->cancellable);
  g_clear_pointer (&cli->database, g_free);
}

/* arguments: the program's name and what follows the command's. */
static GhCliStatus
parse_and_run (const GhCliCommand *command, char **arguments)
{
  g_auto (GStrv) strv = g_strdupv (arguments);
  GhCli cli = { 0 };
  g_autoptr (GOptionContext) context = make_context (command, &cli);
  GError *error = NULL;
  GhCliStatus status;

  if (!g_option_context_parse_strv (context, &strv, &error))
    return gh_cli_fail (error);

  if (cli.database == NULL)
    cli.database = g_strdup (g_getenv ("GATEHOUSE_DATABASE"));
  status = run_command (command, &cli, strv + 1);
  close_down (&cli);

  return status;
}

/* Asked by the shells' completions, not by people. */
static GhCliStatus
complete (char **words)
{
  GhCli cli = { 0 };

  if (words[0] != NULL && g_str_equal (words[0], "--"))
    words++;

  cli.database = g_strdup (g_getenv ("GATEHOUSE_DATABASE"));
  cli.cancellable = g_cancellable_new ();
  cli.credentials = gh_credentials_new ();
  gh_cli_complete (&cli, words);
  close_down (&cli);

  return GH_CLI_DONE;
}

static GhCliStatus
refuse_command (const char *word)
{
  g_autofree char *family = gh_cli_commands_dup_family (word);

  if (family != NULL)
    return gh_cli_usage (_ ("“%s” is the beginning of these commands: %s."), word, family);

  return gh_cli_usage (_ ("There is no command “%s”. See gatehousectl --help."), word);
}

static GhCliStatus
run (char **arguments)
{
  g_autofree char *text = NULL;
  const GhCliCommand *command;
  guint n_words;

  if (arguments[1] == NULL || g_str_equal (arguments[1], "--help")
      || g_str_equal (arguments[1], "help"))
    text = gh_cli_commands_dup_help ();
  else if (g_str_equal (arguments[1], "--version"))
    text = g_strdup ("gatehousectl " GH_VERSION "\n");
  else if (g_str_equal (arguments[1], "complete"))
    return complete (arguments + 2);

  if (text != NULL)
    {
      fputs (text, arguments[1] == NULL ? stderr : stdout);
      return arguments[1] == NULL ? GH_CLI_USAGE : GH_CLI_DONE;
    }

  command = gh_cli_commands_find (arguments + 1, &n_words);
  if (command == NULL)
    return refuse_command (arguments[1]);

  arguments[n_words] = arguments[0];
  return parse_and_run (command, arguments + n_words);
}

int
main (int argc, char **argv)
{
  GhCliStatus status;

  /* No core dump holds a token. */
  prctl (PR_SET_DUMPABLE, 0);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, GH_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_set_prgname ("gatehousectl");

  status = run (argv);
  if (fflush (stdout) != 0)
    {
      gh_cli_say (_ ("Standard output could not be written."));
      status = status == GH_CLI_DONE ? GH_CLI_REFUSED : status;
    }

  return status;
}
