/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What fuzzers of the server aim at. */

#pragma once

#include "gh-server-message.h"

G_BEGIN_DECLS

/* Routes and answers a request, aborts where the answer is none that a server may give, and takes
 * back what the request changed, so that each finds the same. The answer's status. */
guint server_target_answer (GhServerRequest *request);

G_END_DECLS
