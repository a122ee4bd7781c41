/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The shape that many older headers share: names, some with a value, between
 * separators. Strict-Transport-Security, Public-Key-Pins and X-XSS-Protection separate
 * by ";", Expect-CT, Referrer-Policy and X-Frame-Options by ",". Nothing is refused:
 * what cannot be read is reported and kept. */

#pragma once

#include "gh-diagnostic.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;  /* in lower case */
  const char *value; /* without its quotes, or NULL when there is no "=" */
  gboolean quoted;
  gsize offset; /* of the whole directive in the text */
  gsize length;
  gsize name_length;
  gsize value_offset; /* of the value as written, quotes included */
  gsize value_length;
} GhDirective;

typedef struct _GhDirectiveList GhDirectiveList;

/* More directives than these are not read. */
#define GH_DIRECTIVE_LIST_MAXIMUM 1024

GhDirectiveList *
gh_directive_list_parse (const char *text, gssize length, char separator, GArray *diagnostics);
void gh_directive_list_free (GhDirectiveList *self);
char *gh_directive_list_to_text (const GhDirectiveList *self); /* the text, byte for byte */

guint gh_directive_list_get_n_directives (const GhDirectiveList *self);
const GhDirective *gh_directive_list_get_nth (const GhDirectiveList *self, guint index);
const GhDirective *gh_directive_list_lookup (const GhDirectiveList *self,
                                             const char *name); /* the first */

/* A directive that a header knows. */
typedef enum
{
  GH_DIRECTIVE_BARE,
  GH_DIRECTIVE_SECONDS, /* 1*DIGIT */
  GH_DIRECTIVE_TEXT,
  GH_DIRECTIVE_REPEATABLE, /* a text, and as often as wanted */
} GhDirectiveShape;

typedef struct
{
  const char *name; /* in lower case */
  GhDirectiveShape shape;
} GhDirectiveRule;

/* Reports unknown, repeated and misshaped directives. */
void gh_directive_list_check (const GhDirectiveList *self,
                              const GhDirectiveRule *rules,
                              gsize n_rules,
                              GArray *diagnostics);

/* The seconds of the first directive of that name; -1 when it is missing or unreadable.
 * Reports both. Figures beyond what fits are the largest that does. */
gint64
gh_directive_list_get_seconds (const GhDirectiveList *self, const char *name, GArray *diagnostics);

char *gh_quoted_string (const char *text); /* RFC 9110, section 5.6.4 */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhDirectiveList, gh_directive_list_free)

G_END_DECLS
