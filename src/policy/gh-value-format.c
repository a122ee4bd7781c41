/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The formats of strings, texts and list items. */

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-policy-error.h"
#include "gh-value-format.h"
#include "gh-value-private.h"

#define SHA256_BYTES 32
#define KEY_PIN_CHARACTERS 44
#define FILE_EXTENSION_CHARACTERS 16

/* Characters before a place in the text, counted as people do, from 1. */
static glong
position_of (const char *text, const char *place)
{
  return g_utf8_pointer_to_offset (text, place) + 1;
}

static gboolean
check_prose (const GhSetting *setting, const char *text, GError **error)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) && c != '\n' && c != '\t')
        {
          g_set_error (error,
                       GH_POLICY_ERROR,
                       GH_POLICY_ERROR_FORMAT,
                       _ ("Character %ld of “%s” is a control character; remove it"),
                       position_of (text, p),
                       gh_setting_get_title (setting));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_header_value (const GhSetting *setting, const char *text, GError **error)
{
  const char *title = gh_setting_get_title (setting);
  const char *p = text;

  while (*p >= 0x20 && *p < 0x7f)
    p++;

  if (*p == '\0')
    return TRUE;

  if (*p == '\n' || *p == '\r')
    g_set_error (error,
                 GH_POLICY_ERROR,
                 GH_POLICY_ERROR_FORMAT,
                 _ ("Character %ld of “%s” is a line break, and a header is one line; "
                    "put everything on one line"),
                 position_of (text, p),
                 title);
  else if ((guchar) *p >= 0x80)
    g_set_error (error,
                 GH_POLICY_ERROR,
                 GH_POLICY_ERROR_FORMAT,
                 _ ("Character %ld of “%s” is not plain ASCII, which is all a header can carry; "
                    "write it percent-encoded, or a domain name as Punycode"),
                 position_of (text, p),
                 title);
  else
    g_set_error (error,
                 GH_POLICY_ERROR,
                 GH_POLICY_ERROR_FORMAT,
                 _ ("Character %ld of “%s” is a control character; remove it"),
                 position_of (text, p),
                 title);

  return FALSE;
}

static gboolean
check_web_address (const GhSetting *setting, const char *text, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *quoted = NULL;

  if (!check_header_value (setting, text, error))
    return FALSE;

  if (strpbrk (text, " \"<>\\^`{|}") == NULL)
    uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  if (uri != NULL && g_uri_get_host (uri) != NULL && g_uri_get_host (uri)[0] != '\0'
      && (g_str_equal (g_uri_get_scheme (uri), "https")
          || g_str_equal (g_uri_get_scheme (uri), "http")))
    return TRUE;

  quoted = gh_value_dup_quoted (text);
  g_set_error (error,
               GH_POLICY_ERROR,
               GH_POLICY_ERROR_FORMAT,
               _ ("“%s” takes a whole address such as https://reports.example/csp, "
                  "and %s is not one"),
               gh_setting_get_title (setting),
               quoted);
  return FALSE;
}

static gboolean
check_measurement_id (const GhSetting *setting, const char *text, GError **error)
{
  gsize length = strlen (text);
  gsize tail = strspn (text + MIN (length, 2), G_CSET_A_2_Z G_CSET_DIGITS);
  g_autofree char *quoted = NULL;

  if (g_str_has_prefix (text, "G-") && tail == length - 2 && tail >= 4 && tail <= 16)
    return TRUE;

  quoted = gh_value_dup_quoted (text);
  g_set_error (error,
               GH_POLICY_ERROR,
               GH_POLICY_ERROR_FORMAT,
               _ ("“%s” takes G- and 4 to 16 capital letters or digits, such as "
                  "G-AB12CD34EF, and %s is not that"),
               gh_setting_get_title (setting),
               quoted);
  return FALSE;
}

/* g_base64_decode skips what it does not know, so encoding again must give the text back. */
static gboolean
check_key_pin (const GhSetting *setting, const char *text, GError **error)
{
  g_autofree char *quoted = NULL;

  if (strlen (text) == KEY_PIN_CHARACTERS)
    {
      gsize length = 0;
      g_autofree guchar *bytes = g_base64_decode (text, &length);
      g_autofree char *again = g_base64_encode (bytes, length);

      if (length == SHA256_BYTES && g_str_equal (again, text))
        return TRUE;
    }

  quoted = gh_value_dup_quoted (text);
  g_set_error (error,
               GH_POLICY_ERROR,
               GH_POLICY_ERROR_FORMAT,
               _ ("“%s” takes SHA-256 fingerprints in base64, 44 characters ending in =, "
                  "and %s is not one"),
               gh_setting_get_title (setting),
               quoted);
  return FALSE;
}

static gboolean
check_file_extension (const GhSetting *setting, const char *text, GError **error)
{
  gsize length = strspn (text, G_CSET_a_2_z G_CSET_DIGITS);
  g_autofree char *quoted = NULL;

  if (text[length] == '\0' && length >= 1 && length <= FILE_EXTENSION_CHARACTERS)
    return TRUE;

  quoted = gh_value_dup_quoted (text);
  g_set_error (error,
               GH_POLICY_ERROR,
               GH_POLICY_ERROR_FORMAT,
               _ ("“%s” takes file extensions of 1 to 16 small letters or digits without "
                  "a dot, such as pdf, and %s is not one"),
               gh_setting_get_title (setting),
               quoted);
  return FALSE;
}

static char *
tidy_file_extension (const char *text)
{
  return g_ascii_strdown (text[0] == '.' ? text + 1 : text, -1);
}

const GhFormat gh_format_prose = {
  .id = "prose",
  .pattern = "^[^\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]*$",
  .check = check_prose,
};

const GhFormat gh_format_header_value = {
  .id = "header-value",
  .pattern = "^[ -~]*$",
  .check = check_header_value,
};

const GhFormat gh_format_web_address = {
  .id = "web-address",
  .pattern = "^[Hh][Tt][Tt][Pp][Ss]?://[!-~]+$",
  .check = check_web_address,
};

const GhFormat gh_format_measurement_id = {
  .id = "measurement-id",
  .pattern = "^G-[A-Z0-9]{4,16}$",
  .check = check_measurement_id,
};

const GhFormat gh_format_key_pin = {
  .id = "key-pin",
  .pattern = "^[A-Za-z0-9+/]{43}=$",
  .check = check_key_pin,
};

const GhFormat gh_format_file_extension = {
  .id = "file-extension",
  .pattern = "^[a-z0-9]{1,16}$",
  .check = check_file_extension,
  .tidy = tidy_file_extension,
};
