/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The errors of this room. */

#include "gh-store-error.h"

G_DEFINE_QUARK (gh - store - error - quark, gh_store_error)
