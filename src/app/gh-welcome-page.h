/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first start: add an account, or try the demo. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GH_TYPE_WELCOME_PAGE (gh_welcome_page_get_type ())

G_DECLARE_FINAL_TYPE (GhWelcomePage, gh_welcome_page, GH, WELCOME_PAGE, AdwBin)

/* Its buttons activate app.add-account and app.demo. */
void gh_welcome_page_set_busy (GhWelcomePage *self, gboolean busy);

/* Something went wrong, in words; NULL takes them away. */
void gh_welcome_page_set_error (GhWelcomePage *self, const char *words);

G_END_DECLS
