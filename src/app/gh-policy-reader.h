/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads a policy from a file that somebody opened. */

#pragma once

#include "gh-policy.h"

G_BEGIN_DECLS

/* Reads and checks it in a thread. G_IO_ERROR when it cannot be read, is no regular file or
 * is longer than GH_STRICT_JSON_MAXIMUM_SIZE; else as gh_policy_file_parse() has it. */
void gh_policy_reader_read_async (GFile *file,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GhPolicy *gh_policy_reader_read_finish (GFile *file, GAsyncResult *result, GError **error);

G_END_DECLS
