/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All commands, from which help, usage errors and completion derive. */

#pragma once

#include "gh-cli.h"

G_BEGIN_DECLS

/* Each family's table ends with a NULL name. */
extern const GhCliCommand gh_cli_account_commands[];
extern const GhCliCommand gh_cli_analyse_commands[];
extern const GhCliCommand gh_cli_apply_commands[];
extern const GhCliCommand gh_cli_baseline_commands[];
extern const GhCliCommand gh_cli_check_commands[];
extern const GhCliCommand gh_cli_community_apply_commands[];
extern const GhCliCommand gh_cli_community_commands[];
extern const GhCliCommand gh_cli_compare_commands[];
extern const GhCliCommand gh_cli_conformance_commands[];
extern const GhCliCommand gh_cli_csp_commands[];
extern const GhCliCommand gh_cli_draft_commands[];
extern const GhCliCommand gh_cli_headers_commands[];
extern const GhCliCommand gh_cli_history_commands[];
extern const GhCliCommand gh_cli_resolve_commands[];
extern const GhCliCommand gh_cli_settings_commands[];
extern const GhCliCommand gh_cli_transfer_commands[];
extern const GhCliCommand gh_cli_workspace_commands[];

/* The command that the arguments begin with and how many words its name has; NULL when there
 * is none. */
const GhCliCommand *gh_cli_commands_find (char **arguments, guint *n_words);

/* In the order of --help; NULL after the last. */
const GhCliCommand *gh_cli_commands_get_nth (guint index);

/* "account add, account list, …" for "account"; NULL when no command begins so. */
char *gh_cli_commands_dup_family (const char *word);

char *gh_cli_commands_dup_help (void);

G_END_DECLS
