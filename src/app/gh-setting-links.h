/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings named by their titles in a line of text, each a link to its row. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns Pango markup, empty where fields is NULL or names no setting. The address of each link
 * is the field, as gh_form_context_go_to() takes it. Free with g_free(). */
char *gh_setting_links_dup_markup (const char *const *fields);

G_END_DECLS
