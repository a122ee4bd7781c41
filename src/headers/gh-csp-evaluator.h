/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is weak in a Content-Security-Policy, as CSP Evaluator (the npm package csp_evaluator,
 * release 1.1.8) judges it: the same types, severities, directives, values and order; the words
 * are our own. Where that tool gives up with an exception, this one answers all the same.
 *
 * It reads a policy in that tool's way, which is not quite a browser's: a comma parts nothing,
 * white space is JavaScript's, and a directive is not skipped for a byte beyond ASCII. */

#pragma once

#include "gh-finding.h"

G_BEGIN_DECLS

typedef enum
{
  GH_CSP_WEAKNESS_MISSING_SEMICOLON = 100,
  GH_CSP_WEAKNESS_UNKNOWN_DIRECTIVE = 101,
  GH_CSP_WEAKNESS_INVALID_KEYWORD = 102,
  GH_CSP_WEAKNESS_NONCE_CHARSET = 106,
  GH_CSP_WEAKNESS_MISSING_DIRECTIVES = 300,
  GH_CSP_WEAKNESS_SCRIPT_UNSAFE_INLINE = 301,
  GH_CSP_WEAKNESS_SCRIPT_UNSAFE_EVAL = 302,
  GH_CSP_WEAKNESS_PLAIN_URL_SCHEMES = 303,
  GH_CSP_WEAKNESS_PLAIN_WILDCARD = 304,
  GH_CSP_WEAKNESS_SCRIPT_ALLOWLIST_BYPASS = 305,
  GH_CSP_WEAKNESS_OBJECT_ALLOWLIST_BYPASS = 306,
  GH_CSP_WEAKNESS_NONCE_LENGTH = 307,
  GH_CSP_WEAKNESS_IP_SOURCE = 308,
  GH_CSP_WEAKNESS_DEPRECATED_DIRECTIVE = 309,
  GH_CSP_WEAKNESS_SRC_HTTP = 310,
  GH_CSP_WEAKNESS_SCRIPT_UNSAFE_HASHES = 317,
  GH_CSP_WEAKNESS_STRICT_DYNAMIC = 400,
  GH_CSP_WEAKNESS_STRICT_DYNAMIC_NOT_STANDALONE = 401,
  GH_CSP_WEAKNESS_UNSAFE_INLINE_FALLBACK = 403,
  GH_CSP_WEAKNESS_ALLOWLIST_FALLBACK = 404,
  GH_CSP_WEAKNESS_IGNORED = 405,
  GH_CSP_WEAKNESS_REQUIRE_TRUSTED_TYPES_FOR_SCRIPTS = 500,
} GhCspWeaknessType;

typedef enum
{
  GH_CSP_WEAKNESS_HIGH = 10,
  GH_CSP_WEAKNESS_SYNTAX = 20,
  GH_CSP_WEAKNESS_MEDIUM = 30,
  GH_CSP_WEAKNESS_HIGH_MAYBE = 40,
  GH_CSP_WEAKNESS_STRICT_CSP = 45,
  GH_CSP_WEAKNESS_MEDIUM_MAYBE = 50,
  GH_CSP_WEAKNESS_INFO = 60,
  GH_CSP_WEAKNESS_NONE = 100,
} GhCspWeaknessSeverity;

/* Texts are borrowed from the evaluator until its next run, and not terminated. */
typedef struct
{
  guint16 type;     /* GhCspWeaknessType */
  guint16 severity; /* GhCspWeaknessSeverity */
  guint32 directive_length;
  const char *directive;
  const char *value; /* NULL when it speaks of the directive as a whole */
  gsize value_length;
  const char *host; /* one known for a bypass, terminated, static, or NULL */
} GhCspWeakness;

typedef enum
{
  GH_CSP_EVALUATE_DEFAULT = 0,
  GH_CSP_EVALUATE_STRICT = 1 << 0, /* the checks for a strict policy as well */
} GhCspEvaluateFlags;

typedef struct _GhCspEvaluator GhCspEvaluator;

GhCspEvaluator *gh_csp_evaluator_new (void);
void gh_csp_evaluator_free (GhCspEvaluator *self);

/* length may be -1; version is that of CSP a browser obeys: 1, 2 or 3. Runs allocate nothing
 * once the evaluator has grown to the size of what it reads. */
const GhCspWeakness *gh_csp_evaluator_run (GhCspEvaluator *self,
                                           const char *policy,
                                           gssize length,
                                           GhCspEvaluateFlags flags,
                                           guint version,
                                           guint *n_weaknesses);

const char *gh_csp_weakness_type_to_string (GhCspWeaknessType type); /* "SCRIPT_UNSAFE_INLINE" */
const char *gh_csp_weakness_severity_to_string (GhCspWeaknessSeverity severity); /* "HIGH" */
GhSeverity gh_csp_weakness_get_severity (const GhCspWeakness *weakness); /* in our own scale */
char *gh_csp_weakness_dup_directive (const GhCspWeakness *weakness);
char *gh_csp_weakness_dup_value (const GhCspWeakness *weakness); /* or NULL */
char *gh_csp_weakness_dup_message (const GhCspWeakness *weakness); /* translated, a whole sentence */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhCspEvaluator, gh_csp_evaluator_free)

G_END_DECLS
