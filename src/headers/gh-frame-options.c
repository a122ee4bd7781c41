/* SPDX-License-Identifier: GPL-3.0-or-later */

/* X-Frame-Options: reading and writing. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-directive-list.h"
#include "gh-frame-options.h"

static const struct
{
  const char *name;
  const char *text;
} values[] = {
  [GH_FRAME_OPTIONS_DENY] = { "deny", "DENY" },
  [GH_FRAME_OPTIONS_SAMEORIGIN] = { "sameorigin", "SAMEORIGIN" },
  [GH_FRAME_OPTIONS_ALLOWALL] = { "allowall", NULL },
};

static GhFrameOptions
read_value (const GhDirective *directive, GArray *diagnostics)
{
  for (guint i = GH_FRAME_OPTIONS_DENY; i < G_N_ELEMENTS (values); i++)
    if (strcmp (directive->name, values[i].name) == 0
        && directive->length == directive->name_length)
      return i;

  if (strcmp (directive->name, "allow-from") == 0)
    gh_diagnostics_add (diagnostics,
                        "allow-from",
                        GH_SEVERITY_HIGH,
                        directive->offset,
                        directive->length,
                        N_ ("Browsers ignore “%s”: frame-ancestors in the Content-Security-Policy "
                            "is what names allowed sites."));
  else
    gh_diagnostics_add (diagnostics,
                        "value",
                        GH_SEVERITY_ERROR,
                        directive->offset,
                        directive->length,
                        N_ ("Browsers ignore “%s”: the values are DENY and SAMEORIGIN."));

  return GH_FRAME_OPTIONS_NONE;
}

/* HTML standard, section 7.7: one value that is repeated counts once; several that
 * differ, one of which is known, refuse all framing. */
GhFrameOptions
gh_frame_options_parse (const char *text, gssize length, GArray *diagnostics)
{
  g_autoptr (GhDirectiveList) list = gh_directive_list_parse (text, length, ',', NULL);
  guint n_directives = gh_directive_list_get_n_directives (list);
  GhFrameOptions options = GH_FRAME_OPTIONS_NONE;
  gboolean known = FALSE;
  gboolean differ = FALSE;

  for (guint i = 0; i < n_directives; i++)
    {
      GhFrameOptions value = read_value (gh_directive_list_get_nth (list, i), diagnostics);

      known = known || value != GH_FRAME_OPTIONS_NONE;
      differ = differ || (i > 0 && value != options);
      options = value;
    }

  if (!differ || !known)
    return options;

  gh_diagnostics_add (diagnostics,
                      "conflict",
                      GH_SEVERITY_WARNING,
                      0,
                      length < 0 ? strlen (text) : (gsize) length,
                      N_ ("The values “%s” contradict each other, so all framing is refused."));
  return GH_FRAME_OPTIONS_CONFLICT;
}

const char *
gh_frame_options_to_text (GhFrameOptions options)
{
  return options < G_N_ELEMENTS (values) ? values[options].text : NULL;
}
