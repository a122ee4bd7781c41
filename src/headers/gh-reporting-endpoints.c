/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reporting-Endpoints: reading, and whether browsers would send anything there. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-reporting-endpoints.h"

static gboolean
is_secure_address (const GhBareItem *value)
{
  return value->type == GH_BARE_STRING
         && (g_ascii_strncasecmp (value->text, "https://", strlen ("https://")) == 0
             || value->text[0] == '/');
}

static void
check_endpoint (const GhStructuredMember *member, GArray *diagnostics)
{
  if (member->is_inner_list || member->item.value.type != GH_BARE_STRING)
    gh_diagnostics_add (diagnostics,
                        "endpoint",
                        GH_SEVERITY_ERROR,
                        member->offset,
                        member->length,
                        N_ ("“%s” is ignored: an endpoint is a name, “=” and an address in double "
                            "quotes."));
  else if (!is_secure_address (&member->item.value))
    gh_diagnostics_add (diagnostics,
                        "endpoint-not-secure",
                        GH_SEVERITY_ERROR,
                        member->offset,
                        member->length,
                        N_ ("“%s” is ignored: reports are sent to https addresses only."));
}

GhStructuredField *
gh_reporting_endpoints_parse (const char *text, gssize length, GArray *diagnostics)
{
  GhStructuredField *endpoints
    = gh_structured_field_parse (GH_STRUCTURED_DICTIONARY, text, length, diagnostics);

  if (endpoints)
    for (guint i = 0; i < gh_structured_field_get_n_members (endpoints); i++)
      check_endpoint (gh_structured_field_get_member (endpoints, i), diagnostics);

  return endpoints;
}

const char *
gh_reporting_endpoints_lookup (const GhStructuredField *endpoints, const char *name)
{
  const GhStructuredMember *member = gh_structured_field_lookup (endpoints, name);

  if (!member || member->is_inner_list || !is_secure_address (&member->item.value))
    return NULL;

  return member->item.value.text;
}
