/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings as commands print them. */

#include "gh-cli-findings.h"

static JsonObject *
describe_mend (const GhFinding *finding)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < finding->mend->len; i++)
    {
      const GhMend *mend = finding->mend->pdata[i];

      gh_cli_add_value (object, mend->setting->id, mend->setting, mend->value);
    }

  return object;
}

static JsonObject *
describe (const GhFinding *finding)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", finding->id);
  json_object_set_string_member (object, "severity", gh_severity_to_string (finding->severity));
  gh_cli_add_string (object, "header", finding->header);
  gh_cli_add_strings (object, "fields", finding->fields);
  json_object_set_string_member (object, "message", finding->message);
  gh_cli_add_string (object, "explanation", finding->explanation);
  gh_cli_add_string (object, "source", finding->source);
  if (finding->mend != NULL)
    json_object_set_object_member (object, "mend", describe_mend (finding));
  else
    json_object_set_null_member (object, "mend");

  return object;
}

JsonArray *
gh_cli_findings_to_json (GPtrArray *findings)
{
  JsonArray *array = json_array_sized_new (findings->len);

  for (guint i = 0; i < findings->len; i++)
    json_array_add_object_element (array, describe (findings->pdata[i]));

  return array;
}

void
gh_cli_findings_print (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const GhFinding *finding = findings->pdata[i];

      gh_cli_print_line (
        "%s %s: %s", gh_severity_to_string (finding->severity), finding->id, finding->message);
      if (finding->explanation != NULL)
        gh_cli_print_line ("    %s", finding->explanation);
    }
}

gboolean
gh_cli_findings_warn (GPtrArray *findings, const char *about)
{
  gboolean has_errors = FALSE;

  for (guint i = 0; i < findings->len; i++)
    {
      const GhFinding *finding = findings->pdata[i];

      has_errors = has_errors || finding->severity == GH_SEVERITY_ERROR;
      if (finding->severity >= GH_SEVERITY_CONFIRM)
        gh_cli_say ("%s%s%s %s: %s",
                    about != NULL ? about : "",
                    about != NULL ? ": " : "",
                    gh_severity_to_string (finding->severity),
                    finding->id,
                    finding->message);
    }

  return has_errors;
}
