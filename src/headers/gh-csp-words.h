/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Puts words into a translated sentence. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Replaces %1$s, %2$s … in message by the words; a NULL word is left out. */
char *gh_csp_fill (const char *message, const char *const *words, guint n_words);

G_END_DECLS
