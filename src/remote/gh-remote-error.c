/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Errors in words: what went wrong, where, and what to do. */

#include "gh-remote-error.h"

#include <glib/gi18n-lib.h>

#include "gh-remote-error-private.h"
#include "gh-trust.h"

typedef struct
{
  GhProblem *problem;
  guint status;
  gboolean ambiguous;
} GhRemoteErrorPrivate;

static void
gh_remote_error_private_init (GhRemoteErrorPrivate *private)
{
}

static void
gh_remote_error_private_copy (const GhRemoteErrorPrivate *from, GhRemoteErrorPrivate *to)
{
  to->problem = from->problem != NULL ? gh_problem_copy (from->problem) : NULL;
  to->status = from->status;
  to->ambiguous = from->ambiguous;
}

static void
gh_remote_error_private_clear (GhRemoteErrorPrivate *private)
{
  g_clear_pointer (&private->problem, gh_problem_free);
}

G_DEFINE_EXTENDED_ERROR (GhRemoteError, gh_remote_error)

typedef struct
{
  guint status;
  GhRemoteError code;
  const char *message; /* one %s: the server */
} StatusWords;

static const StatusWords status_words[] = {
  { 400, GH_REMOTE_ERROR_REFUSED, N_ ("%s could not make sense of the request.") },
  { 401,
    GH_REMOTE_ERROR_SIGN_IN,
    N_ ("%s does not accept the token: it is wrong, expired or revoked. Sign in again.") },
  { 403, GH_REMOTE_ERROR_FORBIDDEN, N_ ("%s does not permit this with your role or token.") },
  { 404,
    GH_REMOTE_ERROR_NOT_FOUND,
    N_ ("%s does not know what was asked for. It may have been removed.") },
  { 407,
    GH_REMOTE_ERROR_UNREACHABLE,
    N_ ("The proxy on the way to %s asks for a sign-in of its own, which is not supported.") },
  { 409,
    GH_REMOTE_ERROR_REFUSED,
    N_ ("%s is still working on the same change. Try again in a moment.") },
  { 412, GH_REMOTE_ERROR_CONFLICT, N_ ("The policy on %s was changed by someone else meanwhile.") },
  { 413, GH_REMOTE_ERROR_REFUSED, N_ ("The change is larger than %s takes.") },
  { 415, GH_REMOTE_ERROR_REFUSED, N_ ("%s does not take changes in this form.") },
  { 422, GH_REMOTE_ERROR_REFUSED, N_ ("%s refused a value.") },
  { 428, GH_REMOTE_ERROR_REFUSED, N_ ("%s wants to know which version the change was made from.") },
  { 429, GH_REMOTE_ERROR_BUSY, N_ ("%s had too many requests. Try again later.") },
  { 503, GH_REMOTE_ERROR_BUSY, N_ ("%s is busy or down for maintenance. Try again later.") },
};

static StatusWords
find_words (guint status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (status_words); i++)
    if (status_words[i].status == status)
      return status_words[i];
  if (status < 400)
    return (StatusWords){ status,
                          GH_REMOTE_ERROR_PROTOCOL,
                          N_ ("%s sent this program to another address, which it does not follow. "
                              "Check the address of the account.") };
  if (status < 500)
    return (StatusWords){ status, GH_REMOTE_ERROR_REFUSED, N_ ("%s refused the request.") };
  return (StatusWords){ status,
                        GH_REMOTE_ERROR_SERVER,
                        N_ ("%s failed to answer. Its administrator can find out why.") };
}

static char *
make_message (const char *words, const char *server, guint status, const GhProblem *problem)
{
  g_autoptr (GString) message = g_string_new (words);
  const char *detail = NULL;

  g_string_replace (message, "%s", server, 1);
  if (problem != NULL)
    detail = problem->detail != NULL ? problem->detail : problem->title;
  if (detail != NULL && *detail != '\0')
    g_string_append_printf (message, " %s", detail);
  g_string_append_printf (message, " (HTTP %u)", status);
  return g_string_free (g_steal_pointer (&message), FALSE);
}

GError *
gh_remote_error_new_for_status (const char *server,
                                guint status,
                                const GhProblem *problem,
                                guint retry_after)
{
  StatusWords words = find_words (status);
  g_autofree char *message = NULL;
  GhRemoteErrorPrivate *private;
  GError *error;

  message = make_message (_ (words.message), server, status, problem);
  error = g_error_new_literal (GH_REMOTE_ERROR, words.code, message);
  private = gh_remote_error_get_private (error);
  private->status = status;
  if (problem != NULL)
    {
      private->problem = gh_problem_copy (problem);
      private->problem->retry_after = retry_after;
    }
  return error;
}

static GError *
new_for_input_output (const char *server, const GError *cause)
{
  switch (cause->code)
    {
    case G_IO_ERROR_TIMED_OUT:
      return g_error_new (
        GH_REMOTE_ERROR, GH_REMOTE_ERROR_TIMED_OUT, _ ("%s did not answer in time."), server);
    case G_IO_ERROR_CONNECTION_REFUSED:
      return g_error_new (GH_REMOTE_ERROR,
                          GH_REMOTE_ERROR_UNREACHABLE,
                          _ ("%s refuses connections: nothing listens there right now."),
                          server);
    case G_IO_ERROR_INVALID_DATA:
    case G_IO_ERROR_NO_SPACE:
      return g_error_new (GH_REMOTE_ERROR,
                          GH_REMOTE_ERROR_PROTOCOL,
                          _ ("%s sent an answer that cannot be decoded."),
                          server);
    default:
      return g_error_new (GH_REMOTE_ERROR,
                          GH_REMOTE_ERROR_UNREACHABLE,
                          _ ("%s cannot be reached, or the connection broke: %s"),
                          server,
                          cause->message);
    }
}

GError *
gh_remote_error_new_for_transport (const char *server,
                                   const GError *cause,
                                   GTlsCertificateFlags tls)
{
  if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    {
      g_autofree char *why = gh_trust_describe (tls);

      return g_error_new (
        GH_REMOTE_ERROR, GH_REMOTE_ERROR_TLS, _ ("No secure connection to %s: %s"), server, why);
    }
  if (cause->domain == G_TLS_ERROR && cause->code != G_TLS_ERROR_EOF)
    return g_error_new (GH_REMOTE_ERROR,
                        GH_REMOTE_ERROR_TLS,
                        _ ("No secure connection to %s: %s"),
                        server,
                        cause->message);
  if (cause->domain == G_RESOLVER_ERROR)
    return g_error_new (GH_REMOTE_ERROR,
                        GH_REMOTE_ERROR_UNREACHABLE,
                        _ ("%s was not found: there is no network, or the name is wrong."),
                        server);
  if (cause->domain == G_TLS_ERROR)
    return g_error_new (
      GH_REMOTE_ERROR, GH_REMOTE_ERROR_UNREACHABLE, _ ("%s broke the connection."), server);
  if (cause->domain == G_IO_ERROR)
    return new_for_input_output (server, cause);
  return g_error_new (GH_REMOTE_ERROR,
                      GH_REMOTE_ERROR_PROTOCOL,
                      _ ("%s does not answer in HTTP as it should: %s"),
                      server,
                      cause->message);
}

void
gh_remote_error_set_ambiguous (GError **error)
{
  g_return_if_fail ((*error)->domain == GH_REMOTE_ERROR);

  if ((*error)->code == GH_REMOTE_ERROR_UNREACHABLE || (*error)->code == GH_REMOTE_ERROR_TIMED_OUT)
    {
      g_autofree char *message = g_strdup_printf (
        _ ("The change was sent, but no answer came, so it may have been applied. %s"),
        (*error)->message);

      g_clear_error (error);
      *error = g_error_new_literal (GH_REMOTE_ERROR, GH_REMOTE_ERROR_LOST, message);
    }
  gh_remote_error_get_private (*error)->ambiguous = TRUE;
}

guint
gh_remote_error_get_status (const GError *error)
{
  return error->domain == GH_REMOTE_ERROR ? gh_remote_error_get_private (error)->status : 0;
}

const GhProblem *
gh_remote_error_get_problem (const GError *error)
{
  return error->domain == GH_REMOTE_ERROR ? gh_remote_error_get_private (error)->problem : NULL;
}

gboolean
gh_remote_error_is_ambiguous (const GError *error)
{
  return error->domain == GH_REMOTE_ERROR && gh_remote_error_get_private (error)->ambiguous;
}

gboolean
gh_remote_error_is_offline (const GError *error)
{
  return g_error_matches (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_UNREACHABLE)
         || g_error_matches (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_TIMED_OUT)
         || g_error_matches (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_LOST);
}
