/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Exports, to the byte, of tame and of hostile values. That servers read them as they
 * are meant is seen in tests/browser/servers.py. */

#include <json-glib/json-glib.h>
#include <string.h>

#include "gh-export.h"

#define HOSTILE "a\"b\\c$d${HOME}%e%{f}g'h`i\\n{j}#;k"

static GhHeaderSet *
make_set (const char *policy_text)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  static const char *const off[] = {
    "strict-transport-security",  "content-type-options",         "permissions-policy",
    "cross-origin-opener-policy", "cross-origin-resource-policy",
  };

  for (guint i = 0; i < G_N_ELEMENTS (off); i++)
    gh_policy_set (policy, gh_settings_lookup (off[i]), g_variant_new_boolean (FALSE));
  gh_policy_set (
    policy, gh_settings_lookup ("content-security-policy"), g_variant_new_boolean (TRUE));
  gh_policy_set (policy,
                 gh_settings_lookup ("content-security-policy.policy"),
                 g_variant_new_string (policy_text));
  return gh_header_set_new (policy);
}

static void
test_formats (void)
{
  static const struct
  {
    GhExportFormat format;
    const char *tame;
    const char *hostile;
  } cases[] = {
    { GH_EXPORT_HTTP,
      "Referrer-Policy: strict-origin-when-cross-origin\n"
      "Content-Security-Policy: default-src 'self'\n",
      "Referrer-Policy: strict-origin-when-cross-origin\n"
      "Content-Security-Policy: " HOSTILE "\n" },
    { GH_EXPORT_NGINX,
      "add_header Referrer-Policy \"strict-origin-when-cross-origin\" always;\n"
      "add_header Content-Security-Policy \"default-src 'self'\" always;\n",
      "add_header Referrer-Policy \"strict-origin-when-cross-origin\" always;\n"
      "# The geo blocks belong into the http block, above any server.\n"
      "geo $gatehouse_1 { default \"a\\\"b\\\\c$d${HOME}%e%{f}g'h`i\\\\n{j}#;k\"; }\n"
      "add_header Content-Security-Policy \"${gatehouse_1}\" always;\n" },
    { GH_EXPORT_APACHE,
      "Header always set Referrer-Policy \"strict-origin-when-cross-origin\"\n"
      "Header always set Content-Security-Policy \"default-src 'self'\"\n",
      "Header always set Referrer-Policy \"strict-origin-when-cross-origin\"\n"
      "Define gatehouse_dollar $\n"
      "Header always set Content-Security-Policy "
      "\"a\\\"b\\\\\\\\c$d${gatehouse_dollar}{HOME}%%e%%{f}g'h`i\\\\\\\\n{j}#;k\"\n" },
    { GH_EXPORT_CADDY,
      "header {\n"
      "\tReferrer-Policy `strict-origin-when-cross-origin`\n"
      "\tContent-Security-Policy `default-src 'self'`\n"
      "}\n",
      "header {\n"
      "\tReferrer-Policy `strict-origin-when-cross-origin`\n"
      "\tContent-Security-Policy "
      "\"a\\\"b\\c$d$\\{HOME\\}%e%\\{f\\}g'h`i\\n\\{j\\}#;k\"\n"
      "}\n" },
    { GH_EXPORT_HAPROXY,
      "http-response set-header Referrer-Policy 'strict-origin-when-cross-origin'\n"
      "http-response set-header Content-Security-Policy 'default-src '\\''self'\\'''\n",
      "http-response set-header Referrer-Policy 'strict-origin-when-cross-origin'\n"
      "http-response set-header Content-Security-Policy "
      "'a\"b\\c$d${HOME}%%e%%{f}g'\\''h`i\\n{j}#;k'\n" },
    { GH_EXPORT_JSON,
      "{\n  \"Referrer-Policy\": \"strict-origin-when-cross-origin\",\n"
      "  \"Content-Security-Policy\": \"default-src 'self'\"\n}\n",
      "{\n  \"Referrer-Policy\": \"strict-origin-when-cross-origin\",\n"
      "  \"Content-Security-Policy\": \"a\\\"b\\\\c$d${HOME}%e%{f}g'h`i\\\\n{j}#;k\"\n}\n" },
  };
  g_autoptr (GhHeaderSet) tame = make_set ("default-src 'self'");
  g_autoptr (GhHeaderSet) hostile = make_set (HOSTILE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *tame_text = gh_export (tame, cases[i].format);
      g_autofree char *hostile_text = gh_export (hostile, cases[i].format);

      g_assert_cmpstr (tame_text, ==, cases[i].tame);
      g_assert_cmpstr (hostile_text, ==, cases[i].hostile);
    }
}

static void
test_special (void)
{
  g_autoptr (GhHeaderSet) expression = make_set ("expr=%{ENV:HOME}");
  g_autoptr (GhHeaderSet) placeholder = make_set ("a{$HOME}");
  g_autofree char *apache = gh_export (expression, GH_EXPORT_APACHE);
  g_autofree char *caddy = gh_export (placeholder, GH_EXPORT_CADDY);

  g_assert_nonnull (strstr (apache,
                            "Header always set Content-Security-Policy \"=expr=%%{ENV:HOME}\"\n"
                            "Header always edit Content-Security-Policy \"^=\" \"\"\n"));
  g_assert_nonnull (strstr (caddy, "# Content-Security-Policy cannot be written"));
  g_assert_null (strstr (caddy, "{$"));
}

/* No word of nginx is longer than it takes, and nothing is lost between the words. */
static void
test_long (void)
{
  g_autoptr (GString) value = g_string_new ("default-src");
  g_autoptr (GhHeaderSet) set = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (value, " https://host-%u.example.com", i);
  set = make_set (value->str);
  text = gh_export (set, GH_EXPORT_NGINX);
  lines = g_strsplit (text, "\n", 0);
  for (guint i = 0; lines[i]; i++)
    g_assert_cmpuint (strlen (lines[i]), <, 4096);
  g_assert_nonnull (strstr (text, "\"${gatehouse_1}${gatehouse_2}${gatehouse_3}"));
}

static void
test_json (void)
{
  g_autoptr (GhHeaderSet) set = make_set (HOSTILE);
  g_autofree char *text = gh_export (set, GH_EXPORT_JSON);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  g_assert_cmpstr (
    json_object_get_string_member (json_node_get_object (node), "Content-Security-Policy"),
    ==,
    HOSTILE);
}

static void
test_empty (void)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  g_autoptr (GhHeaderSet) set = NULL;

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    if (strcmp (gh_settings_get_nth (i)->group, "headers") == 0 && !gh_settings_get_nth (i)->parent)
      gh_policy_set (policy, gh_settings_get_nth (i), g_variant_new_boolean (FALSE));
  set = gh_header_set_new (policy);

  for (guint i = 0; i < GH_EXPORT_N_FORMATS; i++)
    {
      g_autofree char *text = gh_export (set, i);

      g_assert_nonnull (text);
    }
}

static void
test_ids (void)
{
  for (guint i = 0; i < GH_EXPORT_N_FORMATS; i++)
    {
      GhExportFormat format;

      g_assert_true (gh_export_format_from_id (gh_export_format_get_id (i), &format));
      g_assert_cmpuint (format, ==, i);
      g_assert_nonnull (gh_export_format_get_title (i));
    }

  g_assert_false (gh_export_format_from_id ("iis", NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/headers/export/formats", test_formats);
  g_test_add_func ("/headers/export/special", test_special);
  g_test_add_func ("/headers/export/long", test_long);
  g_test_add_func ("/headers/export/json", test_json);
  g_test_add_func ("/headers/export/empty", test_empty);
  g_test_add_func ("/headers/export/ids", test_ids);
  return g_test_run ();
}
