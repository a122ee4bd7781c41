/* SPDX-License-Identifier: GPL-3.0-or-later */

/* RFC 9457 application/problem+json, as the API has it. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *pointer; /* "/global-session-timeout" */
  char *code;
  char *detail;
} GhProblemField;

typedef struct
{
  char *type;
  char *title;
  guint status;
  char *detail;
  GPtrArray *errors;     /* of GhProblemField */
  char *current_etag;    /* 412 */
  char **changed_fields; /* 412, or NULL */
  char *changed_by;
  char *changed_at;
  guint retry_after; /* seconds, 0 when not said */
} GhProblem;

/* Any bytes; what is not a problem object gives NULL. */
GhProblem *gh_problem_parse (const char *text, gsize length);
GhProblem *gh_problem_copy (const GhProblem *problem);
void gh_problem_free (GhProblem *problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhProblem, gh_problem_free)

G_END_DECLS
