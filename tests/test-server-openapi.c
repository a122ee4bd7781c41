/* SPDX-License-Identifier: GPL-3.0-or-later */

/* data/openapi.yaml against the program: its schema of a policy is made from the settings
 * table, and every route and every problem stands in it. With GATEHOUSE_UPDATE set the schema
 * is written anew. */

#include <string.h>

#include "gh-server-problem.h"
#include "gh-server-routes.h"
#include "gh-value-type.h"

#define MARK "# Below: made from the settings table."

static char *
get_file_name (void)
{
  return g_test_build_filename (G_TEST_DIST, "..", "data", "openapi.yaml", NULL);
}

static char *
read_file (void)
{
  g_autofree char *name = get_file_name ();
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (name, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static char *
quote (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return json_to_string (node, FALSE);
}

static void
add_type (GString *yaml, const char *type, gboolean nullable)
{
  g_string_append_printf (
    yaml, nullable ? "          type: [%s, 'null']\n" : "          type: %s\n", type);
}

static void
add_bounds (GString *yaml, const GhSetting *setting, const char *minimum, const char *maximum)
{
  g_string_append_printf (yaml, "          %s: %" G_GINT64_FORMAT "\n", minimum, setting->minimum);
  g_string_append_printf (yaml, "          %s: %" G_GINT64_FORMAT "\n", maximum, setting->maximum);
}

static void
add_choices (GString *yaml, const GhSetting *setting, gboolean nullable)
{
  g_string_append (yaml, "          enum:\n");
  for (guint i = 0; i < setting->n_choices; i++)
    g_string_append_printf (yaml, "            - '%s'\n", setting->choices[i].id);
  if (nullable)
    g_string_append (yaml, "            - null\n");
}

static void
add_field (GString *yaml, const GhSetting *setting, gboolean nullable)
{
  g_autofree char *title = quote (setting->title);
  g_autoptr (JsonNode) usual = gh_value_to_json (setting, gh_setting_get_default (setting));
  g_autofree char *usual_text = json_to_string (usual, FALSE);

  g_string_append_printf (yaml, "        %s:\n          title: %s\n", setting->id, title);
  if (setting->type == &gh_value_type_boolean)
    add_type (yaml, "boolean", nullable);
  else if (setting->type == &gh_value_type_integer)
    {
      add_type (yaml, "integer", nullable);
      add_bounds (yaml, setting, "minimum", "maximum");
    }
  else if (setting->type == &gh_value_type_enum)
    add_choices (yaml, setting, nullable);
  else if (setting->type == &gh_value_type_string_list)
    {
      add_type (yaml, "array", nullable);
      add_bounds (yaml, setting, "minItems", "maxItems");
      g_string_append (yaml, "          items:\n            type: string\n");
    }
  else
    {
      add_type (yaml, "string", nullable);
      add_bounds (yaml, setting, "minLength", "maxLength");
    }
  if (!nullable)
    g_string_append_printf (yaml, "          default: %s\n", usual_text);
}

/* One object of all fields of a scope. Workspaces have all of them. */
static void
add_schema (GString *yaml, const char *name, gboolean communities, gboolean patch)
{
  g_string_append_printf (yaml, "    %s:\n      type: object\n", name);
  if (patch)
    g_string_append (yaml, "      additionalProperties: false\n");
  else
    {
      g_string_append (yaml, "      required:\n");
      for (guint i = 0; i < GH_N_SETTINGS; i++)
        if (!communities || gh_settings_get_nth (i)->scope == GH_SCOPE_COMMUNITY)
          g_string_append_printf (yaml, "        - %s\n", gh_settings_get_nth (i)->id);
    }
  g_string_append (yaml, "      properties:\n");
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    if (!communities || gh_settings_get_nth (i)->scope == GH_SCOPE_COMMUNITY)
      add_field (yaml, gh_settings_get_nth (i), patch || communities);
}

static char *
make_schemas (void)
{
  g_autoptr (GString) yaml = g_string_new (NULL);

  add_schema (yaml, "Policy", FALSE, FALSE);
  add_schema (yaml, "PolicyPatch", FALSE, TRUE);
  add_schema (yaml, "CommunityPolicy", TRUE, FALSE);
  add_schema (yaml, "CommunityPatch", TRUE, TRUE);
  return g_strdup (yaml->str);
}

static void
test_schema_is_current (void)
{
  g_autofree char *text = read_file ();
  char *mark = strstr (text, MARK);
  char *body = mark != NULL ? strchr (mark, '\n') : NULL;
  g_autofree char *schemas = make_schemas ();

  g_assert_nonnull (body);
  body++;
  if (g_getenv ("GATEHOUSE_UPDATE") != NULL && !g_str_equal (body, schemas))
    {
      g_autofree char *name = get_file_name ();
      g_autofree char *head = g_strndup (text, (gsize) (body - text));
      g_autofree char *updated = g_strconcat (head, schemas, NULL);

      g_assert_true (g_file_set_contents (name, updated, -1, NULL));
      return;
    }
  if (!g_str_equal (body, schemas))
    g_error ("the schema in data/openapi.yaml is not that of the settings table; run "
             "GATEHOUSE_UPDATE=1 meson test server-openapi and look at the difference");
}

/* The part of the file that describes one path. */
static char *
find_path (const char *text, const char *pattern)
{
  g_autofree char *heading = g_strdup_printf ("\n  %s:\n", pattern);
  const char *start = strstr (text, heading);
  const char *end;

  if (start == NULL)
    g_error ("%s does not stand in data/openapi.yaml", pattern);
  start += strlen (heading);
  for (end = start; *end == ' ' && strncmp (end, "    ", 4) == 0; end = strchr (end, '\n') + 1)
    continue;
  return g_strndup (start, (gsize) (end - start));
}

static void
test_every_route_is_described (void)
{
  g_autofree char *text = read_file ();
  const GhServerRoute *routes;
  gsize n_routes;

  routes = gh_server_routes_get_table (&n_routes);
  for (gsize i = 0; i < n_routes; i++)
    {
      g_autofree char *path = find_path (text, routes[i].pattern);
      g_autofree char *lower = g_ascii_strdown (routes[i].method, -1);
      g_autofree char *method = g_strdup_printf ("    %s:\n", lower);

      g_test_message ("%s %s", routes[i].method, routes[i].pattern);
      g_assert_nonnull (strstr (path, method));
      if (routes[i].writes)
        {
          g_assert_nonnull (strstr (path, "parameters/IfMatch"));
          g_assert_nonnull (strstr (path, "parameters/IdempotencyKey"));
          g_assert_nonnull (strstr (path, "policy:write"));
        }
      g_assert_cmpint (strstr (path, "security: []") != NULL, ==, routes[i].open);
    }
}

static void
test_every_problem_is_named (void)
{
  g_autofree char *text = read_file ();

  for (guint i = 0; i < GH_N_PROBLEMS; i++)
    {
      g_autofree char *quoted = g_strdup_printf ("'%s'", gh_problem_get_type (i));

      g_assert_nonnull (strstr (text, quoted));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/openapi/schema-is-current", test_schema_is_current);
  g_test_add_func ("/server/openapi/every-route-is-described", test_every_route_is_described);
  g_test_add_func ("/server/openapi/every-problem-is-named", test_every_problem_is_named);
  return g_test_run ();
}
