/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Adds an account, or signs in to one again: address and token, checked with the server
 * before anything is kept. */

#pragma once

#include <adwaita.h>

#include "gh-fleet.h"

G_BEGIN_DECLS

#define GH_TYPE_ACCOUNT_DIALOG (gh_account_dialog_get_type ())

G_DECLARE_FINAL_TYPE (GhAccountDialog, gh_account_dialog, GH, ACCOUNT_DIALOG, AdwWindow)

/* Signal `done` (const char *words): the account works now; the dialog closes itself. */
GtkWindow *gh_account_dialog_new (GhFleet *fleet);
GtkWindow *gh_account_dialog_new_sign_in (GhFleet *fleet, const GhAccount *account);

/* For tests: fills the fields as a person would. NULL leaves one alone. */
void gh_account_dialog_fill (GhAccountDialog *self,
                             const char *url,
                             const char *token,
                             const char *name,
                             gboolean session_only);
gboolean gh_account_dialog_get_session_only (GhAccountDialog *self);
const char *gh_account_dialog_get_error (GhAccountDialog *self);

G_END_DECLS
