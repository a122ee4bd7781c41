/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's whole request path without a socket: bytes become requests, requests are
 * routed and answered from a database in memory, answers become bytes. What a request
 * changes is taken back, so that each finds the same. */

#include "fuzz.h"

#include "gh-server-reader.h"
#include "server-target.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GhServerReader) reader = gh_server_reader_new ();
  GhReaderState state = GH_READER_REQUEST;
  GhProblemKind kind;
  const char *detail;

  if (size > 0)
    gh_server_reader_add (reader, data, size);
  while (state == GH_READER_REQUEST)
    {
      g_autoptr (GhServerRequest) request = NULL;

      state = gh_server_reader_next (reader, &request, &kind, &detail);
      if (state == GH_READER_REQUEST)
        server_target_answer (request);
    }
  return 0;
}
