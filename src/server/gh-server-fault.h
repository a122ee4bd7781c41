/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Faults on demand, so that clients can be tested against a server that fails in a known way.
 *
 *   FAULT[=ARGUMENT][@METHOD[:N]]
 *
 *   delay[=MILLISECONDS]     answers late (3000)
 *   drop-before-answer       closes the connection, the request unhandled
 *   drop-after-commit        does what was asked, then closes without an answer
 *   truncate                 sends half of the body, then closes
 *   429[=SECONDS], 500, 503  refuses, with nothing done; Retry-After where it belongs (1)
 *   garbage-json             200 with a body that is not JSON
 *   deep-json                200 with 100,000 nested arrays
 *   endless-body             200 with a body that never ends
 *   redirect[=URL]           302 to URL (http://127.0.0.1:9/elsewhere)
 *
 * and, for servers that break a promise of the API:
 *
 *   status=FROM:TO           answers TO where FROM would be right
 *   header=NAME:VALUE        answers with this header
 *   no-header=NAME           answers without it
 *   body=TEXT                answers with this body, where the answer has one
 *   request-header=NAME:VALUE  reads the request as if it had this header
 *   no-request-header=NAME     reads the request as if it had not
 *   query=TEXT                 reads the request as if this was its query
 *
 * METHOD limits a fault to one method, N (from 1) to the Nth request of it; "*" is any. */

#pragma once

#include "gh-server-message.h"

G_BEGIN_DECLS

typedef struct _GhServerFault GhServerFault;

/* What befalls one request. */
typedef struct
{
  GPtrArray *faults; /* borrowed GhServerFault that apply to it */
  guint delay;       /* milliseconds */
  gboolean drop_before;
  gboolean drop_after;
  gboolean truncate;
  gboolean endless;
} GhServerFaultPlan;

GhServerFault *gh_server_fault_parse (const char *text, GError **error);
void gh_server_fault_free (GhServerFault *self);

/* NULL when nothing befalls it. Counts the request, which is NULL when it could not be read. */
GhServerFaultPlan *gh_server_fault_plan (GPtrArray *faults, GhServerRequest *request);
void gh_server_fault_plan_free (GhServerFaultPlan *plan);

/* TRUE when the fault is the answer, so that the request must not be handled. */
gboolean gh_server_fault_plan_answer (GhServerFaultPlan *plan, GhServerResponse *response);
void gh_server_fault_plan_alter_request (GhServerFaultPlan *plan, GhServerRequest *request);
void gh_server_fault_plan_alter_response (GhServerFaultPlan *plan, GhServerResponse *response);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhServerFault, gh_server_fault_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhServerFaultPlan, gh_server_fault_plan_free)

G_END_DECLS
