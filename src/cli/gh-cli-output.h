/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What commands print on standard output: tables for people, JSON for programs. */

#pragma once

#include <json-glib/json-glib.h>

#include "gh-cli.h"

G_BEGIN_DECLS

void gh_cli_print (const char *text); /* these bytes */
void gh_cli_print_line (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* One line. Takes it. */
void gh_cli_print_json (JsonNode *node);
void gh_cli_print_array (JsonArray *array);
void gh_cli_print_object (JsonObject *object);

void gh_cli_add_string (JsonObject *object, const char *name, const char *value); /* NULL: null */
void gh_cli_add_strings (JsonObject *object, const char *name, const char *const *values);
void
gh_cli_add_value (JsonObject *object, const char *name, const GhSetting *setting, GVariant *value);

/* A table with aligned columns; the last column is as wide as it is. */
typedef struct _GhCliTable GhCliTable;

GhCliTable *gh_cli_table_new (guint n_columns);
void gh_cli_table_add (GhCliTable *table, ...) G_GNUC_NULL_TERMINATED;
void gh_cli_table_print (GhCliTable *table); /* takes it */

/* A value on one line. */
char *gh_cli_dup_value_text (const GhSetting *setting, GVariant *value);

G_END_DECLS
