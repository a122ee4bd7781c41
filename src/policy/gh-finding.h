/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Something worth telling the administrator about a policy or about a change to it,
 * in words, with its source and, where one step mends it, the change that does. */

#pragma once

#include "gh-policy.h"

G_BEGIN_DECLS

#define GH_TYPE_FINDING (gh_finding_get_type ())

typedef enum
{
  GH_SEVERITY_INFO,    /* good to know */
  GH_SEVERITY_WARNING, /* weak or contradictory */
  GH_SEVERITY_CONFIRM, /* this change has an effect that is hard to undo: ask first */
  GH_SEVERITY_HIGH,    /* members or the site are exposed */
  GH_SEVERITY_ERROR,   /* cannot be applied as it stands */
} GhSeverity;

/* One field of a mend: the value that takes the finding away. */
typedef struct
{
  const GhSetting *setting;
  GVariant *value; /* owned */
} GhMend;

typedef struct
{
  const char *id; /* stable, upper case: "LINK-UNLIMITED", static */
  GhSeverity severity;
  const char *const *fields; /* NULL-terminated ids of the fields it speaks of, static */
  const char *header;        /* the header it speaks of, static, or NULL */
  char *message;             /* translated, a whole sentence: what is so */
  char *explanation;         /* translated: why it matters and what to do, or NULL */
  const char *source;        /* standard and section, static, or NULL */
  char *mend_title;          /* translated label of the mend, or NULL when there is none */
  GPtrArray *mend;           /* of GhMend, or NULL */
} GhFinding;

GType gh_finding_get_type (void);
GhFinding *gh_finding_new (const char *id, GhSeverity severity, const char *const *fields);
GhFinding *gh_finding_ref (GhFinding *finding);
void gh_finding_unref (GhFinding *finding);
/* The label is translated; a mend of several fields is several calls of add. */
void gh_finding_set_mend_title (GhFinding *finding, const char *title);
void gh_finding_add_mend (GhFinding *finding, const GhSetting *setting, GVariant *value);
gboolean gh_finding_concerns (const GhFinding *finding, const GhSetting *setting);

/* "info", "warning", "confirm", "high", "error" */
const char *gh_severity_to_string (GhSeverity severity);
gboolean gh_severity_from_string (const char *text, GhSeverity *severity);
GhSeverity gh_findings_get_worst (GPtrArray *findings); /* INFO when empty */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhFinding, gh_finding_unref)

G_END_DECLS
