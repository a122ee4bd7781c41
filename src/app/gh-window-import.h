/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A policy file that was opened with the window. */

#pragma once

#include "gh-window.h"

G_BEGIN_DECLS

/* Reads the file and asks into which workspace its policy is to go as a draft; says in words
 * why when it cannot be read. Does nothing before there is a fleet. */
void gh_window_import (GhWindow *self, GFile *file);

G_END_DECLS
