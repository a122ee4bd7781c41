/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The accounts, to sign in to one again or to remove it with its credential. */

#pragma once

#include <adwaita.h>

#include "gh-fleet.h"

G_BEGIN_DECLS

#define GH_TYPE_ACCOUNTS_DIALOG (gh_accounts_dialog_get_type ())

G_DECLARE_FINAL_TYPE (GhAccountsDialog, gh_accounts_dialog, GH, ACCOUNTS_DIALOG, AdwWindow)

/* Signal `sign-in` (const char *account). */
GtkWindow *gh_accounts_dialog_new (GhFleet *fleet);

/* Without asking once more; for tests and for the answer to the question. */
void gh_accounts_dialog_remove (GhAccountsDialog *self, const char *account);

G_END_DECLS
