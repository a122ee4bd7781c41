/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Exponential back-off with full jitter, so that many clients that failed together do not
 * come back together. */

#include "gh-retry.h"

#include <libsoup/soup.h>

#include "gh-remote-error-private.h"

#define BASE_MILLISECONDS 200
#define CAP_MILLISECONDS 5000
#define MAXIMUM_AFTER 86400 /* seconds */

gboolean
gh_retry_is_worth (const GError *error, gboolean left, gboolean safe)
{
  if (!safe || error->domain != GH_REMOTE_ERROR)
    return FALSE;
  switch (gh_remote_error_get_status (error))
    {
    case 409: /* the first try with this key is still being worked on */
    case 429:
    case 502:
    case 503:
    case 504:
      return TRUE;
    case 0:
      return left && error->code == GH_REMOTE_ERROR_UNREACHABLE;
    default:
      return FALSE;
    }
}

guint
gh_retry_get_delay (guint attempt, guint retry_after)
{
  guint ceiling = MIN (BASE_MILLISECONDS << MIN (attempt - 1, 10), CAP_MILLISECONDS);
  guint jitter = (guint) g_random_int_range (0, (gint32) ceiling + 1);

  return MIN (retry_after, MAXIMUM_AFTER) * 1000 + jitter;
}

guint
gh_retry_parse_after (const char *value, gint64 now)
{
  guint64 seconds;
  g_autoptr (GDateTime) date = NULL;

  if (value == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT32, &seconds, NULL))
    return (guint) MIN (seconds, MAXIMUM_AFTER);
  date = soup_date_time_new_from_http_string (value);
  if (date == NULL)
    return 0;
  return (guint) CLAMP (g_date_time_to_unix (date) - now, 0, MAXIMUM_AFTER);
}
