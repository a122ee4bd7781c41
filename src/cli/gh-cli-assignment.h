/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FIELD=VALUE as a command line has it. */

#pragma once

#include "gh-cli.h"

G_BEGIN_DECLS

typedef struct
{
  const GhSetting *setting;
  GVariant *value;
  char *text; /* as it was typed */
} GhCliAssignment;

/* GH_POLICY_ERROR_UNKNOWN_FIELD, with what comes near, when there is none of this name. */
const GhSetting *gh_cli_find_setting (const char *id, GError **error);

GPtrArray *gh_cli_assignments_new (void); /* of GhCliAssignment */

/* All or nothing: the error names the field and what is allowed. */
gboolean gh_cli_assignments_parse (GPtrArray *assignments, char **arguments, GError **error);

/* Splits "FIELD=TEXT" without reading TEXT as a value. */
GhCliAssignment *gh_cli_assignment_split (const char *argument, GError **error);
gboolean gh_cli_assignment_read (GhCliAssignment *assignment, GError **error);
void gh_cli_assignment_free (GhCliAssignment *assignment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhCliAssignment, gh_cli_assignment_free)

G_END_DECLS
