/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* gatehouse-server token make|list|revoke. Answers with the exit status. */
int gh_server_main_token (int argc, char **argv);
