/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GH_POLICY_ERROR (gh_policy_error_quark ())

typedef enum
{
  GH_POLICY_ERROR_UNKNOWN_FIELD,
  GH_POLICY_ERROR_TYPE,   /* the value is of another type than the field */
  GH_POLICY_ERROR_RANGE,  /* below the minimum, above the maximum, too long */
  GH_POLICY_ERROR_CHOICE, /* not one of the choices */
  GH_POLICY_ERROR_FORMAT, /* right type, wrong content */
  GH_POLICY_ERROR_SYNTAX, /* not JSON as RFC 8259 has it, or beyond the limits set on it */
  GH_POLICY_ERROR_SCHEMA, /* JSON, but not the document that was expected */
} GhPolicyError;

GQuark gh_policy_error_quark (void);

/* A stable machine word for an error of this domain, as problem+json `code` has it:
 * "unknown-field", "type", "range", "choice", "format", "syntax", "schema". */
const char *gh_policy_error_get_code (const GError *error);

G_END_DECLS
