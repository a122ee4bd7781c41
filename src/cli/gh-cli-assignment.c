/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FIELD=VALUE as a command line has it. */

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-cli-assignment.h"
#include "gh-policy-error.h"
#include "gh-value-type.h"

const GhSetting *
gh_cli_find_setting (const char *id, GError **error)
{
  const GhSetting *setting = gh_settings_lookup (id);

  if (setting == NULL)
    g_set_error (error,
                 GH_POLICY_ERROR,
                 GH_POLICY_ERROR_UNKNOWN_FIELD,
                 _ ("There is no setting “%s”. Look for it with: gatehousectl settings WORD"),
                 id);

  return setting;
}

GPtrArray *
gh_cli_assignments_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) gh_cli_assignment_free);
}

GhCliAssignment *
gh_cli_assignment_split (const char *argument, GError **error)
{
  const char *equals = strchr (argument, '=');
  g_autofree char *id = NULL;
  const GhSetting *setting;
  GhCliAssignment *assignment;

  if (equals == NULL)
    {
      g_set_error (error,
                   G_OPTION_ERROR,
                   G_OPTION_ERROR_BAD_VALUE,
                   _ ("“%s” is not of the form FIELD=VALUE."),
                   argument);
      return NULL;
    }

  id = g_strndup (argument, (gsize) (equals - argument));
  setting = gh_cli_find_setting (id, error);
  if (setting == NULL)
    return NULL;

  assignment = g_new0 (GhCliAssignment, 1);
  assignment->setting = setting;
  assignment->text = g_strdup (equals + 1);
  return assignment;
}

gboolean
gh_cli_assignment_read (GhCliAssignment *assignment, GError **error)
{
  const GhSetting *setting = assignment->setting;
  g_autoptr (GVariant) value = NULL;

  if (!g_utf8_validate (assignment->text, -1, NULL))
    {
      g_set_error (error,
                   GH_POLICY_ERROR,
                   GH_POLICY_ERROR_FORMAT,
                   _ ("%s: the value is not UTF-8 text."),
                   setting->id);
      return FALSE;
    }

  value = gh_value_from_text (setting, assignment->text, error);
  if (value == NULL || !gh_value_check (setting, value, error))
    {
      g_prefix_error (error, "%s: ", setting->id);
      return FALSE;
    }

  assignment->value = g_steal_pointer (&value);
  return TRUE;
}

void
gh_cli_assignment_free (GhCliAssignment *assignment)
{
  g_clear_pointer (&assignment->value, g_variant_unref);
  g_free (assignment->text);
  g_free (assignment);
}

gboolean
gh_cli_assignments_parse (GPtrArray *assignments, char **arguments, GError **error)
{
  for (guint i = 0; arguments[i] != NULL; i++)
    {
      g_autoptr (GhCliAssignment) assignment = gh_cli_assignment_split (arguments[i], error);

      if (assignment == NULL || !gh_cli_assignment_read (assignment, error))
        return FALSE;
      g_ptr_array_add (assignments, g_steal_pointer (&assignment));
    }

  return TRUE;
}
