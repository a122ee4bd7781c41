/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many policies a second the client reads and changes, beside libsoup that asks the same
 * server for the same over as many connections: rounds in turns, and the median of their
 * ratios. What the client does beyond libsoup and json-glib (it checks all that comes, has a
 * deadline, and knows each value) is to cost no more than half of the rate; most of a policy's
 * way takes json-glib, as the ratio to libsoup that looks at no answer tells. */

#include <stdlib.h>
#include <string.h>

#include "../client-calls.h"
#include "../server-fixture.h"

#define N_ROUNDS 9
#define ROUND_MILLISECONDS 400
#define MERGE_PATCH "application/merge-patch+json"

typedef enum
{
  CLIENT,
  LIBSOUP,           /* alone */
  LIBSOUP_JSON_GLIB, /* and its answers parsed */
} Side;

typedef struct
{
  const char *name;
  gboolean change;
  Side reference;
  double minimum; /* of the ratio to it */
} Comparison;

typedef struct
{
  Side side; /* of this round */
  gboolean change;
  ServerFixture *server;
  GhClient *client;
  SoupSession *session;
  gint64 until;
  guint n_done;
  guint n_running;
} Bench;

/* One of those that ask at once, each about a workspace of its own, one after the other. */
typedef struct
{
  Bench *bench;
  char *id;
  char *etag;
  guint number; /* what is to be changed next */
} Lane;

static void ask (Lane *lane);

static void
take (Lane *lane, const char *etag)
{
  Bench *bench = lane->bench;

  g_assert_nonnull (etag);
  g_free (lane->etag);
  lane->etag = g_strdup (etag);
  bench->n_done++;
  if (g_get_monotonic_time () < bench->until)
    ask (lane);
  else
    bench->n_running--;
}

static char *
make_change (Lane *lane)
{
  return g_strdup_printf ("{\"global-session-timeout\":%u}", lane->number++ % 40000 + 1);
}

/* Our client. */

static void
on_policy (GObject *source, GAsyncResult *result, gpointer data)
{
  Lane *lane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GhRemotePolicy) policy
    = lane->bench->change ? gh_client_patch_policy_finish (GH_CLIENT (source), result, &error)
                          : gh_client_get_policy_finish (GH_CLIENT (source), result, &error);

  g_assert_no_error (error);
  take (lane, policy->etag);
}

static void
patch_policy_of (Lane *lane)
{
  g_autofree char *change = make_change (lane);
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (JsonNode) node = json_from_string (change, NULL);

  gh_client_patch_policy_async (
    lane->bench->client, lane->id, node, lane->etag, key, NULL, FALSE, NULL, on_policy, lane);
}

static void
ask_client (Lane *lane)
{
  if (lane->bench->change)
    patch_policy_of (lane);
  else
    gh_client_get_policy_async (lane->bench->client, lane->id, NULL, NULL, on_policy, lane);
}

/* libsoup. */

static void
parse (GBytes *bytes)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  g_assert_true (json_parser_load_from_data (parser, text, (gssize) size, NULL));
}

static void
on_bytes (GObject *source, GAsyncResult *result, gpointer data)
{
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
    = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  if (((Lane *) data)->bench->side == LIBSOUP_JSON_GLIB)
    parse (bytes);
  take (data, soup_message_headers_get_one (soup_message_get_response_headers (message), "ETag"));
}

static void
add_change (Lane *lane, SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autofree char *change = make_change (lane);
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (GBytes) body = g_bytes_new (change, strlen (change));

  soup_message_headers_append (headers, "If-Match", lane->etag);
  soup_message_headers_append (headers, "Idempotency-Key", key);
  soup_message_set_request_body_from_bytes (message, MERGE_PATCH, body);
  /* Or each would come on a connection of its own. */
  soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
}

static void
ask_libsoup (Lane *lane)
{
  Bench *bench = lane->bench;
  g_autofree char *url
    = g_strdup_printf ("%s/v1/workspaces/%s/policy", bench->server->url, lane->id);
  g_autofree char *credential = g_strdup_printf ("Bearer %s", bench->server->token);
  g_autoptr (SoupMessage) message = soup_message_new (bench->change ? "PATCH" : "GET", url);

  soup_message_headers_append (
    soup_message_get_request_headers (message), "Authorization", credential);
  if (bench->change)
    add_change (lane, message);
  soup_session_send_and_read_async (
    bench->session, message, G_PRIORITY_DEFAULT, NULL, on_bytes, lane);
}

static void
ask (Lane *lane)
{
  if (lane->bench->side == CLIENT)
    ask_client (lane);
  else
    ask_libsoup (lane);
}

/* How many a second. */
static double
measure (Bench *bench, Lane *lanes, Side side)
{
  gint64 start = g_get_monotonic_time ();

  bench->side = side;
  bench->until = start + ROUND_MILLISECONDS * 1000;
  bench->n_done = 0;
  bench->n_running = GH_CLIENT_WINDOW;
  for (guint i = 0; i < GH_CLIENT_WINDOW; i++)
    ask (&lanes[i]);
  while (bench->n_running > 0)
    g_main_context_iteration (NULL, TRUE);

  return bench->n_done / ((double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

/* FALSE where the client is too slow. The first round warms up. */
static gboolean
run (Bench *bench, Lane *lanes, const Comparison *comparison)
{
  double ratios[N_ROUNDS];

  bench->change = comparison->change;
  for (int round = -1; round < N_ROUNDS; round++)
    {
      gboolean ahead = round % 2 == 0;
      double first = measure (bench, lanes, ahead ? CLIENT : comparison->reference);
      double second = measure (bench, lanes, ahead ? comparison->reference : CLIENT);

      if (round < 0)
        continue;
      ratios[round] = ahead ? first / second : second / first;
      g_print ("%s: %.0f and %.0f a second, ratio %.2f\n",
               comparison->name,
               ahead ? first : second,
               ahead ? second : first,
               ratios[round]);
    }

  qsort (ratios, N_ROUNDS, sizeof *ratios, compare);
  g_print ("%s: ratio %.2f in the median (at least %.2f)\n",
           comparison->name,
           ratios[N_ROUNDS / 2],
           comparison->minimum);
  return ratios[N_ROUNDS / 2] >= comparison->minimum;
}

/* Each begins with the tag that its policy has. */
static Lane *
make_lanes (Bench *bench)
{
  g_autoptr (GPtrArray) workspaces = list_workspaces (bench->client, NULL);
  Lane *lanes = g_new0 (Lane, GH_CLIENT_WINDOW);

  g_assert_cmpuint (workspaces->len, ==, GH_CLIENT_WINDOW);
  for (guint i = 0; i < workspaces->len; i++)
    {
      const GhRemoteWorkspace *workspace = g_ptr_array_index (workspaces, i);
      g_autoptr (GhRemotePolicy) policy = get_policy (bench->client, workspace->id, NULL, NULL);

      lanes[i] = (Lane){ bench, g_strdup (workspace->id), g_strdup (policy->etag), 0 };
    }
  return lanes;
}

static void
free_lanes (Lane *lanes)
{
  for (guint i = 0; i < GH_CLIENT_WINDOW; i++)
    {
      g_free (lanes[i].id);
      g_free (lanes[i].etag);
    }
  g_free (lanes);
}

int
main (void)
{
  static const Comparison comparisons[] = {
    { "GET beside libsoup alone", FALSE, LIBSOUP, 0.2 },
    { "GET beside libsoup and json-glib", FALSE, LIBSOUP_JSON_GLIB, 0.5 },
    { "PATCH beside libsoup alone", TRUE, LIBSOUP, 0.5 },
  };
  g_autofree char *n_workspaces = g_strdup_printf ("%d", GH_CLIENT_WINDOW);
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", n_workspaces, NULL);
  g_autoptr (GhClient) client = gh_client_new (server->url, NULL, NULL);
  g_autoptr (SoupSession) session = soup_session_new_with_options (
    "max-conns", GH_CLIENT_WINDOW, "max-conns-per-host", GH_CLIENT_WINDOW, NULL);
  Bench bench = { .server = server, .client = client, .session = session };
  Lane *lanes;
  gboolean fast = TRUE;

  gh_client_set_token (client, server->token);
  lanes = make_lanes (&bench);
  for (gsize i = 0; i < G_N_ELEMENTS (comparisons); i++)
    fast = run (&bench, lanes, &comparisons[i]) && fast;
  free_lanes (lanes);

  return fast ? 0 : 1;
}
