/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every command needs: waiting, failing, opening, asking. */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "gh-cli.h"
#include "gh-policy-error.h"

#define TOKEN_MAXIMUM 4096

void
gh_cli_ready (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

GAsyncResult *
gh_cli_wait (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *slot;
}

static void
say (const char *format, va_list arguments)
{
  g_autofree char *message = g_strdup_vprintf (format, arguments);

  g_printerr ("gatehousectl: %s\n", message);
}

void
gh_cli_say (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  say (format, arguments);
  va_end (arguments);
}

GhCliStatus
gh_cli_usage (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  say (format, arguments);
  va_end (arguments);

  return GH_CLI_USAGE;
}

static GhCliStatus
get_remote_status (int code)
{
  switch ((GhRemoteError) code)
    {
    case GH_REMOTE_ERROR_ADDRESS:
      return GH_CLI_USAGE;
    case GH_REMOTE_ERROR_SIGN_IN:
    case GH_REMOTE_ERROR_FORBIDDEN:
    case GH_REMOTE_ERROR_NOT_FOUND:
    case GH_REMOTE_ERROR_CONFLICT:
    case GH_REMOTE_ERROR_REFUSED:
      return GH_CLI_REFUSED;
    case GH_REMOTE_ERROR_UNREACHABLE:
    case GH_REMOTE_ERROR_TIMED_OUT:
    case GH_REMOTE_ERROR_TLS:
    case GH_REMOTE_ERROR_BUSY:
    case GH_REMOTE_ERROR_SERVER:
    case GH_REMOTE_ERROR_PROTOCOL:
    case GH_REMOTE_ERROR_LOST:
    default:
      return GH_CLI_NETWORK;
    }
}

GhCliStatus
gh_cli_get_status (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return GH_CLI_INTERRUPTED;
  if (error->domain == GH_REMOTE_ERROR)
    return get_remote_status (error->code);
  if (error->domain == G_OPTION_ERROR || error->domain == GH_POLICY_ERROR
      || error->domain == G_FILE_ERROR
      || g_error_matches (error, GH_FLEET_ERROR, GH_FLEET_ERROR_UNKNOWN)
      || g_error_matches (error, GH_FLEET_ERROR, GH_FLEET_ERROR_AMBIGUOUS)
      || g_error_matches (error, GH_STORE_ERROR, GH_STORE_ERROR_INVALID)
      || g_error_matches (error, GH_STORE_ERROR, GH_STORE_ERROR_NOT_FOUND))
    return GH_CLI_USAGE;
  if (g_error_matches (error, GH_FLEET_ERROR, GH_FLEET_ERROR_PARTIAL))
    return GH_CLI_PARTIAL;

  return GH_CLI_REFUSED;
}

GhCliStatus
gh_cli_fail (GError *error)
{
  GhCliStatus status = gh_cli_get_status (error);

  gh_cli_say ("%s", error->message);
  g_error_free (error);

  return status;
}

gboolean
gh_cli_open (GhCli *cli, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (cli->fleet != NULL)
    return TRUE;

  gh_fleet_open_async (cli->database, cli->credentials, cli->cancellable, gh_cli_ready, &result);
  cli->fleet = gh_fleet_open_finish (gh_cli_wait (&result), error);
  if (cli->fleet != NULL && gh_fleet_get_notice (cli->fleet) != NULL)
    gh_cli_say ("%s", gh_fleet_get_notice (cli->fleet));

  return cli->fleet != NULL;
}

gboolean
gh_cli_load (GhCli *cli, GhWorkspace *workspace, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_workspace_load_async (workspace, cli->cancellable, gh_cli_ready, &result);
  return gh_workspace_load_finish (workspace, gh_cli_wait (&result), error);
}

GhWorkspace *
gh_cli_find (GhCli *cli, const char *name, GError **error)
{
  GhWorkspace *workspace;

  if (!gh_cli_open (cli, error))
    return NULL;

  workspace = gh_fleet_find (cli->fleet, name, error);
  return workspace != NULL && gh_cli_load (cli, workspace, error) ? workspace : NULL;
}

gboolean
gh_cli_flush (GhCli *cli, GhWorkspace *workspace, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_workspace_flush_async (workspace, cli->cancellable, gh_cli_ready, &result);
  return gh_workspace_flush_finish (workspace, gh_cli_wait (&result), error);
}

gboolean
gh_cli_sync (GhCli *cli, GhWorkspace *workspace, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_workspace_sync_async (workspace, cli->cancellable, gh_cli_ready, &result);
  return gh_workspace_sync_finish (workspace, gh_cli_wait (&result), error);
}

/* Typed without an echo, where somebody types. */
static char *
read_line (char *buffer, size_t size)
{
  struct termios before;
  struct termios silent;
  gboolean is_typed = isatty (STDIN_FILENO) && tcgetattr (STDIN_FILENO, &before) == 0;
  char *line;

  if (is_typed)
    {
      g_printerr ("%s ", _ ("Token:"));
      silent = before;
      silent.c_lflag &= (tcflag_t) ~ECHO;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
    }
  line = fgets (buffer, (int) size, stdin);
  if (is_typed)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
      g_printerr ("\n");
    }

  return line;
}

/* Free it with gh_credentials_free_secret(). */
char *
gh_cli_read_token (GError **error)
{
  char buffer[TOKEN_MAXIMUM] = { 0 };
  char *token = NULL;

  if (read_line (buffer, sizeof buffer) != NULL)
    token = g_strdup (g_strstrip (buffer));
  explicit_bzero (buffer, sizeof buffer);

  if (token != NULL && *token != '\0')
    return token;

  gh_credentials_free_secret (token);
  g_set_error_literal (
    error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _ ("No token came on standard input."));
  return NULL;
}

gboolean
gh_cli_take_token (GhCli *cli, const char *account, GError **error)
{
  char *token;

  if (!cli->token_stdin)
    return TRUE;

  token = gh_cli_read_token (error);
  if (token == NULL)
    return FALSE;

  gh_credentials_keep_for_session (cli->credentials, account, token);
  gh_credentials_free_secret (token);
  return TRUE;
}

gboolean
gh_cli_is_terminal (void)
{
  return isatty (STDIN_FILENO) && isatty (STDERR_FILENO);
}

gboolean
gh_cli_confirm (const char *question)
{
  char answer[16] = { 0 };

  g_printerr ("%s ", question);
  return fgets (answer, sizeof answer, stdin) != NULL && rpmatch (answer) == 1;
}

static void
set_read_error (GError **error, const char *name, int failure)
{
  g_set_error (error,
               G_FILE_ERROR,
               g_file_error_from_errno (failure),
               _ ("“%s” cannot be read: %s."),
               name,
               g_strerror (failure));
}

/* One byte more than there may be, so that too much is seen. */
static char *
read_all (FILE *file, const char *name, gsize maximum, gsize *length, GError **error)
{
  g_autofree char *contents = g_malloc (maximum + 2);
  gsize n_read = fread (contents, 1, maximum + 1, file);

  if (ferror (file))
    {
      set_read_error (error, name, errno);
      return NULL;
    }
  if (n_read > maximum)
    {
      g_set_error (error,
                   G_FILE_ERROR,
                   G_FILE_ERROR_FAILED,
                   _ ("“%s” is longer than %zu bytes."),
                   name,
                   maximum);
      return NULL;
    }

  contents[n_read] = '\0';
  *length = n_read;
  return g_steal_pointer (&contents);
}

char *
gh_cli_read_file (const char *path, gsize maximum, gsize *length, GError **error)
{
  FILE *file;
  char *contents;

  if (path == NULL || g_str_equal (path, "-"))
    return read_all (stdin, "-", maximum, length, error);

  file = fopen (path, "re");
  if (file == NULL)
    {
      set_read_error (error, path, errno);
      return NULL;
    }

  contents = read_all (file, path, maximum, length, error);
  fclose (file);

  return contents;
}
