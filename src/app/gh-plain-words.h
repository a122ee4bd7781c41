/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words that came from a server or a person, in widgets of libadwaita that read them as Pango
 * markup: "R & D" would leave such a widget empty, and "<b>" would be obeyed. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* As they are; NULL for none. */
void gh_plain_words_describe_page (AdwStatusPage *page, const char *words);
void gh_plain_words_describe_group (AdwPreferencesGroup *group, const char *words);

G_END_DECLS
