/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Structured field values (RFC 9651, which contains RFC 8941): items, lists and
 * dictionaries, with inner lists and parameters, as the strict algorithms of its
 * section 4.2 read them. A parsed field is immutable and knows where in the text each
 * member stands; edits give a new text in which everything else is left as it was. */

#pragma once

#include "gh-diagnostic.h"

G_BEGIN_DECLS

/* Beyond these a text is refused. The RFC asks for 1,024 members, 256 parameters and
 * 256 items of an inner list at least. */
#define GH_STRUCTURED_FIELD_MAXIMUM_SIZE (1024 * 1024)
#define GH_STRUCTURED_FIELD_MAXIMUM_PARTS 16384

typedef enum
{
  GH_STRUCTURED_ITEM,
  GH_STRUCTURED_LIST,
  GH_STRUCTURED_DICTIONARY,
} GhStructuredKind;

typedef enum
{
  GH_BARE_INTEGER,
  GH_BARE_DECIMAL,
  GH_BARE_STRING,
  GH_BARE_TOKEN,
  GH_BARE_BYTES,
  GH_BARE_BOOLEAN,
  GH_BARE_DATE,
  GH_BARE_DISPLAY_STRING,
} GhBareType;

typedef struct
{
  GhBareType type;
  gint64 number; /* integer; decimal in thousandths; boolean 0 or 1; date in seconds since 1970 */
  const char *text; /* string, token, bytes and display string (UTF-8), decoded, NUL after it */
  gsize length;     /* bytes of text */
} GhBareItem;

typedef struct
{
  const char *key;
  GhBareItem value;
} GhParameter;

/* What a member is, or one item of its inner list. */
typedef struct
{
  GhBareItem value; /* TRUE where is_inner_list */
  guint first_parameter;
  guint n_parameters;
  gsize parameters_offset; /* where they start in the text, or would */
} GhStructuredItem;

typedef struct
{
  const char *key; /* of a dictionary member, else NULL */
  gboolean is_inner_list;
  GhStructuredItem item; /* for an inner list: its parameters */
  guint first_item;
  guint n_items;
  gsize offset; /* where the member stands in the text, key and parameters included */
  gsize length;
} GhStructuredMember;

typedef struct _GhStructuredField GhStructuredField;

/* NULL when the text is not a field of that kind; the one diagnostic added to
 * diagnostics (may be NULL) says where and why. length -1: up to the NUL. */
GhStructuredField *gh_structured_field_parse (GhStructuredKind kind,
                                              const char *text,
                                              gssize length,
                                              GArray *diagnostics);
void gh_structured_field_free (GhStructuredField *self);

const char *gh_structured_field_get_text (const GhStructuredField *self);
GhStructuredKind gh_structured_field_get_kind (const GhStructuredField *self);

/* An item counts as one member. A key given twice keeps its first place and its last
 * value, as section 4.2.2 has it. */
guint gh_structured_field_get_n_members (const GhStructuredField *self);
const GhStructuredMember *gh_structured_field_get_member (const GhStructuredField *self,
                                                          guint index);
guint gh_structured_field_get_n_overridden (const GhStructuredField *self);
const GhStructuredMember *gh_structured_field_get_overridden (const GhStructuredField *self,
                                                              guint index);
const GhStructuredMember *gh_structured_field_lookup (const GhStructuredField *self,
                                                      const char *key);
const GhStructuredItem *gh_structured_field_get_item (const GhStructuredField *self,
                                                      const GhStructuredMember *member,
                                                      guint index);
const GhParameter *gh_structured_field_get_parameter (const GhStructuredField *self,
                                                      const GhStructuredItem *item,
                                                      guint index);
const GhParameter *gh_structured_field_lookup_parameter (const GhStructuredField *self,
                                                         const GhStructuredItem *item,
                                                         const char *key);

/* The canonical form of section 4.1. */
char *gh_structured_field_to_canonical (const GhStructuredField *self);

/* The text with one dictionary member set (appended when it is new) or taken away. value
 * is what stands after "=", or NULL for a bare key. All other bytes stay as they are. */
char *
gh_structured_field_replace (const GhStructuredField *self, const char *key, const char *value);

/* The same, but the parameters of a member that is there stay as well. value is not NULL. */
char *gh_structured_field_replace_value (const GhStructuredField *self,
                                         const char *key,
                                         const char *value);
char *gh_structured_field_remove (const GhStructuredField *self, const char *key);

gboolean gh_structured_key_is_valid (const char *key);
char *gh_structured_string_quote (
  const char *text); /* as a String; NULL when it holds more than printable ASCII */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhStructuredField, gh_structured_field_free)

G_END_DECLS
