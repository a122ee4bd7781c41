/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Header values as a stranger might send them, of any length, and everything that looks at such
 * a value: for what measures how long that takes. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *header;
  const char *name;
  const char *start;
  const char *unit; /* repeated; %u counts, %x counts in no order, %% is "%" */
  const char *end;
} HostileShape;

typedef enum
{
  HOSTILE_READ,     /* its own parser, with diagnostics */
  HOSTILE_EVALUATE, /* CSP Evaluator's checks */
  HOSTILE_SCORE,
  HOSTILE_FINDINGS,
  HOSTILE_MATCH, /* "would this load?", the slowest answer of all */
  HOSTILE_BLOCK, /* as a pasted block of headers */
  HOSTILE_N_LOOKS,
} HostileLook;

guint hostile_get_n_shapes (void);
const HostileShape *hostile_get_shape (guint index);

/* At least so many bytes. */
char *hostile_make (const HostileShape *shape, gsize size);

const char *hostile_look_get_name (HostileLook look);
gboolean hostile_look_applies (HostileLook look, const HostileShape *shape);

/* The processor time of this thread, in seconds: others on the machine do not count. */
double hostile_get_seconds (void);

/* The time that one look takes. */
double hostile_measure (HostileLook look, const HostileShape *shape, const char *value);

G_END_DECLS
