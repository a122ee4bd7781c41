/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Demonstration workspaces. Workspace number n is made from n alone, so that a larger demo has
 * the smaller one's workspaces in it. */

#include "gh-server-demo.h"

#include <string.h>

#include "gh-header-rules.h"
#include "gh-policy-json.h"
#include "gh-server-revision.h"
#include "gh-value-type.h"

#define SEED 0x6a7e
#define FIRST_TIME G_GINT64_CONSTANT (1772434800000000) /* 2026-03-02 07:00 UTC, a Monday */
#define DAY ((gint64) 86400 * G_USEC_PER_SEC)
#define MAXIMUM_REVISIONS 6
#define MAXIMUM_EDITS 5

static const char *const owners[] = {
  "Harbour City Council", "Alpenrail",         "Meridian Health",   "Larkspur University",
  "Fjord Energy",         "Copperfield Bank",  "Saltmarsh Water",   "Juniper Insurance",
  "Kestrel Airlines",     "Oakhaven Schools",  "Tidewater Port",    "Quarry Hill Foods",
  "Bluestone Library",    "Windermere Trust",  "Sandpiper Hotels",  "Granite State Transit",
  "Elderflower Care",     "Northgate Housing", "Silverbirch Media", "Hollow Creek County",
};

static const char *const purposes[] = {
  "Ideas",           "Innovation Lab", "Citizen Forum",     "Staff Suggestions", "Product Feedback",
  "Budget Dialogue", "Safety Reports", "Partner Community", "Research Exchange", "Service Design",
};

static const char *const tags[] = { "production", "pilot",    "public",       "internal",
                                    "europe",     "americas", "asia-pacific", "regulated" };

static const char *const people[] = {
  "Amara Okafor", "Jonas Lindqvist", "Priya Raman",  "Mateo Fuentes",
  "Hannah Weiss", "Tomoko Arai",     "Luca Moretti", "Zofia Nowak",
};

static const char *const reasons[] = {
  "Audit finding: sessions stayed open too long",
  "Requested by the data protection officer",
  "Aligned with the group baseline",
  "Support asked for longer reset links during the migration",
  "Penetration test, report of spring 2026",
  "Members could not sign in from the branch offices",
  "Opened for the public consultation",
  "Quarterly review",
};

static const char *
pick (GRand *random, const char *const *strings, gsize n_strings)
{
  return strings[g_rand_int_range (random, 0, (gint32) n_strings)];
}

#define PICK(random, strings) pick (random, strings, G_N_ELEMENTS (strings))

static char *
make_slug (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_strdup (g_strdelimit (lower, " ", '-'));
}

/* What an administrator might have chosen: a round step up or down, or "never ends". */
static GVariant *
choose_integer (GRand *random, const GhSetting *setting, gint64 now)
{
  static const gint64 percent[] = { 25, 50, 150, 200, 400, 1000 };
  gint64 value = now * percent[g_rand_int_range (random, 0, G_N_ELEMENTS (percent))] / 100;

  if (setting->zero_is_unlimited && setting->minimum == 0 && g_rand_int_range (random, 0, 8) == 0)
    value = 0;
  return g_variant_new_int64 (CLAMP (value, setting->minimum, setting->maximum));
}

static GVariant *
choose_value (GRand *random, const GhSetting *setting, const GhPolicy *policy)
{
  GVariant *now = gh_policy_get (policy, setting);

  if (setting->type == &gh_value_type_boolean)
    return g_variant_new_boolean (!g_variant_get_boolean (now));
  if (setting->type == &gh_value_type_integer)
    return choose_integer (random, setting, g_variant_get_int64 (now));
  if (setting->type == &gh_value_type_enum)
    return g_variant_new_string (
      setting->choices[g_rand_int_range (random, 0, (gint32) setting->n_choices)].id);
  return NULL;
}

static GVariant *
choose_recommended (const GhSetting *setting)
{
  return setting->recommended_value != NULL
           ? gh_value_from_text (setting, setting->recommended_value, NULL)
           : NULL;
}

static gboolean
is_acceptable (const GhPolicy *before, const GhPolicy *after)
{
  g_autoptr (GPtrArray) findings = gh_policy_check (before, after);

  return findings->len == 0 || gh_findings_get_worst (findings) != GH_SEVERITY_ERROR;
}

/* One edit; the policy stays as it was when the server would refuse the result. */
static GhPolicy *
edit (GRand *random, GhPolicy *policy, guint strictness)
{
  const GhSetting *setting
    = gh_settings_get_nth ((guint) g_rand_int_range (random, 0, GH_N_SETTINGS));
  gboolean strict = (guint) g_rand_int_range (random, 0, 100) < strictness;
  GVariant *chosen = strict ? choose_recommended (setting) : choose_value (random, setting, policy);
  g_autoptr (GVariant) value = chosen != NULL ? g_variant_take_ref (chosen) : NULL;
  g_autoptr (GhPolicy) edited = gh_policy_copy (policy);

  if (value == NULL || !gh_value_check (setting, value, NULL))
    return gh_policy_ref (policy);
  gh_policy_set (edited, setting, value);
  return is_acceptable (policy, edited) ? g_steal_pointer (&edited) : gh_policy_ref (policy);
}

static GhPolicy *
edit_several (GRand *random, GhPolicy *policy, guint n_edits, guint strictness)
{
  GhPolicy *edited = gh_policy_ref (policy);

  for (guint i = 0; i < n_edits; i++)
    {
      GhPolicy *next = edit (random, edited, strictness);

      gh_policy_unref (edited);
      edited = next;
    }
  return edited;
}

static char *
list_tags (GRand *random)
{
  guint first = (guint) g_rand_int_range (random, 0, G_N_ELEMENTS (tags));
  guint second
    = (first + (guint) g_rand_int_range (random, 1, G_N_ELEMENTS (tags))) % G_N_ELEMENTS (tags);

  return g_strdup_printf ("[\"%s\",\"%s\"]", tags[first], tags[second]);
}

static gboolean
insert_workspace (GhServerDatabase *database,
                  GRand *random,
                  const char *id,
                  const char *name,
                  GError **error)
{
  g_autofree char *url = g_strdup_printf ("https://%s.example", id);
  g_autofree char *tag_list = list_tags (random);
  g_autofree char *words = g_strjoin (" ", id, name, url, tag_list, NULL);
  g_autofree char *search = g_utf8_casefold (words, -1);

  return gh_server_database_run (database,
                                 error,
                                 "INSERT INTO workspaces VALUES (?, ?, ?, ?, ?, 0)",
                                 "sssss",
                                 id,
                                 name,
                                 url,
                                 tag_list,
                                 search);
}

/* The defaults as revision 1, then what people made of them. */
static gboolean
insert_revisions (GhServerDatabase *database, GRand *random, const char *workspace, GError **error)
{
  guint strictness = (guint) g_rand_int_range (random, 1, 10) * 10;
  guint n_revisions = (guint) g_rand_int_range (random, 1, MAXIMUM_REVISIONS + 1);
  gint64 at = FIRST_TIME + g_rand_int_range (random, 0, 60) * DAY;
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  g_autoptr (GhServerRevision) revision = gh_server_revision_new_first (workspace, policy, at);

  if (!gh_server_revision_insert (database, revision, "workspace.made", error))
    return FALSE;
  for (guint i = 1; i < n_revisions; i++)
    {
      guint n_edits = (guint) g_rand_int_range (random, 1, i == 1 ? 24 : MAXIMUM_EDITS);
      g_autoptr (GhPolicy) edited = edit_several (random, policy, n_edits, strictness);
      g_autoptr (GhServerRevision) next = NULL;

      at += g_rand_int_range (random, 1, 30) * DAY
            + g_rand_int_range (random, 0, 36000) * (gint64) G_USEC_PER_SEC;
      next = gh_server_revision_new_next (
        revision, edited, at, PICK (random, people), PICK (random, reasons));
      if (next->revision == revision->revision)
        continue;
      if (!gh_server_revision_insert (database, next, "policy.changed", error))
        return FALSE;
      gh_policy_unref (policy);
      policy = g_steal_pointer (&edited);
      gh_server_revision_unref (revision);
      revision = g_steal_pointer (&next);
    }
  return TRUE;
}

static gboolean
insert_communities (GhServerDatabase *database,
                    GRand *random,
                    const char *workspace,
                    GError **error)
{
  static const char *const names[]
    = { "Welcome", "Ideas for 2027", "Partners", "Leadership Circle" };
  static const char *const overrides[] = {
    "{}",
    "{}",
    "{\"rank-assessment-link-expiry\":1440}",
    "{\"rank-assessment-link-expiry\":2880,\"rank-reviewscale-link-expiry\":2880}",
    "{\"google-analytics\":false}",
  };
  guint n_communities = (guint) g_rand_int_range (random, 0, G_N_ELEMENTS (names) + 1);

  for (guint i = 0; i < n_communities; i++)
    {
      g_autofree char *id = make_slug (names[i]);

      if (!gh_server_database_run (database,
                                   error,
                                   "INSERT INTO communities VALUES (?, ?, ?, 1, ?)",
                                   "ssss",
                                   workspace,
                                   id,
                                   names[i],
                                   PICK (random, overrides)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill_one (GhServerDatabase *database, guint n, GError **error)
{
  const gsize n_names = G_N_ELEMENTS (owners) * G_N_ELEMENTS (purposes);
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED + n);
  const char *owner = owners[n % G_N_ELEMENTS (owners)];
  const char *purpose = purposes[(n / G_N_ELEMENTS (owners) + n) % G_N_ELEMENTS (purposes)];
  g_autofree char *name = n < n_names
                            ? g_strdup_printf ("%s %s", owner, purpose)
                            : g_strdup_printf ("%s %s %zu", owner, purpose, n / n_names + 1);
  g_autofree char *id = make_slug (name);

  if (gh_server_database_get_number (
        database, 0, error, "SELECT 1 FROM workspaces WHERE id = ?", "s", id)
      != 0)
    return error == NULL || *error == NULL;
  return insert_workspace (database, random, id, name, error)
         && insert_revisions (database, random, id, error)
         && insert_communities (database, random, id, error);
}

gboolean
gh_server_demo_fill (GhServerDatabase *database, guint n_workspaces, GError **error)
{
  gboolean done = TRUE;

  if (!gh_server_database_execute (database, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (guint i = 0; done && i < n_workspaces; i++)
    done = fill_one (database, i, error);
  return gh_server_database_execute (database, done ? "COMMIT" : "ROLLBACK", done ? error : NULL)
         && done;
}
