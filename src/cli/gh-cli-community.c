/* SPDX-License-Identifier: GPL-3.0-or-later */

/* community list, show, set, reset, revert: what the communities of a workspace have for
 * themselves, what they inherit, and what is drafted for them. */

#include "gh-cli-community.h"

#include <glib/gi18n-lib.h>

#include "gh-cli-assignment.h"
#include "gh-cli-commands.h"
#include "gh-cli-many.h"
#include "gh-cli-output.h"
#include "gh-value-type.h"

static gboolean local;

static const GOptionEntry reading_options[] = {
  { "local",
    0,
    0,
    G_OPTION_ARG_NONE,
    &local,
    N_ ("As last read, without asking the server"),
    NULL },
  { NULL },
};

GhWorkspace *
gh_cli_community_open (GhCli *cli, const char *name, gboolean ask, GError **error)
{
  char *names[] = { (char *) name, NULL };
  g_autoptr (GPtrArray) workspaces = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GhWorkspace *workspace;

  if (!gh_cli_open (cli, error))
    return NULL;
  if (!ask)
    {
      workspace = gh_cli_find (cli, name, error);
      if (workspace == NULL)
        return NULL;
      gh_workspace_load_communities_async (workspace, cli->cancellable, gh_cli_ready, &result);
      return gh_workspace_load_communities_finish (workspace, gh_cli_wait (&result), error)
               ? workspace
               : NULL;
    }
  workspaces = gh_cli_many_find (cli, names, error);
  if (workspaces == NULL)
    return NULL;
  workspace = workspaces->pdata[0]; /* the fleet holds it */
  gh_workspace_sync_communities_async (workspace, cli->cancellable, gh_cli_ready, &result);
  return gh_workspace_sync_communities_finish (workspace, gh_cli_wait (&result), error) ? workspace
                                                                                        : NULL;
}

static JsonObject *
describe (const GhCommunityRecord *community)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", community->id);
  json_object_set_string_member (object, "name", community->name);
  json_object_set_int_member (object, "own", g_hash_table_size (community->overrides));
  json_object_set_int_member (object, "drafted", community->changes->len);
  json_object_set_int_member (object, "revision", community->revision);
  return object;
}

static char *
dup_own_text (const GhCommunityRecord *community)
{
  guint n = g_hash_table_size (community->overrides);

  if (n == 0)
    return g_strdup (_ ("all inherited from the workspace"));
  return g_strdup_printf (ngettext ("%u own value", "%u own values", n), n);
}

static void
print_list (GPtrArray *communities)
{
  GhCliTable *table = gh_cli_table_new (4);

  for (guint i = 0; i < communities->len; i++)
    {
      const GhCommunityRecord *community = communities->pdata[i];
      g_autofree char *own = dup_own_text (community);

      gh_cli_table_add (
        table, community->changes->len > 0 ? "*" : " ", community->id, community->name, own, NULL);
    }
  gh_cli_table_print (table);
}

static GhCliStatus
run_list (GhCli *cli, char **arguments)
{
  GError *error = NULL;
  GhWorkspace *workspace = gh_cli_community_open (cli, arguments[0], !local, &error);
  GPtrArray *communities;
  JsonArray *array;

  if (workspace == NULL)
    return gh_cli_fail (error);

  communities = gh_workspace_get_communities (workspace);
  if (!cli->json)
    {
      print_list (communities);
      return GH_CLI_DONE;
    }

  array = json_array_sized_new (communities->len);
  for (guint i = 0; i < communities->len; i++)
    json_array_add_object_element (array, describe (communities->pdata[i]));
  gh_cli_print_array (array);

  return GH_CLI_DONE;
}

/* One setting of one community, with what is drafted for both. */
typedef struct
{
  const GhSetting *setting;
  const GhOverrideChange *change; /* or NULL */
  GVariant *base;                 /* its own value on the server, or NULL */
  GVariant *own;                  /* its own value with what is drafted, or NULL */
  GVariant *workspace;            /* what it inherits else */
  gboolean conflict;
} Entry;

static void
read_entry (Entry *entry,
            GhWorkspace *workspace,
            const GhCommunityRecord *community,
            const GhSetting *setting)
{
  entry->setting = setting;
  entry->change = gh_override_changes_find (community->changes, setting);
  entry->base = gh_overrides_get (community->overrides, setting);
  entry->own = entry->change != NULL ? entry->change->value : entry->base;
  entry->workspace = gh_document_get_value (gh_workspace_get_document (workspace), setting);
  entry->conflict
    = entry->change != NULL && gh_override_change_conflicts (entry->change, community->overrides);
}

static void
add_own (JsonObject *object, const char *name, const Entry *entry, GVariant *value)
{
  if (value != NULL)
    gh_cli_add_value (object, name, entry->setting, value);
  else
    json_object_set_null_member (object, name);
}

static JsonObject *
describe_entry (const Entry *entry)
{
  JsonObject *object = json_object_new ();

  gh_cli_add_value (
    object, "value", entry->setting, entry->own != NULL ? entry->own : entry->workspace);
  json_object_set_boolean_member (object, "inherited", entry->own == NULL);
  add_own (object, "own", entry, entry->own);
  add_own (object, "base", entry, entry->base);
  gh_cli_add_value (object, "workspace", entry->setting, entry->workspace);
  json_object_set_boolean_member (object, "drafted", entry->change != NULL);
  json_object_set_boolean_member (object, "conflict", entry->conflict);
  gh_cli_add_string (object, "unit", entry->setting->unit);
  return object;
}

static const char *
describe_origin (const Entry *entry)
{
  if (entry->conflict)
    return _ ("changed here and on the server: set it again, or revert it");
  return entry->own != NULL ? _ ("own value") : _ ("inherited from the workspace");
}

static void
add_row (GhCliTable *table, const Entry *entry)
{
  g_autofree char *text
    = gh_cli_dup_value_text (entry->setting, entry->own != NULL ? entry->own : entry->workspace);

  gh_cli_table_add (table,
                    entry->change != NULL ? "*" : " ",
                    entry->setting->id,
                    text,
                    describe_origin (entry),
                    NULL);
}

/* only: a setting, or NULL for all that a community may have for itself. */
static void
print_entries (const GhCli *cli,
               GhWorkspace *workspace,
               const GhCommunityRecord *community,
               const GhSetting *only)
{
  GhCliTable *table = gh_cli_table_new (4);
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      Entry entry;

      if (setting->scope != GH_SCOPE_COMMUNITY || (only != NULL && only != setting))
        continue;
      read_entry (&entry, workspace, community, setting);
      if (cli->json)
        json_object_set_object_member (object, setting->id, describe_entry (&entry));
      else
        add_row (table, &entry);
    }
  if (cli->json)
    gh_cli_print_object (json_object_ref (object));
  json_object_unref (object);
  gh_cli_table_print (table);
}

/* GH_POLICY_ERROR_UNKNOWN_FIELD or G_OPTION_ERROR when a community cannot have it. */
static const GhSetting *
find_setting (const char *id, GError **error)
{
  const GhSetting *setting = gh_cli_find_setting (id, error);

  if (setting == NULL || setting->scope == GH_SCOPE_COMMUNITY)
    return setting;

  g_set_error (error,
               G_OPTION_ERROR,
               G_OPTION_ERROR_BAD_VALUE,
               _ ("“%s” is a setting of the whole workspace: a community cannot have a value of "
                  "its own."),
               id);
  return NULL;
}

static GhCliStatus
run_show (GhCli *cli, char **arguments)
{
  const GhCommunityRecord *community = NULL;
  const GhSetting *only = NULL;
  GhWorkspace *workspace;
  GError *error = NULL;

  if (arguments[2] != NULL && (only = find_setting (arguments[2], &error)) == NULL)
    return gh_cli_fail (error);

  workspace = gh_cli_community_open (cli, arguments[0], !local, &error);
  if (workspace != NULL)
    community = gh_workspace_find_community (workspace, arguments[1], &error);
  if (community == NULL)
    return gh_cli_fail (error);

  print_entries (cli, workspace, community, only);
  return GH_CLI_DONE;
}

/* NULL drafts that it is inherited. */
static gboolean
draft (GhCli *cli,
       GhWorkspace *workspace,
       const char *community,
       const GhSetting *setting,
       GVariant *value,
       GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_workspace_draft_community_async (
    workspace, community, setting, value, cli->cancellable, gh_cli_ready, &result);
  return gh_workspace_draft_community_finish (workspace, gh_cli_wait (&result), error);
}

static guint
count_drafted (GhWorkspace *workspace, const char *id)
{
  const GhCommunityRecord *community = gh_workspace_find_community (workspace, id, NULL);

  return community != NULL ? community->changes->len : 0;
}

static GhCliStatus
tell_drafted (GhWorkspace *workspace, const char *id)
{
  guint n = count_drafted (workspace, id);

  gh_cli_print_line (ngettext ("%u value is drafted.", "%u values are drafted.", n), n);
  return GH_CLI_DONE;
}

static GhCliStatus
run_set (GhCli *cli, char **arguments)
{
  g_autoptr (GPtrArray) assignments = gh_cli_assignments_new ();
  GhWorkspace *workspace;
  GError *error = NULL;

  if (!gh_cli_assignments_parse (assignments, arguments + 2, &error))
    return gh_cli_fail (error);
  for (guint i = 0; i < assignments->len; i++)
    if (find_setting (((GhCliAssignment *) assignments->pdata[i])->setting->id, &error) == NULL)
      return gh_cli_fail (error);

  workspace = gh_cli_community_open (cli, arguments[0], FALSE, &error);
  if (workspace == NULL || gh_workspace_find_community (workspace, arguments[1], &error) == NULL)
    return gh_cli_fail (error);

  for (guint i = 0; i < assignments->len; i++)
    {
      const GhCliAssignment *assignment = assignments->pdata[i];

      if (!draft (cli, workspace, arguments[1], assignment->setting, assignment->value, &error))
        return gh_cli_fail (error);
    }
  return tell_drafted (workspace, arguments[1]);
}

static gboolean
is_named (char **fields, const GhSetting *setting)
{
  return fields[0] == NULL || g_strv_contains ((const char *const *) fields, setting->id);
}

static gboolean
check_fields (char **fields, GError **error)
{
  for (guint i = 0; fields[i] != NULL; i++)
    if (find_setting (fields[i], error) == NULL)
      return FALSE;

  return TRUE;
}

/* Of all where none is named, each that is an own value now or would be. */
static GhCliStatus
run_reset (GhCli *cli, char **arguments)
{
  GhWorkspace *workspace;
  GError *error = NULL;

  if (!check_fields (arguments + 2, &error))
    return gh_cli_fail (error);
  workspace = gh_cli_community_open (cli, arguments[0], FALSE, &error);
  if (workspace == NULL || gh_workspace_find_community (workspace, arguments[1], &error) == NULL)
    return gh_cli_fail (error);

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      if (setting->scope == GH_SCOPE_COMMUNITY && is_named (arguments + 2, setting)
          && !draft (cli, workspace, arguments[1], setting, NULL, &error))
        return gh_cli_fail (error);
    }
  return tell_drafted (workspace, arguments[1]);
}

static gboolean
revert (GhCli *cli,
        GhWorkspace *workspace,
        const char *community,
        const GhSetting *setting,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_workspace_revert_community_async (
    workspace, community, setting, cli->cancellable, gh_cli_ready, &result);
  return gh_workspace_revert_community_finish (workspace, gh_cli_wait (&result), error);
}

static GhCliStatus
run_revert (GhCli *cli, char **arguments)
{
  GhWorkspace *workspace;
  GError *error = NULL;
  guint n_before;

  if (!check_fields (arguments + 2, &error))
    return gh_cli_fail (error);
  workspace = gh_cli_community_open (cli, arguments[0], FALSE, &error);
  if (workspace == NULL || gh_workspace_find_community (workspace, arguments[1], &error) == NULL)
    return gh_cli_fail (error);

  n_before = count_drafted (workspace, arguments[1]);
  if (arguments[2] == NULL && !revert (cli, workspace, arguments[1], NULL, &error))
    return gh_cli_fail (error);
  for (guint i = 2; arguments[i] != NULL; i++)
    if (!revert (cli, workspace, arguments[1], gh_settings_lookup (arguments[i]), &error))
      return gh_cli_fail (error);

  return count_drafted (workspace, arguments[1]) < n_before ? GH_CLI_DONE : GH_CLI_NOTHING;
}

const GhCliCommand gh_cli_community_commands[] = {
  { "community list",
    "WORKSPACE",
    N_ ("List the communities of a workspace"),
    1,
    1,
    GH_CLI_READS | GH_CLI_NETWORKS,
    reading_options,
    run_list },
  { "community show",
    "WORKSPACE COMMUNITY [FIELD]",
    N_ ("Show what a community has for itself and what it inherits"),
    2,
    3,
    GH_CLI_READS | GH_CLI_NETWORKS,
    reading_options,
    run_show },
  { "community set",
    "WORKSPACE COMMUNITY FIELD=VALUE…",
    N_ ("Draft values of a community's own"),
    3,
    G_MAXUINT,
    GH_CLI_PLAIN,
    NULL,
    run_set },
  { "community reset",
    "WORKSPACE COMMUNITY [FIELD…]",
    N_ ("Draft that values are inherited again, all if no field is named"),
    2,
    G_MAXUINT,
    GH_CLI_PLAIN,
    NULL,
    run_reset },
  { "community revert",
    "WORKSPACE COMMUNITY [FIELD…]",
    N_ ("Drop what is drafted for a community, all if no field is named"),
    2,
    G_MAXUINT,
    GH_CLI_PLAIN,
    NULL,
    run_revert },
  { NULL },
};
