/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Public-Key-Pins: reading, writing, and what RFC 7469 asks of a pin. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-directive-list.h"
#include "gh-public-key-pins.h"

#define PIN_LENGTH 44 /* base64 of the 32 bytes of SHA-256 */
#define PIN_BYTES 32

static const GhDirectiveRule rules[] = {
  { "pin-sha256", GH_DIRECTIVE_REPEATABLE },
  { "max-age", GH_DIRECTIVE_SECONDS },
  { "includesubdomains", GH_DIRECTIVE_BARE },
  { "report-uri", GH_DIRECTIVE_TEXT },
};

gboolean
gh_public_key_pin_is_valid (const char *pin)
{
  g_autofree guchar *bytes = NULL;
  gsize length = 0;

  if (strlen (pin) != PIN_LENGTH || pin[PIN_LENGTH - 1] != '=')
    return FALSE;

  for (guint i = 0; i < PIN_LENGTH - 1; i++)
    if (!g_ascii_isalnum (pin[i]) && pin[i] != '+' && pin[i] != '/')
      return FALSE;

  bytes = g_base64_decode (pin, &length);
  return length == PIN_BYTES;
}

static void
check_pins (const GhDirectiveList *list, GhPublicKeyPins *pins, GArray *diagnostics)
{
  for (guint i = 0; i < gh_directive_list_get_n_directives (list); i++)
    {
      const GhDirective *directive = gh_directive_list_get_nth (list, i);

      if (strcmp (directive->name, "pin-sha256") != 0 || !directive->value)
        continue;

      g_ptr_array_add (pins->pins, g_strdup (directive->value));
      if (!gh_public_key_pin_is_valid (directive->value))
        gh_diagnostics_add (diagnostics,
                            "pin",
                            GH_SEVERITY_ERROR,
                            directive->value_offset,
                            directive->value_length,
                            N_ ("“%s” is not the base64 form of a SHA-256 digest."));
      else if (!directive->quoted)
        gh_diagnostics_add (diagnostics,
                            "pin-not-quoted",
                            GH_SEVERITY_ERROR,
                            directive->value_offset,
                            directive->value_length,
                            N_ ("The pin “%s” has to stand in double quotes."));
    }

  if (pins->pins->len < 2)
    gh_diagnostics_add (diagnostics,
                        "backup-pin",
                        GH_SEVERITY_ERROR,
                        0,
                        0,
                        N_ ("At least two pins are needed: one in use and one kept as a backup."));
}

GhPublicKeyPins *
gh_public_key_pins_parse (const char *text, gssize length, GArray *diagnostics)
{
  g_autoptr (GhDirectiveList) list = gh_directive_list_parse (text, length, ';', diagnostics);
  GhPublicKeyPins *pins = g_new0 (GhPublicKeyPins, 1);
  const GhDirective *directive;

  gh_directive_list_check (list, rules, G_N_ELEMENTS (rules), diagnostics);
  pins->pins = g_ptr_array_new_with_free_func (g_free);
  check_pins (list, pins, diagnostics);
  pins->max_age = gh_directive_list_get_seconds (list, "max-age", diagnostics);
  directive = gh_directive_list_lookup (list, "includesubdomains");
  pins->include_subdomains = directive && !directive->value;
  directive = gh_directive_list_lookup (list, "report-uri");
  pins->report_uri = g_strdup (directive ? directive->value : NULL);
  return pins;
}

void
gh_public_key_pins_free (GhPublicKeyPins *pins)
{
  g_clear_pointer (&pins->pins, g_ptr_array_unref);
  g_free (pins->report_uri);
  g_free (pins);
}

static void
append_quoted (GString *text, const char *name, const char *value)
{
  g_autofree char *quoted = gh_quoted_string (value);

  g_string_append_printf (text, "%s=%s", name, quoted);
}

char *
gh_public_key_pins_to_text (const char *const *pins,
                            gint64 max_age,
                            gboolean include_subdomains,
                            const char *report_uri)
{
  GString *text = g_string_new (NULL);

  for (; *pins; pins++)
    {
      append_quoted (text, "pin-sha256", *pins);
      g_string_append (text, "; ");
    }

  g_string_append_printf (text, "max-age=%" G_GINT64_FORMAT, max_age);
  if (include_subdomains)
    g_string_append (text, "; includeSubDomains");
  if (report_uri && *report_uri != '\0')
    {
      g_string_append (text, "; ");
      append_quoted (text, "report-uri", report_uri);
    }

  return g_string_free (text, FALSE);
}
