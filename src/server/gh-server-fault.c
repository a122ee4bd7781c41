/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Faults on demand. */

#include "gh-server-fault.h"

#include <string.h>

#include "gh-server-problem.h"

#define DEFAULT_DELAY "3000"
#define DEFAULT_RETRY "1"
#define DEFAULT_REDIRECT "http://127.0.0.1:9/elsewhere"
#define DEEP_LEVELS 100000

typedef enum
{
  ARGUMENT_NONE,
  ARGUMENT_OPTIONAL,
  ARGUMENT_NEEDED,
  ARGUMENT_PAIR, /* NAME:VALUE */
} ArgumentShape;

typedef struct
{
  const char *name;
  ArgumentShape shape;
  const char *argument; /* the usual one */
  void (*plan) (GhServerFaultPlan *plan, const GhServerFault *fault);
  void (*answer) (const GhServerFault *fault, GhServerResponse *response);
  void (*alter_request) (const GhServerFault *fault, GhServerRequest *request);
  void (*alter_response) (const GhServerFault *fault, GhServerResponse *response);
} FaultKind;

struct _GhServerFault
{
  const FaultKind *kind;
  char *argument; /* or NULL; of a pair its first half */
  char *value;    /* a pair's second half */
  char *method;   /* or NULL for any */
  guint number;   /* the Nth request of the method, or 0 for all */
  gint count;     /* requests of the method so far, atomic */
};

static void
plan_delay (GhServerFaultPlan *plan, const GhServerFault *fault)
{
  plan->delay = (guint) g_ascii_strtoull (fault->argument, NULL, 10);
}

static void
plan_drop_before (GhServerFaultPlan *plan, const GhServerFault *fault)
{
  plan->drop_before = TRUE;
}

static void
plan_drop_after (GhServerFaultPlan *plan, const GhServerFault *fault)
{
  plan->drop_after = TRUE;
}

static void
plan_truncate (GhServerFaultPlan *plan, const GhServerFault *fault)
{
  plan->truncate = TRUE;
}

static void
plan_endless (GhServerFaultPlan *plan, const GhServerFault *fault)
{
  plan->endless = TRUE;
}

static void
answer_429 (const GhServerFault *fault, GhServerResponse *response)
{
  gh_server_response_refuse (response, GH_PROBLEM_TOO_MANY_REQUESTS, "A fault was asked for.");
  gh_server_response_set_header (response, "Retry-After", fault->argument);
}

static void
answer_500 (const GhServerFault *fault, GhServerResponse *response)
{
  gh_server_response_refuse (response, GH_PROBLEM_INTERNAL, "A fault was asked for.");
}

static void
answer_503 (const GhServerFault *fault, GhServerResponse *response)
{
  gh_server_response_refuse (response, GH_PROBLEM_UNAVAILABLE, "A fault was asked for.");
  gh_server_response_set_header (response, "Retry-After", fault->argument);
}

static void
answer_garbage (const GhServerFault *fault, GhServerResponse *response)
{
  gh_server_response_set_text (
    response, SOUP_STATUS_OK, "application/json", g_strdup ("{\"oops\": [1, 2,, }"));
}

static void
answer_deep (const GhServerFault *fault, GhServerResponse *response)
{
  gh_server_response_set_text (
    response, SOUP_STATUS_OK, "application/json", g_strnfill (DEEP_LEVELS, '['));
}

static void
answer_endless (const GhServerFault *fault, GhServerResponse *response)
{
  gh_server_response_set_text (response, SOUP_STATUS_OK, "application/json", g_strdup ("["));
}

static void
answer_redirect (const GhServerFault *fault, GhServerResponse *response)
{
  response->status = SOUP_STATUS_FOUND;
  gh_server_response_set_header (response, "Location", fault->argument);
}

static void
alter_status (const GhServerFault *fault, GhServerResponse *response)
{
  if (response->status == g_ascii_strtoull (fault->argument, NULL, 10))
    response->status = (guint) g_ascii_strtoull (fault->value, NULL, 10);
}

static void
alter_header (const GhServerFault *fault, GhServerResponse *response)
{
  if (g_ascii_strcasecmp (fault->argument, "Content-Type") == 0)
    response->content_type = fault->value;
  else
    soup_message_headers_replace (response->headers, fault->argument, fault->value);
}

static void
alter_no_header (const GhServerFault *fault, GhServerResponse *response)
{
  soup_message_headers_remove (response->headers, fault->argument);
}

static void
alter_body (const GhServerFault *fault, GhServerResponse *response)
{
  if (response->body != NULL)
    gh_server_response_set_text (
      response, response->status, response->content_type, g_strdup (fault->argument));
}

static void
alter_request_header (const GhServerFault *fault, GhServerRequest *request)
{
  soup_message_headers_replace (request->headers, fault->argument, fault->value);
}

static void
alter_no_request_header (const GhServerFault *fault, GhServerRequest *request)
{
  soup_message_headers_remove (request->headers, fault->argument);
}

static void
alter_query (const GhServerFault *fault, GhServerRequest *request)
{
  g_free (request->query);
  request->query = g_strdup (fault->argument);
}

static const FaultKind kinds[] = {
  { "delay", ARGUMENT_OPTIONAL, DEFAULT_DELAY, .plan = plan_delay },
  { "drop-before-answer", .plan = plan_drop_before },
  { "drop-after-commit", .plan = plan_drop_after },
  { "truncate", .plan = plan_truncate },
  { "429", ARGUMENT_OPTIONAL, DEFAULT_RETRY, .answer = answer_429 },
  { "500", .answer = answer_500 },
  { "503", ARGUMENT_OPTIONAL, DEFAULT_RETRY, .answer = answer_503 },
  { "garbage-json", .answer = answer_garbage },
  { "deep-json", .answer = answer_deep },
  { "endless-body", .plan = plan_endless, .answer = answer_endless },
  { "redirect", ARGUMENT_OPTIONAL, DEFAULT_REDIRECT, .answer = answer_redirect },
  { "status", ARGUMENT_PAIR, .alter_response = alter_status },
  { "header", ARGUMENT_PAIR, .alter_response = alter_header },
  { "no-header", ARGUMENT_NEEDED, .alter_response = alter_no_header },
  { "body", ARGUMENT_NEEDED, .alter_response = alter_body },
  { "request-header", ARGUMENT_PAIR, .alter_request = alter_request_header },
  { "no-request-header", ARGUMENT_NEEDED, .alter_request = alter_no_request_header },
  { "query", ARGUMENT_NEEDED, .alter_request = alter_query },
};

static const FaultKind *
find_kind (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      return &kinds[i];
  return NULL;
}

static gboolean
set_argument (GhServerFault *self, const char *argument)
{
  const char *colon = argument != NULL ? strchr (argument, ':') : NULL;

  if (self->kind->shape == ARGUMENT_PAIR && colon != NULL)
    {
      self->argument = g_strndup (argument, (gsize) (colon - argument));
      self->value = g_strdup (colon + 1);
      return TRUE;
    }
  self->argument = g_strdup (argument != NULL ? argument : self->kind->argument);
  return argument != NULL
           ? self->kind->shape == ARGUMENT_OPTIONAL || self->kind->shape == ARGUMENT_NEEDED
           : self->kind->shape == ARGUMENT_NONE || self->kind->shape == ARGUMENT_OPTIONAL;
}

static gboolean
set_selection (GhServerFault *self, const char *selection)
{
  g_auto (GStrv) parts = g_strsplit (selection, ":", 2);
  guint64 number = 0;

  if (parts[0] == NULL
      || (parts[1] != NULL
          && !g_ascii_string_to_unsigned (parts[1], 10, 1, G_MAXINT, &number, NULL)))
    return FALSE;
  if (!g_str_equal (parts[0], "*"))
    self->method = g_strdup (parts[0]);
  self->number = (guint) number;
  return TRUE;
}

GhServerFault *
gh_server_fault_parse (const char *text, GError **error)
{
  g_autoptr (GhServerFault) self = g_new0 (GhServerFault, 1);
  const char *at = strrchr (text, '@');
  g_autofree char *name = at != NULL ? g_strndup (text, (gsize) (at - text)) : g_strdup (text);
  char *argument = strchr (name, '=');

  if (argument != NULL)
    *argument++ = '\0';
  self->kind = find_kind (name);
  if (self->kind != NULL && set_argument (self, argument)
      && (at == NULL || set_selection (self, at + 1)))
    return g_steal_pointer (&self);
  g_set_error (error,
               GH_SERVER_ERROR,
               GH_SERVER_ERROR_OPTION,
               "%s is no fault of this server's. Write FAULT[=ARGUMENT][@METHOD[:N]].",
               text);
  return NULL;
}

void
gh_server_fault_free (GhServerFault *self)
{
  g_free (self->argument);
  g_free (self->value);
  g_free (self->method);
  g_free (self);
}

static gboolean
befalls (GhServerFault *self, GhServerRequest *request)
{
  if (self->method != NULL && (request == NULL || !g_str_equal (self->method, request->method)))
    return FALSE;
  return self->number == 0 || g_atomic_int_add (&self->count, 1) + 1 == (gint) self->number;
}

GhServerFaultPlan *
gh_server_fault_plan (GPtrArray *faults, GhServerRequest *request)
{
  g_autoptr (GhServerFaultPlan) plan = g_new0 (GhServerFaultPlan, 1);

  plan->faults = g_ptr_array_new ();
  for (guint i = 0; i < faults->len; i++)
    {
      GhServerFault *fault = g_ptr_array_index (faults, i);

      if (!befalls (fault, request))
        continue;
      g_ptr_array_add (plan->faults, fault);
      if (fault->kind->plan != NULL)
        fault->kind->plan (plan, fault);
    }
  return plan->faults->len > 0 ? g_steal_pointer (&plan) : NULL;
}

void
gh_server_fault_plan_free (GhServerFaultPlan *plan)
{
  g_ptr_array_unref (plan->faults);
  g_free (plan);
}

gboolean
gh_server_fault_plan_answer (GhServerFaultPlan *plan, GhServerResponse *response)
{
  for (guint i = 0; i < plan->faults->len; i++)
    {
      const GhServerFault *fault = g_ptr_array_index (plan->faults, i);

      if (fault->kind->answer == NULL)
        continue;
      fault->kind->answer (fault, response);
      return TRUE;
    }
  return FALSE;
}

void
gh_server_fault_plan_alter_request (GhServerFaultPlan *plan, GhServerRequest *request)
{
  for (guint i = 0; i < plan->faults->len; i++)
    {
      const GhServerFault *fault = g_ptr_array_index (plan->faults, i);

      if (fault->kind->alter_request != NULL)
        fault->kind->alter_request (fault, request);
    }
}

void
gh_server_fault_plan_alter_response (GhServerFaultPlan *plan, GhServerResponse *response)
{
  for (guint i = 0; i < plan->faults->len; i++)
    {
      const GhServerFault *fault = g_ptr_array_index (plan->faults, i);

      if (fault->kind->alter_response != NULL)
        fault->kind->alter_response (fault, response);
    }
}
