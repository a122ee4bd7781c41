/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A request and its answer as plain values: what stands between the socket and the
 * handlers, so that either can be tested without the other. */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "gh-server-token.h"

G_BEGIN_DECLS

#define GH_SERVER_MAXIMUM_PARAMETERS 3

typedef struct
{
  char *method;
  char *path;  /* percent-encoded, as it was sent, without the query */
  char *query; /* percent-encoded, or NULL */
  SoupHTTPVersion version;
  SoupMessageHeaders *headers;
  GBytes *body;
  gboolean keep_alive;
  char *parameters[GH_SERVER_MAXIMUM_PARAMETERS]; /* decoded, in the order of the route's pattern */
  GHashTable *arguments;                          /* the decoded query, made by the routes */
  GhServerIdentity *identity;                     /* who asks, or NULL where nobody need say */
} GhServerRequest;

typedef struct
{
  guint status;
  SoupMessageHeaders *headers;
  GBytes *body;             /* or NULL */
  const char *content_type; /* static */
  gboolean roll_back;       /* the handler failed: nothing it wrote may stay */
} GhServerResponse;

GhServerRequest *gh_server_request_new (void);
void gh_server_request_free (GhServerRequest *self);
const char *gh_server_request_get_header (GhServerRequest *self, const char *name);
const char *gh_server_request_get_argument (GhServerRequest *self, const char *name);

GhServerResponse *gh_server_response_new (void);
void gh_server_response_free (GhServerResponse *self);
void gh_server_response_clear (GhServerResponse *self); /* back to a blank answer */
void gh_server_response_set_header (GhServerResponse *self, const char *name, const char *value);
void gh_server_response_set_body (GhServerResponse *self,
                                  guint status,
                                  const char *content_type,
                                  GBytes *body);
void gh_server_response_set_text (GhServerResponse *self,
                                  guint status,
                                  const char *content_type,
                                  char *text); /* takes text */
void
gh_server_response_set_json (GhServerResponse *self, guint status, JsonNode *node); /* takes node */

/* The strong entity tag of these bytes: a prefix of their SHA-256 in quotes. */
char *gh_server_entity_tag (GBytes *body);

/* Whether a list of entity tags (If-Match, If-None-Match) names tag, RFC 9110 section 8.8.3.
 * "*" names every tag. The strong comparison never takes a weak one. */
gboolean gh_server_entity_tags_contain (const char *list, const char *tag, gboolean strong);

/* Puts tag on the answer and empties it to 304 when the request has that tag already. */
void
gh_server_response_validate (GhServerResponse *self, GhServerRequest *request, const char *tag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhServerRequest, gh_server_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhServerResponse, gh_server_response_free)

G_END_DECLS
