/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the checks are made of; nothing outside the room sees it. */

#pragma once

#include <libsoup/soup.h>

#include "gh-conformance.h"
#include "gh-policy.h"

G_BEGIN_DECLS

typedef struct
{
  guint status; /* 0: no answer; error says why */
  SoupMessageHeaders *headers;
  char *body;
  JsonNode *json; /* NULL when the body is not JSON */
  char *error;
} GhCheckAnswer;

typedef struct
{
  const char *name;
  gboolean writes; /* changes the workspace, and puts it back */
  void (*run) (GhConformance *self);
} GhCheck;

struct _GhConformance
{
  char *url; /* without a slash at its end */
  char *token;
  char *token_header; /* or NULL for Authorization */
  SoupSession *session;
  GCancellable *cancellable; /* borrowed, or NULL */
  char *workspace;           /* id, or NULL when there is none */
  gboolean may_write;

  /* The state of the check that runs. */
  GhCheckResult result;
  char *reason;
};

/* For the checks. The first unmet expectation is the reason that a check fails for. */
gboolean gh_check_expect (GhConformance *self, gboolean holds, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
void gh_check_skip (GhConformance *self, const char *reason);
gboolean gh_check_status (GhConformance *self, const GhCheckAnswer *answer, guint status);
gboolean gh_check_problem (GhConformance *self, const GhCheckAnswer *answer, guint status);

/* {workspace}, {token} and the like in path are filled in. The rest are pairs of header names
 * and values; a value of NULL leaves the header away, even the token's. */
GhCheckAnswer *gh_check_ask (GhConformance *self,
                             const char *method,
                             const char *path,
                             const char *body,
                             ...) G_GNUC_NULL_TERMINATED;
void gh_check_answer_free (GhCheckAnswer *answer);
const char *gh_check_header (const GhCheckAnswer *answer, const char *name); /* never NULL */
JsonObject *gh_check_object (GhConformance *self,
                             const GhCheckAnswer *answer); /* or NULL, failed */
JsonArray *gh_check_array (GhConformance *self, const GhCheckAnswer *answer, const char *member);

/* The tag of the workspace's policy; never NULL. */
char *gh_check_get_tag (GhConformance *self);
GhCheckAnswer *gh_check_patch (GhConformance *self,
                               const char *body,
                               const char *tag,
                               const char *name,
                               const char *value);

extern const GhCheck gh_checks_access[];
extern const GhCheck gh_checks_lists[];
extern const GhCheck gh_checks_policy[];
extern const GhCheck gh_checks_refusals[];
extern const GhCheck gh_checks_writes[];
extern const GhCheck gh_checks_history[];
extern const GhCheck gh_checks_communities[];

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhCheckAnswer, gh_check_answer_free)

G_END_DECLS
