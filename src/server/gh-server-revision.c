/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Revisions of policies in the database. */

#include "gh-server-revision.h"

#include <string.h>

#include "gh-policy-json.h"
#include "gh-server-audit.h"
#include "gh-value-type.h"

#define TAG_DIGITS 16

static void
revision_clear (gpointer data)
{
  GhServerRevision *self = data;

  g_free (self->workspace);
  g_free (self->by);
  g_free (self->reason);
  g_free (self->changed);
  g_clear_pointer (&self->policy, gh_policy_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->tag);
}

GhServerRevision *
gh_server_revision_ref (GhServerRevision *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
gh_server_revision_unref (GhServerRevision *self)
{
  g_atomic_rc_box_release_full (self, revision_clear);
}

/* The tag names the revision and the bytes, so that it changes with every revision and also
 * when another version of the server writes the same revision down in other words. */
static void
set_policy (GhServerRevision *self, GhPolicy *policy)
{
  char *text = gh_policy_to_json_text (policy);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  self->policy = policy;
  self->body = g_bytes_new_take (text, strlen (text));
  self->tag
    = g_strdup_printf ("\"r%" G_GINT64_FORMAT "-%.*s\"", self->revision, TAG_DIGITS, digest);
}

GhServerRevision *
gh_server_revision_load (GhServerDatabase *database,
                         const char *workspace,
                         gint64 revision,
                         GError **error)
{
  g_autoptr (GhServerRevision) self = NULL;
  GhPolicy *policy;
  g_autoptr (GhServerStatement) statement
    = gh_server_database_query (database,
                                error,
                                "SELECT r.revision, r.at, r.by, r.reason, r.changed, r.policy"
                                " FROM workspaces w JOIN revisions r ON r.workspace = w.id"
                                " WHERE w.id = ?1 AND r.revision = iif (?2 = 0, w.revision, ?2)",
                                "si",
                                workspace,
                                revision);

  if (statement == NULL || !gh_server_statement_next (statement, error))
    return NULL;
  self = g_atomic_rc_box_new0 (GhServerRevision);
  self->workspace = g_strdup (workspace);
  self->revision = gh_server_statement_get_number (statement, 0);
  self->at = gh_server_statement_get_number (statement, 1);
  self->by = g_strdup (gh_server_statement_get_text (statement, 2));
  self->reason = g_strdup (gh_server_statement_get_text (statement, 3));
  self->changed = g_strdup (gh_server_statement_get_text (statement, 4));
  policy = gh_policy_from_json_text (gh_server_statement_get_text (statement, 5), -1, error);
  if (policy == NULL)
    return NULL;
  set_policy (self, policy);
  return g_steal_pointer (&self);
}

JsonArray *
gh_server_list_changed (const GhPolicy *before, const GhPolicy *after)
{
  JsonArray *changed = json_array_new ();

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      if (!gh_value_equal (gh_policy_get (before, setting), gh_policy_get (after, setting)))
        json_array_add_string_element (changed, setting->id);
    }
  return changed;
}

static char *
changed_to_text (const GhPolicy *before, const GhPolicy *after)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, gh_server_list_changed (before, after));
  return json_to_string (node, FALSE);
}

GhServerRevision *
gh_server_revision_new_first (const char *workspace, GhPolicy *policy, gint64 at)
{
  GhServerRevision *self = g_atomic_rc_box_new0 (GhServerRevision);

  self->workspace = g_strdup (workspace);
  self->revision = 1;
  self->at = at;
  self->by = g_strdup ("gatehouse-server");
  self->reason = g_strdup ("");
  self->changed = g_strdup ("[]");
  set_policy (self, gh_policy_ref (policy));
  return self;
}

GhServerRevision *
gh_server_revision_new_next (GhServerRevision *current,
                             GhPolicy *policy,
                             gint64 at,
                             const char *by,
                             const char *reason)
{
  GhServerRevision *self;

  if (gh_policy_equal (current->policy, policy))
    return gh_server_revision_ref (current);
  self = g_atomic_rc_box_new0 (GhServerRevision);
  self->workspace = g_strdup (current->workspace);
  self->revision = current->revision + 1;
  self->at = at;
  self->by = g_strdup (by);
  self->reason = g_strdup (reason);
  self->changed = changed_to_text (current->policy, policy);
  set_policy (self, gh_policy_ref (policy));
  return self;
}

gboolean
gh_server_revision_insert (GhServerDatabase *database,
                           GhServerRevision *self,
                           const char *action,
                           GError **error)
{
  return gh_server_database_run (database,
                                 error,
                                 "INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?, ?)",
                                 "siissss",
                                 self->workspace,
                                 self->revision,
                                 self->at,
                                 self->by,
                                 self->reason,
                                 self->changed,
                                 (const char *) g_bytes_get_data (self->body, NULL))
         && gh_server_database_run (database,
                                    error,
                                    "UPDATE workspaces SET revision = ? WHERE id = ?",
                                    "is",
                                    self->revision,
                                    self->workspace)
         && gh_server_audit_add (database,
                                 &(GhServerAuditEvent){
                                   .at = self->at,
                                   .by = self->by,
                                   .action = action,
                                   .workspace = self->workspace,
                                   .revision = self->revision,
                                   .reason = self->reason,
                                   .changed = self->changed,
                                 },
                                 error);
}

GhServerRevision *
gh_server_revision_find_tag (GhServerDatabase *database,
                             const char *workspace,
                             const char *tag,
                             GError **error)
{
  g_autoptr (GhServerRevision) self = NULL;
  gint64 revision = 0;

  if (g_str_has_prefix (tag, "\"r"))
    revision = g_ascii_strtoll (tag + 2, NULL, 10);
  if (revision <= 0)
    return NULL;
  self = gh_server_revision_load (database, workspace, revision, error);
  if (self == NULL || strstr (tag, self->tag) == NULL)
    return NULL;
  return g_steal_pointer (&self);
}
