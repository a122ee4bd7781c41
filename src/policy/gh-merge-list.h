/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Merges two lists of strings ("as", without duplicates) that both came from base. Returns
 * NULL where one of them removed all of base and the other added to it. The order is
 * theirs, or yours where only you moved elements about; an element that the other side
 * added follows the one it followed there. */
GVariant *gh_merge_list (GVariant *base, GVariant *theirs, GVariant *yours);

G_END_DECLS
