/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing a header set in the languages of servers. A header value holds printable ASCII
 * only (gh_header_value_is_safe()), so a line is never broken; what is left is what each
 * language does to quotes, backslashes, variables and placeholders. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-export.h"

typedef struct
{
  char character;
  const char *text;
} Escape;

typedef struct
{
  const char *id;
  const char *title; /* N_() */
  void (*write) (GString *text, const GhHeaderSet *set);
} Format;

/* Beyond 4,096 bytes nginx refuses a word of its configuration. */
#define NGINX_LONGEST 2000

static void
append_escaped (GString *text, const char *value, gsize length, const Escape *escapes)
{
  for (gsize i = 0; i < length; i++)
    {
      const Escape *escape = escapes;

      while (escape->text && escape->character != value[i])
        escape++;
      if (escape->text)
        g_string_append (text, escape->text);
      else
        g_string_append_c (text, value[i]);
    }
}

static void
write_http (GString *text, const GhHeaderSet *set)
{
  g_autofree char *lines = gh_header_set_to_text (set);

  g_string_append (text, lines);
}

/* ngx_conf_read_token: a backslash stands before a quote or a backslash. */
static void
append_nginx_word (GString *text, const char *value, gsize length)
{
  static const Escape escapes[] = { { '"', "\\\"" }, { '\\', "\\\\" }, { 0 } };

  g_string_append_c (text, '"');
  append_escaped (text, value, length, escapes);
  g_string_append_c (text, '"');
}

/* In add_header a "$" starts a variable and cannot be escaped, and a word cannot be long.
 * The words of a geo block are short and taken as they are, so such a value becomes
 * variables, put together again. Returns how many variables there are now. */
static guint
append_nginx_parts (GString *text, const GhHeader *header, guint n_variables)
{
  g_autoptr (GString) variables = g_string_new (NULL);
  gsize length = strlen (header->value);

  for (gsize start = 0; start < length; start += NGINX_LONGEST)
    {
      g_string_append_printf (text, "geo $gatehouse_%u { default ", ++n_variables);
      append_nginx_word (text, header->value + start, MIN (NGINX_LONGEST, length - start));
      g_string_append (text, "; }\n");
      g_string_append_printf (variables, "${gatehouse_%u}", n_variables);
    }

  g_string_append_printf (text, "add_header %s \"%s\" always;\n", header->name, variables->str);
  return n_variables;
}

static gboolean
needs_nginx_parts (const GhHeader *header)
{
  return strchr (header->value, '$') || strlen (header->value) > NGINX_LONGEST;
}

static void
write_nginx (GString *text, const GhHeaderSet *set)
{
  guint n_variables = 0;

  for (guint i = 0; i < gh_header_set_get_n_headers (set); i++)
    {
      const GhHeader *header = gh_header_set_get_nth (set, i);

      if (needs_nginx_parts (header))
        {
          if (n_variables == 0)
            g_string_append (text,
                             "# The geo blocks belong into the http block, above any server.\n");
          n_variables = append_nginx_parts (text, header, n_variables);
          continue;
        }

      g_string_append_printf (text, "add_header %s ", header->name);
      append_nginx_word (text, header->value, strlen (header->value));
      g_string_append (text, " always;\n");
    }
}

/* A backslash is taken away by the reader of the file and again by mod_headers, which
 * also reads %-formats. */
static void
append_apache_value (GString *text, const char *value)
{
  static const Escape escapes[] = { { '"', "\\\"" }, { '\\', "\\\\\\\\" }, { '%', "%%" }, { 0 } };
  const char *reference;

  while ((reference = strstr (value, "${")))
    {
      append_escaped (text, value, reference - value, escapes);
      g_string_append (text, "${gatehouse_dollar}");
      value = reference + 1;
    }

  append_escaped (text, value, strlen (value), escapes);
}

/* "${" would start a reference to a definition, and "expr=" an expression: the first is
 * hidden behind a definition, the second behind a letter that is taken off again. */
static void
write_apache (GString *text, const GhHeaderSet *set)
{
  gboolean defined = FALSE;

  for (guint i = 0; i < gh_header_set_get_n_headers (set); i++)
    {
      const GhHeader *header = gh_header_set_get_nth (set, i);
      gboolean expression = g_ascii_strncasecmp (header->value, "expr=", strlen ("expr=")) == 0;

      if (!defined && strstr (header->value, "${"))
        {
          g_string_append (text, "Define gatehouse_dollar $\n");
          defined = TRUE;
        }

      g_string_append_printf (
        text, "Header always set %s \"%s", header->name, expression ? "=" : "");
      append_apache_value (text, header->value);
      g_string_append (text, "\"\n");
      if (expression)
        g_string_append_printf (text, "Header always edit %s \"^=\" \"\"\n", header->name);
    }
}

/* Between backquotes all is literal; between double quotes a backslash counts before a
 * double quote only. Where there is an opening brace, braces make placeholders unless a
 * backslash stands before them. */
static void
append_caddy_value (GString *text, const char *value)
{
  static const Escape quote = { '"', "\\\"" };
  static const Escape braces[] = { { '{', "\\{" }, { '}', "\\}" } };
  gboolean backquoted = !strchr (value, '`');
  Escape escapes[4] = { { 0 } };
  guint n_escapes = 0;

  if (strchr (value, '{'))
    {
      escapes[n_escapes++] = braces[0];
      escapes[n_escapes++] = braces[1];
    }
  if (!backquoted)
    escapes[n_escapes] = quote;

  g_string_append_c (text, backquoted ? '`' : '"');
  append_escaped (text, value, strlen (value), escapes);
  g_string_append_c (text, backquoted ? '`' : '"');
}

/* What the Caddyfile has no way to write: "{$" is read before any quotes are. */
static gboolean
is_beyond_caddy (const char *value)
{
  return strstr (value, "{$")
         || (strchr (value, '`')
             && (strstr (value, "\\\"") || g_str_has_suffix (value, "\\")
                 || strstr (value, "\\\\")));
}

static void
write_caddy (GString *text, const GhHeaderSet *set)
{
  g_string_append (text, "header {\n");
  for (guint i = 0; i < gh_header_set_get_n_headers (set); i++)
    {
      const GhHeader *header = gh_header_set_get_nth (set, i);

      if (is_beyond_caddy (header->value))
        {
          g_string_append_printf (text, "\t# %s cannot be written in a Caddyfile\n", header->name);
          continue;
        }

      g_string_append_printf (text, "\t%s ", header->name);
      append_caddy_value (text, header->value);
      g_string_append_c (text, '\n');
    }
  g_string_append (text, "}\n");
}

/* Between single quotes HAProxy changes nothing; what is left is the log format, in
 * which "%" stands twice for itself. */
static void
write_haproxy (GString *text, const GhHeaderSet *set)
{
  static const Escape escapes[] = { { '\'', "'\\''" }, { '%', "%%" }, { 0 } };

  for (guint i = 0; i < gh_header_set_get_n_headers (set); i++)
    {
      const GhHeader *header = gh_header_set_get_nth (set, i);

      g_string_append_printf (text, "http-response set-header %s '", header->name);
      append_escaped (text, header->value, strlen (header->value), escapes);
      g_string_append (text, "'\n");
    }
}

static const char curl_script[]
  = "#!/bin/sh\n"
    "# Compares the headers that a URL answers with those that are expected.\n"
    "# Usage: sh THIS-FILE URL\n"
    "set -u\n"
    "url=${1:?the URL to ask}\n"
    "answer=$(curl --silent --show-error --max-time 30 --output /dev/null --dump-header - "
    "-- \"$url\") || exit 2\n"
    "status=0\n"
    "expect () {\n"
    "  if printf '%s\\n' \"$answer\" | tr -d '\\r' | NAME=$1 VALUE=$2 awk '\n"
    "    { colon = index ($0, \":\") }\n"
    "    colon && tolower (substr ($0, 1, colon - 1)) == tolower (ENVIRON[\"NAME\"]) {\n"
    "      value = substr ($0, colon + 1)\n"
    "      gsub (/^[ \\t]+|[ \\t]+$/, \"\", value)\n"
    "      if (value == ENVIRON[\"VALUE\"]) found = 1\n"
    "    }\n"
    "    END { exit !found }'\n"
    "  then\n"
    "    printf 'same      %s\\n' \"$1\"\n"
    "  else\n"
    "    printf 'different %s\\n' \"$1\"\n"
    "    status=1\n"
    "  fi\n"
    "}\n";

static void
write_curl (GString *text, const GhHeaderSet *set)
{
  static const Escape escapes[] = { { '\'', "'\\''" }, { 0 } };

  g_string_append (text, curl_script);
  for (guint i = 0; i < gh_header_set_get_n_headers (set); i++)
    {
      const GhHeader *header = gh_header_set_get_nth (set, i);

      g_string_append_printf (text, "expect %s '", header->name);
      append_escaped (text, header->value, strlen (header->value), escapes);
      g_string_append (text, "'\n");
    }
  g_string_append (text, "exit \"$status\"\n");
}

static void
write_json (GString *text, const GhHeaderSet *set)
{
  static const Escape escapes[] = { { '"', "\\\"" }, { '\\', "\\\\" }, { 0 } };

  g_string_append_c (text, '{');
  for (guint i = 0; i < gh_header_set_get_n_headers (set); i++)
    {
      const GhHeader *header = gh_header_set_get_nth (set, i);

      g_string_append_printf (text, "%s\n  \"%s\": \"", i > 0 ? "," : "", header->name);
      append_escaped (text, header->value, strlen (header->value), escapes);
      g_string_append_c (text, '"');
    }
  g_string_append (text, "\n}\n");
}

static const Format formats[] = {
  [GH_EXPORT_HTTP] = { "http", N_ ("HTTP"), write_http },
  [GH_EXPORT_NGINX] = { "nginx", N_ ("nginx"), write_nginx },
  [GH_EXPORT_APACHE] = { "apache", N_ ("Apache"), write_apache },
  [GH_EXPORT_CADDY] = { "caddy", N_ ("Caddy"), write_caddy },
  [GH_EXPORT_HAPROXY] = { "haproxy", N_ ("HAProxy"), write_haproxy },
  [GH_EXPORT_CURL] = { "curl", N_ ("curl"), write_curl },
  [GH_EXPORT_JSON] = { "json", N_ ("JSON"), write_json },
};

char *
gh_export (const GhHeaderSet *set, GhExportFormat format)
{
  GString *text;

  g_return_val_if_fail (format < GH_EXPORT_N_FORMATS, NULL);

  text = g_string_new (NULL);
  formats[format].write (text, set);
  return g_string_free (text, FALSE);
}

const char *
gh_export_format_get_id (GhExportFormat format)
{
  g_return_val_if_fail (format < GH_EXPORT_N_FORMATS, NULL);

  return formats[format].id;
}

const char *
gh_export_format_get_title (GhExportFormat format)
{
  g_return_val_if_fail (format < GH_EXPORT_N_FORMATS, NULL);

  return _ (formats[format].title);
}

gboolean
gh_export_format_from_id (const char *id, GhExportFormat *format)
{
  for (guint i = 0; i < GH_EXPORT_N_FORMATS; i++)
    if (strcmp (formats[i].id, id) == 0)
      {
        *format = i;
        return TRUE;
      }

  return FALSE;
}
