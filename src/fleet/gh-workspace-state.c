/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The state of a workspace: one of several facts that hold at once, the most pressing first,
 * and its words. */

#include <glib/gi18n-lib.h>

#include "gh-workspace-private.h"

GType
gh_workspace_state_get_type (void)
{
  static GType type = 0;
  static const GEnumValue values[] = {
    { GH_WORKSPACE_SYNCED, "GH_WORKSPACE_SYNCED", "synced" },
    { GH_WORKSPACE_DRAFT, "GH_WORKSPACE_DRAFT", "draft" },
    { GH_WORKSPACE_APPLYING, "GH_WORKSPACE_APPLYING", "applying" },
    { GH_WORKSPACE_CONFLICT, "GH_WORKSPACE_CONFLICT", "conflict" },
    { GH_WORKSPACE_OFFLINE, "GH_WORKSPACE_OFFLINE", "offline" },
    { GH_WORKSPACE_SIGN_IN, "GH_WORKSPACE_SIGN_IN", "sign-in" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("GhWorkspaceState", values));
  return type;
}

GhWorkspaceState
gh_workspace_get_state (GhWorkspace *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), GH_WORKSPACE_SYNCED);

  if (self->applying)
    return GH_WORKSPACE_APPLYING;
  if (self->record->conflict)
    return GH_WORKSPACE_CONFLICT;
  if (self->sign_in)
    return GH_WORKSPACE_SIGN_IN;
  if (self->offline)
    return GH_WORKSPACE_OFFLINE;
  if (self->record->sending)
    return GH_WORKSPACE_APPLYING;
  return self->record->n_drafted + self->record->n_community_drafts > 0 ? GH_WORKSPACE_DRAFT
                                                                        : GH_WORKSPACE_SYNCED;
}

guint
gh_workspace_get_n_community_drafts (GhWorkspace *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), 0);
  return self->record->n_community_drafts;
}

GhCredentialState
gh_workspace_get_credential_state (GhWorkspace *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), GH_CREDENTIAL_FOUND);

  return self->sign_in ? gh_account_session_get_state (self->session) : GH_CREDENTIAL_FOUND;
}

static char *
describe_draft (guint n_drafted, guint n_community_drafts, gboolean was_read)
{
  g_autofree char *own = NULL;
  g_autofree char *communities = NULL;

  if (!was_read)
    return g_strdup (_ ("Not read yet"));
  if (n_drafted + n_community_drafts == 0)
    return g_strdup (_ ("In sync"));
  own
    = g_strdup_printf (ngettext ("%u change drafted", "%u changes drafted", n_drafted), n_drafted);
  communities = g_strdup_printf (ngettext ("%u change drafted for communities",
                                           "%u changes drafted for communities",
                                           n_community_drafts),
                                 n_community_drafts);
  if (n_community_drafts == 0)
    return g_steal_pointer (&own);
  if (n_drafted == 0)
    return g_steal_pointer (&communities);

  /* Translators: two counts in a row, such as "3 changes drafted, 1 change drafted for
   * communities". */
  return g_strdup_printf (_ ("%s, %s"), own, communities);
}

char *
gh_workspace_dup_state_text (GhWorkspace *self)
{
  guint n_drafted;

  g_return_val_if_fail (GH_IS_WORKSPACE (self), NULL);

  n_drafted = self->record->n_drafted;
  switch (gh_workspace_get_state (self))
    {
    case GH_WORKSPACE_APPLYING:
      return g_strdup (self->applying ? _ ("Applying…")
                                      : _ ("An interrupted apply is to be checked"));
    case GH_WORKSPACE_CONFLICT:
      return g_strdup (_ ("Conflict: changed here and on the server"));
    case GH_WORKSPACE_SIGN_IN:
      return g_strdup (gh_workspace_get_credential_state (self) == GH_CREDENTIAL_LOCKED
                         ? _ ("Keyring locked")
                         : _ ("Sign-in needed"));
    case GH_WORKSPACE_OFFLINE:
      if (n_drafted == 0)
        return g_strdup (_ ("Offline"));
      return g_strdup_printf (
        ngettext ("Offline, %u change drafted", "Offline, %u changes drafted", n_drafted),
        n_drafted);
    case GH_WORKSPACE_SYNCED:
    case GH_WORKSPACE_DRAFT:
    default:
      return describe_draft (
        n_drafted, self->record->n_community_drafts, self->record->revision > 0);
    }
}

const char *
gh_workspace_state_to_string (GhWorkspaceState state)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (GH_TYPE_WORKSPACE_STATE);
  const GEnumValue *value = g_enum_get_value (class, state);

  return value != NULL ? value->value_nick : NULL;
}
