/* SPDX-License-Identifier: GPL-3.0-or-later */

/* analyse: raw headers from anywhere, one block of text or a stream of JSON lines. */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-cli-analysis.h"
#include "gh-cli-commands.h"
#include "gh-cli-output.h"
#include "gh-strict-json.h"

static gboolean ndjson;
static char *fail_on;

static const GOptionEntry options[] = {
  { "ndjson",
    0,
    0,
    G_OPTION_ARG_NONE,
    &ndjson,
    N_ ("Read JSON lines, and answer each with one"),
    NULL },
  { "fail-on",
    0,
    0,
    G_OPTION_ARG_STRING,
    &fail_on,
    N_ ("Status 1 from this severity on: info, warning, confirm, high, error"),
    N_ ("SEVERITY") },
  { NULL },
};

/* What the command looks for beside its answers. */
typedef struct
{
  GhAnalyser *analyser;
  GhSeverity limit;
  gboolean is_reached; /* only where --fail-on asks for it */
} Judge;

static const GhAnalysis *
judge (Judge *self, const GhHeaderBlock *block)
{
  const GhAnalysis *analysis = gh_analyser_run (self->analyser, block);

  if (fail_on != NULL)
    self->is_reached |= gh_analysis_reaches (analysis, self->limit);

  return analysis;
}

/* One line without its end. FALSE at the end of the file. What is beyond the limit is read
 * past, and told by is_long. */
static gboolean
read_line (FILE *file, GString *line, gboolean *is_long)
{
  int byte;

  g_string_truncate (line, 0);
  *is_long = FALSE;
  while ((byte = getc_unlocked (file)) != EOF && byte != '\n')
    if (line->len < GH_STRICT_JSON_MAXIMUM_SIZE)
      g_string_append_c (line, (char) byte);
    else
      *is_long = TRUE;

  return byte != EOF || line->len > 0;
}

static gboolean
set_line_error (GError **error, const char *message)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
  return FALSE;
}

static gboolean
add_value (GhHeaderBlock *block, const char *name, JsonNode *node, GError **error)
{
  const char *value;
  gsize length;

  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return set_line_error (error, _ ("A header's value is a string, or an array of strings."));

  value = json_node_get_string (node);
  value += strspn (value, " \t");
  length = strlen (value);
  while (length > 0 && strchr (" \t", value[length - 1]) != NULL)
    length--;
  if (!gh_header_block_add (block, name, value, (gssize) length))
    return set_line_error (error, _ ("These are too many headers, or too long ones."));

  return TRUE;
}

static gboolean
add_header (GhHeaderBlock *block, const char *name, JsonNode *node, GError **error)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return add_value (block, name, node, error);

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!add_value (block, name, json_array_get_element (array, i), error))
      return FALSE;

  return TRUE;
}

/* {"headers": {"Name": "value" | ["value", …]}} */
static gboolean
read_block (GhHeaderBlock *block, const GString *line, GError **error)
{
  g_autoptr (JsonNode) root = gh_strict_json_parse (line->str, line->len, error);
  JsonObject *object;
  JsonNode *headers = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (root == NULL)
    return FALSE;

  object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  if (object != NULL)
    headers = json_object_get_member (object, "headers");
  if (headers == NULL || !JSON_NODE_HOLDS_OBJECT (headers))
    return set_line_error (error, _ ("The line is not of the form {\"headers\": {…}}."));

  json_object_iter_init_ordered (&iter, json_node_get_object (headers));
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (!add_header (block, name, node, error))
      return FALSE;

  return TRUE;
}

static void
answer_line (Judge *self, GhHeaderBlock *block, const GString *line, gboolean is_long)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  gh_header_block_clear (block);
  if (is_long)
    set_line_error (&error, _ ("The line is too long."));
  else
    read_block (block, line, &error);

  if (error == NULL)
    {
      object = gh_cli_analysis_to_json (judge (self, block));
    }
  else
    {
      object = json_object_new ();
      json_object_set_string_member (object, "error", error->message);
    }
  gh_cli_print_object (object);
  fflush (stdout);
}

/* In constant memory, each answered before the next is read. */
static void
stream (Judge *self, FILE *file)
{
  g_autoptr (GhHeaderBlock) block = gh_header_block_new ();
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean is_long;

  while (!ferror (stdout) && read_line (file, line, &is_long))
    answer_line (self, block, line, is_long);
}

static GhCliStatus
run_stream (Judge *self, const char *path)
{
  FILE *file = path == NULL || g_str_equal (path, "-") ? stdin : fopen (path, "re");

  if (file == NULL)
    return gh_cli_usage (_ ("“%s” cannot be read: %s."), path, g_strerror (errno));

  stream (self, file);
  if (file != stdin)
    fclose (file);

  return GH_CLI_DONE;
}

static GhCliStatus
run_text (const GhCli *cli, Judge *self, const char *path)
{
  g_autoptr (GhHeaderBlock) block = NULL;
  g_autoptr (GArray) diagnostics = NULL;
  g_autofree char *text = NULL;
  const GhAnalysis *analysis;
  gsize length;
  GError *error = NULL;

  text = gh_cli_read_file (path, GH_HEADER_BLOCK_MAXIMUM_SIZE, &length, &error);
  if (text == NULL)
    return gh_cli_fail (error);

  diagnostics = gh_diagnostics_new ();
  block = gh_header_block_parse (text, (gssize) length, diagnostics);
  analysis = judge (self, block);
  if (cli->json)
    gh_cli_print_object (gh_cli_analysis_to_json (analysis));
  else
    gh_cli_analysis_print (analysis, diagnostics, text);

  return GH_CLI_DONE;
}

static GhCliStatus
run_analyse (GhCli *cli, char **arguments)
{
  g_autoptr (GhAnalyser) analyser = gh_analyser_new ();
  Judge self = { .analyser = analyser };
  GhCliStatus status;

  if (fail_on != NULL && !gh_severity_from_string (fail_on, &self.limit))
    return gh_cli_usage (_ ("There is no severity “%s”."), fail_on);

  status = ndjson ? run_stream (&self, arguments[0]) : run_text (cli, &self, arguments[0]);

  return status == GH_CLI_DONE && self.is_reached ? GH_CLI_NOTHING : status;
}

const GhCliCommand gh_cli_analyse_commands[] = {
  { "analyse",
    "[FILE]",
    N_ ("Judge raw headers, from a file or from standard input"),
    0,
    1,
    GH_CLI_READS,
    options,
    run_analyse },
  { NULL },
};
