/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settings: the catalogue. */

#include <glib/gi18n-lib.h>

#include "gh-cli-commands.h"
#include "gh-cli-output.h"
#include "gh-value-type.h"

static JsonArray *
make_choices (const GhSetting *setting)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < setting->n_choices; i++)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", setting->choices[i].id);
      json_object_set_string_member (object, "title", _ (setting->choices[i].title));
      json_array_add_object_element (array, object);
    }

  return array;
}

/* null where the type has no bounds: a switch, a choice. */
static void
add_bounds (JsonObject *object, const GhSetting *setting)
{
  if (setting->maximum == 0)
    {
      json_object_set_null_member (object, "minimum");
      json_object_set_null_member (object, "maximum");
      return;
    }

  json_object_set_int_member (object, "minimum", setting->minimum);
  json_object_set_int_member (object, "maximum", setting->maximum);
}

static JsonObject *
describe (const GhSetting *setting)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "number", setting->number);
  json_object_set_string_member (object, "id", setting->id);
  json_object_set_string_member (object, "group", setting->group);
  json_object_set_string_member (object, "title", gh_setting_get_title (setting));
  json_object_set_string_member (object, "help", gh_setting_get_help (setting));
  json_object_set_string_member (object, "type", setting->type->id);
  json_object_set_string_member (object, "unit", setting->unit);
  add_bounds (object, setting);
  json_object_set_array_member (object, "choices", make_choices (setting));
  gh_cli_add_value (object, "default", setting, gh_setting_get_default (setting));
  gh_cli_add_string (object, "zero", setting->zero == NULL ? NULL : _ (setting->zero));
  json_object_set_string_member (
    object, "scope", setting->scope == GH_SCOPE_COMMUNITY ? "community" : "workspace");
  gh_cli_add_string (
    object, "recommended", setting->recommended == NULL ? NULL : _ (setting->recommended));
  gh_cli_add_string (object, "source", setting->source);
  gh_cli_add_string (object, "parent", setting->parent);

  return object;
}

static void
add_row (GhCliTable *table, const GhSetting *setting)
{
  g_autofree char *text = gh_cli_dup_value_text (setting, gh_setting_get_default (setting));
  g_autofree char *value
    = *setting->unit == '\0' ? g_strdup (text) : g_strdup_printf ("%s %s", text, setting->unit);

  gh_cli_table_add (
    table, setting->id, setting->type->id, gh_setting_get_title (setting), value, NULL);
}

static void
print (GPtrArray *settings, gboolean json)
{
  JsonArray *array = json_array_new ();
  GhCliTable *table = gh_cli_table_new (4);

  for (guint i = 0; i < settings->len; i++)
    if (json)
      json_array_add_object_element (array, describe (settings->pdata[i]));
    else
      add_row (table, settings->pdata[i]);

  if (json)
    gh_cli_print_array (json_array_ref (array));
  json_array_unref (array);
  gh_cli_table_print (table);
}

static GhCliStatus
run_settings (GhCli *cli, char **arguments)
{
  g_autoptr (GPtrArray) settings = g_ptr_array_new ();

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      if (arguments[0] == NULL || gh_setting_matches (setting, arguments[0]))
        g_ptr_array_add (settings, (gpointer) setting);
    }
  print (settings, cli->json);

  return settings->len > 0 ? GH_CLI_DONE : GH_CLI_NOTHING;
}

const GhCliCommand gh_cli_settings_commands[] = {
  { "settings",
    "[SEARCH]",
    N_ ("Show the catalogue of settings"),
    0,
    1,
    GH_CLI_READS,
    NULL,
    run_settings },
  { NULL },
};
