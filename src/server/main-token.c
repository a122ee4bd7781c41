/* SPDX-License-Identifier: GPL-3.0-or-later */

/* gatehouse-server token: tokens are made, listed and revoked by whoever may read the
 * database file; a server that runs sees the change at its next request. */

#include "main-token.h"

#include <stdlib.h>

#include "gh-server-token.h"

#define EXIT_USAGE 2

static char *database_path;
static char *name;
static char *role;
static char *scopes;
static char **workspaces;
static int days;

/* clang-format off: one option a line */
static const GOptionEntry entries[] = {
  { "database", 'd', 0, G_OPTION_ARG_FILENAME, &database_path, "The server's SQLite file", "FILE" },
  { "name", 'n', 0, G_OPTION_ARG_STRING, &name, "make: the person or program it is for", "NAME" },
  { "role",
    'r',
    0,
    G_OPTION_ARG_STRING,
    &role,
    "make: reader (the default) or administrator",
    "ROLE" },
  { "scopes",
    's',
    0,
    G_OPTION_ARG_STRING,
    &scopes,
    "make: policy:read, policy:write, audit:read; what suits the role if not given",
    "SCOPES" },
  { "workspace",
    'w',
    0,
    G_OPTION_ARG_STRING_ARRAY,
    &workspaces,
    "make: only this workspace; may be repeated",
    "ID" },
  { "days", 0, 0, G_OPTION_ARG_INT, &days, "make: expires after so many days", "N" },
  { NULL },
};
/* clang-format on */

static int
complain (const char *message)
{
  g_printerr ("gatehouse-server: %s; see gatehouse-server token --help\n", message);
  return EXIT_USAGE;
}

static int
fail (const GError *error)
{
  g_printerr ("gatehouse-server: %s\n", error->message);
  return EXIT_FAILURE;
}

static int
make_token (GhServerDatabase *database, const char *argument)
{
  g_autoptr (GhServerIdentity) template = gh_server_identity_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;

  if (name == NULL || *name == '\0')
    return complain ("--name NAME is needed");
  if (role != NULL && !gh_server_role_from_string (role, &template->role))
    return complain ("a role is reader or administrator");
  template->scopes = template->role == GH_SERVER_ROLE_ADMINISTRATOR ? GH_SERVER_SCOPES_ALL
                                                                    : GH_SERVER_SCOPE_POLICY_READ;
  if (scopes != NULL && !gh_server_scopes_from_string (scopes, &template->scopes))
    return complain ("scopes are policy:read, policy:write and audit:read");
  template->name = g_strdup (name);
  if (days > 0)
    template->expires = g_get_real_time () + (gint64) days * 24 * 3600 * G_USEC_PER_SEC;
  token = gh_server_token_make (database, template, (const char *const *) workspaces, &error);
  if (token == NULL)
    return fail (error);
  g_print ("token: %s\n", token);
  return EXIT_SUCCESS;
}

static void
print_identity (const GhServerIdentity *identity)
{
  g_auto (GStrv) words = gh_server_scopes_to_strv (identity->scopes);
  g_autofree char *scope_text = g_strjoinv (",", words);
  g_autofree char *expires
    = identity->expires != 0 ? gh_server_format_time (identity->expires) : g_strdup ("never");
  const char *state = identity->revoked != 0                     ? "revoked"
                      : gh_server_identity_is_current (identity) ? "current"
                                                                 : "expired";

  g_print ("%" G_GINT64_FORMAT "\t%s\t%s\t%s\t%s\t%s\n",
           identity->id,
           state,
           gh_server_role_to_string (identity->role),
           scope_text,
           expires,
           identity->name);
}

static int
list_tokens (GhServerDatabase *database, const char *argument)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tokens = gh_server_tokens_list (database, &error);

  if (tokens == NULL)
    return fail (error);
  g_print ("ID\tSTATE\tROLE\tSCOPES\tEXPIRES\tNAME\n");
  for (guint i = 0; i < tokens->len; i++)
    print_identity (g_ptr_array_index (tokens, i));
  return EXIT_SUCCESS;
}

static int
revoke_token (GhServerDatabase *database, const char *argument)
{
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;
  gint64 id = argument != NULL ? g_ascii_strtoll (argument, NULL, 10) : 0;

  if (id <= 0)
    return complain ("the ID of a token is needed, as token list shows it");
  if (!gh_server_token_revoke (database, id, &found, &error))
    return fail (error);
  if (found)
    return EXIT_SUCCESS;
  g_printerr ("gatehouse-server: there is no token %" G_GINT64_FORMAT " to revoke\n", id);
  return EXIT_FAILURE;
}

static const struct
{
  const char *name;
  int (*run) (GhServerDatabase *database, const char *argument);
} commands[] = {
  { "make", make_token },
  { "list", list_tokens },
  { "revoke", revoke_token },
};

static int
run (const char *command, const char *argument)
{
  g_autoptr (GhServerDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_strcmp0 (commands[i].name, command) != 0)
        continue;
      if (database_path == NULL)
        return complain ("--database FILE is needed");
      database = gh_server_database_open (database_path, &error);
      return database != NULL ? commands[i].run (database, argument) : fail (error);
    }
  return complain ("token takes make, list or revoke");
}

int
gh_server_main_token (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("make|list|revoke [ID]");
  g_autoptr (GError) error = NULL;
  int status;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return complain (error->message);
  status = run (argc > 1 ? argv[1] : NULL, argc > 2 ? argv[2] : NULL);
  g_free (database_path);
  g_free (name);
  g_free (role);
  g_free (scopes);
  g_strfreev (workspaces);
  return status;
}
