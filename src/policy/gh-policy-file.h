/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A policy as a file: {"schema": "gatehouse-policy/1", "policy": {…}}, read more strictly than
 * an answer of a server, because a person may have written it. */

#pragma once

#include "gh-policy.h"

G_BEGIN_DECLS

#define GH_POLICY_FILE_SCHEMA "gatehouse-policy/1"

/* Indented, without the unknown members that the policy carries. */
char *gh_policy_file_to_text (const GhPolicy *policy);

/* Settings that the file leaves out have their default. name says in messages where the text
 * came from. GH_POLICY_ERROR_SYNTAX when it is no JSON or too much of it, _SCHEMA when it is
 * not of that schema to the letter, _UNKNOWN_FIELD when it names a setting that there is not,
 * and the setting's own error when it refuses its value. */
GhPolicy *gh_policy_file_parse (const char *text, gsize length, const char *name, GError **error);

G_END_DECLS
