/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client may send as the body of each operation that takes one: the first byte says which
 * of them, the rest is the body. A change that is taken is one that the rules of the policy let
 * pass, wherever the body is sent. */

#include "fuzz.h"

#include "gh-policy-json.h"
#include "gh-server-reader.h"
#include "gh-strict-json.h"
#include "server-target.h"

#define WORKSPACE "/v1/workspaces/alpenrail-innovation-lab"

static const struct
{
  const char *path;
  gboolean is_dry_run;
} operations[] = {
  { WORKSPACE "/policy", FALSE },
  { WORKSPACE "/policy?dry-run=true", TRUE },
  { WORKSPACE "/communities/welcome/policy", FALSE },
  { WORKSPACE "/communities/welcome/policy?dry-run=true", TRUE },
};

static guint
send_body (const char *path, const char *body, gsize length)
{
  g_autoptr (GhServerReader) reader = gh_server_reader_new ();
  g_autoptr (GhServerRequest) request = NULL;
  g_autofree char *head = g_strdup_printf ("PATCH %s HTTP/1.1\r\n"
                                           "Host: a\r\n"
                                           "If-Match: *\r\n"
                                           "Content-Type: application/merge-patch+json\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           path,
                                           length);
  GhProblemKind kind;
  const char *detail;

  gh_server_reader_add (reader, head, strlen (head));
  if (length > 0)
    gh_server_reader_add (reader, body, length);
  if (gh_server_reader_next (reader, &request, &kind, &detail) != GH_READER_REQUEST)
    return 0;

  return server_target_answer (request);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *body = (const char *) data + 1;
  guint operation;
  guint status;

  if (size == 0)
    return 0;

  operation = data[0] % G_N_ELEMENTS (operations);
  status = send_body (operations[operation].path, body, size - 1);
  if (status == 200)
    g_assert_true (gh_strict_json_check (body, size - 1, NULL));

  /* What would be done is what is done. */
  if (operations[operation].is_dry_run)
    g_assert_cmpuint (status, ==, send_body (operations[operation - 1].path, body, size - 1));

  return 0;
}
