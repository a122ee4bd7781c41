/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server's own words for a refusal (RFC 9457), read without trust in them. */

#include "gh-problem.h"

#include "gh-json-reader.h"
#include "gh-strict-json.h"

#define MAXIMUM_ERRORS 500

static void
field_free (gpointer data)
{
  GhProblemField *field = data;

  g_free (field->pointer);
  g_free (field->code);
  g_free (field->detail);
  g_free (field);
}

static GhProblem *
problem_new (void)
{
  GhProblem *problem = g_new0 (GhProblem, 1);

  problem->errors = g_ptr_array_new_with_free_func (field_free);
  return problem;
}

static void
read_errors (GhProblem *problem, JsonArray *array)
{
  guint length = MIN (json_array_get_length (array), MAXIMUM_ERRORS);

  for (guint i = 0; i < length; i++)
    {
      JsonNode *item = json_array_get_element (array, i);
      JsonObject *object;
      GhProblemField *field;

      if (!JSON_NODE_HOLDS_OBJECT (item))
        continue;
      object = json_node_get_object (item);
      field = g_new0 (GhProblemField, 1);
      field->pointer = gh_json_reader_dup_text (object, "pointer");
      field->code = gh_json_reader_dup_text (object, "code");
      field->detail = gh_json_reader_dup_text (object, "detail");
      g_ptr_array_add (problem->errors, field);
    }
}

GhProblem *
gh_problem_parse (const char *text, gsize length)
{
  g_autoptr (JsonNode) root = gh_strict_json_parse (text, length, NULL);
  g_autoptr (GhProblem) problem = NULL;
  JsonObject *object;
  JsonArray *errors;
  gint64 status;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  object = json_node_get_object (root);

  problem = problem_new ();
  problem->type = gh_json_reader_dup_text (object, "type");
  problem->title = gh_json_reader_dup_text (object, "title");
  problem->detail = gh_json_reader_dup_text (object, "detail");
  problem->current_etag = g_strdup (gh_json_reader_get_string (object, "current-etag"));
  problem->changed_fields = gh_json_reader_dup_texts (object, "changed-fields");
  problem->changed_by = gh_json_reader_dup_text (object, "changed-by");
  problem->changed_at = gh_json_reader_dup_text (object, "changed-at");
  if (gh_json_reader_get_integer (object, "status", &status) && status >= 400 && status <= 599)
    problem->status = status;
  errors = gh_json_reader_get_array (object, "errors");
  if (errors != NULL)
    read_errors (problem, errors);
  return g_steal_pointer (&problem);
}

GhProblem *
gh_problem_copy (const GhProblem *problem)
{
  GhProblem *copy = problem_new ();

  copy->type = g_strdup (problem->type);
  copy->title = g_strdup (problem->title);
  copy->status = problem->status;
  copy->detail = g_strdup (problem->detail);
  copy->current_etag = g_strdup (problem->current_etag);
  copy->changed_fields = g_strdupv (problem->changed_fields);
  copy->changed_by = g_strdup (problem->changed_by);
  copy->changed_at = g_strdup (problem->changed_at);
  copy->retry_after = problem->retry_after;
  for (guint i = 0; i < problem->errors->len; i++)
    {
      const GhProblemField *field = g_ptr_array_index (problem->errors, i);
      GhProblemField *field_copy = g_new0 (GhProblemField, 1);

      field_copy->pointer = g_strdup (field->pointer);
      field_copy->code = g_strdup (field->code);
      field_copy->detail = g_strdup (field->detail);
      g_ptr_array_add (copy->errors, field_copy);
    }
  return copy;
}

void
gh_problem_free (GhProblem *problem)
{
  g_free (problem->type);
  g_free (problem->title);
  g_free (problem->detail);
  g_ptr_array_unref (problem->errors);
  g_free (problem->current_etag);
  g_strfreev (problem->changed_fields);
  g_free (problem->changed_by);
  g_free (problem->changed_at);
  g_free (problem);
}
