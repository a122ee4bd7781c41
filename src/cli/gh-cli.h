/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One run of gatehousectl: what it was asked for, what it works on, and how it ends. */

#pragma once

#include "gh-fleet.h"

G_BEGIN_DECLS

typedef enum
{
  GH_CLI_DONE = 0,
  GH_CLI_NOTHING = 1, /* nothing to do, or findings */
  GH_CLI_USAGE = 2,
  GH_CLI_REFUSED = 3, /* or a conflict */
  GH_CLI_NETWORK = 4,
  GH_CLI_PARTIAL = 5, /* some of many failed */
  GH_CLI_INTERRUPTED = 130,
} GhCliStatus;

typedef struct
{
  gboolean json;
  gboolean token_stdin;
  char *database; /* NULL: the default one */
  GCancellable *cancellable;
  GhCredentials *credentials;
  GhFleet *fleet; /* NULL until gh_cli_open() */
} GhCli;

typedef enum
{
  GH_CLI_PLAIN = 0,
  GH_CLI_READS = 1 << 0,    /* takes --json */
  GH_CLI_NETWORKS = 1 << 1, /* takes --token-stdin */
} GhCliFlags;

typedef struct
{
  const char *name;      /* "account add" */
  const char *arguments; /* as --help shows them */
  const char *summary;   /* translatable */
  guint minimum;         /* of arguments */
  guint maximum;         /* G_MAXUINT: any number */
  GhCliFlags flags;
  const GOptionEntry *options; /* its own, or NULL */
  GhCliStatus (*run) (GhCli *cli, char **arguments);
} GhCliCommand;

/* Each call runs the main context until its answer is there; Ctrl+C cancels it. */
void gh_cli_ready (GObject *source, GAsyncResult *result, gpointer slot);
GAsyncResult *gh_cli_wait (GAsyncResult **slot);

/* Says it on standard error; the status that goes with it. Takes the error. */
GhCliStatus gh_cli_fail (GError *error);
GhCliStatus gh_cli_get_status (const GError *error);
GhCliStatus gh_cli_usage (const char *format, ...) G_GNUC_PRINTF (1, 2);
void gh_cli_say (const char *format, ...) G_GNUC_PRINTF (1, 2); /* on standard error */

/* Opens the database with all accounts and workspaces, unless it is open. */
gboolean gh_cli_open (GhCli *cli, GError **error);

/* A workspace by its name on the command line, with its draft. Borrowed. */
GhWorkspace *gh_cli_find (GhCli *cli, const char *name, GError **error);
gboolean gh_cli_load (GhCli *cli, GhWorkspace *workspace, GError **error);
gboolean gh_cli_flush (GhCli *cli, GhWorkspace *workspace, GError **error);
gboolean gh_cli_sync (GhCli *cli, GhWorkspace *workspace, GError **error);

/* The token of --token-stdin, for this run alone. FALSE with error set when it was asked for
 * and none came. */
char *gh_cli_read_token (GError **error);
gboolean gh_cli_take_token (GhCli *cli, const char *account, GError **error);

/* Whether somebody sits there to answer; TRUE when they say yes. */
gboolean gh_cli_is_terminal (void);
gboolean gh_cli_confirm (const char *question);

/* The whole of a file, or of standard input with NULL or "-"; at most maximum bytes. */
char *gh_cli_read_file (const char *path, gsize maximum, gsize *length, GError **error);

G_END_DECLS
