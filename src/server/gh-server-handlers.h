/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The handlers that the table of routes names, and what several of them need. */

#pragma once

#include "gh-server-problem.h"
#include "gh-server-routes.h"

G_BEGIN_DECLS

#define GH_SERVER_DEFAULT_PAGE 100
#define GH_SERVER_MAXIMUM_PAGE 500
#define GH_SERVER_MAXIMUM_REASON 500 /* characters */
#define GH_SERVER_IDEMPOTENCY_HOURS 24
#define GH_SERVER_MAXIMUM_KEY 255

#define GH_SERVER_HANDLER(name)                                                                    \
  void gh_server_handle_##name (                                                                   \
    GhServerContext *context, GhServerRequest *request, GhServerResponse *response)

GH_SERVER_HANDLER (health);
GH_SERVER_HANDLER (capabilities);
GH_SERVER_HANDLER (me);
GH_SERVER_HANDLER (policy_schema);
GH_SERVER_HANDLER (workspaces);
GH_SERVER_HANDLER (workspace);
GH_SERVER_HANDLER (get_policy);
GH_SERVER_HANDLER (patch_policy);
GH_SERVER_HANDLER (headers);
GH_SERVER_HANDLER (revisions);
GH_SERVER_HANDLER (revision);
GH_SERVER_HANDLER (restore);
GH_SERVER_HANDLER (communities);
GH_SERVER_HANDLER (get_community_policy);
GH_SERVER_HANDLER (patch_community_policy);
GH_SERVER_HANDLER (audit_events);

/* A page of a list: how many, from where on. */
typedef struct
{
  guint limit;
  char *after; /* what the cursor holds; NULL on the first page */
} GhServerPage;

/* FALSE with the response made a problem when limit or cursor is not what this list gave out.
 * kind tells cursors of different lists apart. */
gboolean gh_server_page_read (GhServerPage *page,
                              const char *kind,
                              GhServerRequest *request,
                              GhServerResponse *response);
void gh_server_page_clear (GhServerPage *page);

/* A list that comes in pages. */
typedef struct
{
  const char *member; /* of the answer, "workspaces" */
  const char *kind;   /* of its cursors */
  int cursor_column;  /* of a row: where the next page goes on after it */
  JsonObject *(*read_row) (GhServerStatement *statement, GhServerRequest *request);
} GhServerList;

/* Answers with the rows of statement, which looks for one more than the page holds, so that
 * Link: <…>; rel="next" (RFC 8288) stands there only when there is a next page. The link keeps
 * every argument but the cursor. Takes statement; when that is NULL, error says why. */
void gh_server_page_answer (const GhServerPage *page,
                            const GhServerList *list,
                            GhServerStatement *statement,
                            GError *error,
                            GhServerRequest *request,
                            GhServerResponse *response);

gboolean gh_server_workspace_exists (GhServerContext *context, const char *id, GError **error);

/* A flag in the query; FALSE with a problem when it is neither true nor false. */
gboolean gh_server_read_flag (const char *name,
                              gboolean *flag,
                              GhServerRequest *request,
                              GhServerResponse *response);

/* The reason a person gave, decoded; NULL with a problem when it is not well formed. */
char *gh_server_read_reason (GhServerRequest *request, GhServerResponse *response);

void gh_server_refuse_unknown (const char *what, GhServerResponse *response);

typedef enum
{
  GH_PRECONDITION_HOLDS,
  GH_PRECONDITION_MISSING, /* answered with 428 */
  GH_PRECONDITION_FAILED,  /* the caller answers with gh_server_refuse_stale () */
} GhServerPrecondition;

GhServerPrecondition
gh_server_check_if_match (const char *tag, GhServerRequest *request, GhServerResponse *response);

/* 412 with what is so now, and what has changed. Takes changed_fields. */
void gh_server_refuse_stale (const char *tag,
                             gint64 revision,
                             gint64 at,
                             const char *by,
                             JsonNode *changed_fields,
                             GhServerResponse *response);

/* The same two for a workspace's policy. */
gboolean gh_server_check_revision (GhServerContext *context,
                                   GhServerRevision *current,
                                   GhServerRequest *request,
                                   GhServerResponse *response);

/* 422 when there are errors, which it takes. */
gboolean gh_server_refuse_values (JsonArray *errors, GhServerResponse *response);

/* The body as the object of a merge patch; NULL with 415, 400 or 422. */
JsonObject *gh_server_read_patch (GhServerRequest *request, GhServerResponse *response);

/* 200 with a policy, its tag and its revision. */
void gh_server_answer_policy (GhServerRevision *revision, GhServerResponse *response);

/* Checks what after would mean and writes it down, or says why not. */
void gh_server_change_policy (GhServerContext *context,
                              GhServerRevision *current,
                              GhPolicy *after,
                              const char *action,
                              GhServerRequest *request,
                              GhServerResponse *response);

/* Runs a writing handler once for each Idempotency-Key: the second time the first answer is
 * given again. */
void gh_server_idempotency_run (GhServerHandler handler,
                                GhServerContext *context,
                                GhServerRequest *request,
                                GhServerResponse *response);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GhServerPage, gh_server_page_clear)

G_END_DECLS
