/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads a policy as CSP Evaluator does: split at ";", then at what JavaScript calls white
 * space; names in lower case, the first of two counts; keywords and bare schemes in lower
 * case; repeated values dropped. */

#include "gh-csp-evaluator-private.h"

#include <string.h>

#include "gh-csp-javascript.h"

#define HASH_PREFIX_LENGTH 7

gboolean
gh_csp_evaluator_knows_keyword (GhCspKeyword keyword)
{
  switch ((int) keyword)
    {
    case GH_CSP_KEYWORD_SELF:
    case GH_CSP_KEYWORD_NONE:
    case GH_CSP_KEYWORD_UNSAFE_INLINE:
    case GH_CSP_KEYWORD_UNSAFE_EVAL:
    case GH_CSP_KEYWORD_WASM_EVAL:
    case GH_CSP_KEYWORD_WASM_UNSAFE_EVAL:
    case GH_CSP_KEYWORD_STRICT_DYNAMIC:
    case GH_CSP_KEYWORD_UNSAFE_HASHED_ATTRIBUTES:
    case GH_CSP_KEYWORD_UNSAFE_HASHES:
    case GH_CSP_KEYWORD_REPORT_SAMPLE:
    case GH_CSP_KEYWORD_BLOCK:
    case GH_CSP_KEYWORD_ALLOW:
    case GH_CSP_KEYWORD_INLINE_SPECULATION_RULES:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
has_prefix (const char *text, gsize length, const char *prefix, gsize prefix_length)
{
  return length >= prefix_length && memcmp (text, prefix, prefix_length) == 0;
}

/* What a byte tells about the token it stands in. */
enum
{
  BYTE_ENDS = 1 << 0, /* ";" and white space */
  BYTE_NON_ASCII = 1 << 1,
  BYTE_DOT = 1 << 2,
  BYTE_MARK = 1 << 3, /* ":", "/" and "*" */
  BYTE_DIGIT = 1 << 4,
  BYTE_UPPER = 1 << 5,
  BYTE_OTHER = 1 << 6, /* what needs the whole URL parser */
};

/* clang-format off */
static const guint8 byte_classes[256] = {
  [0x00 ... 0x08] = BYTE_OTHER, ['\t' ... '\r'] = BYTE_ENDS, [0x0e ... 0x1f] = BYTE_OTHER,
  [' '] = BYTE_ENDS, ['!' ... '&'] = BYTE_OTHER, ['('] = BYTE_OTHER, [')'] = BYTE_OTHER,
  ['*'] = BYTE_MARK, [','] = BYTE_OTHER, ['.'] = BYTE_DOT, ['/'] = BYTE_MARK,
  ['0' ... '9'] = BYTE_DIGIT, [':'] = BYTE_MARK, [';'] = BYTE_ENDS, ['<'] = BYTE_OTHER,
  ['>' ... '@'] = BYTE_OTHER, ['A' ... 'Z'] = BYTE_UPPER, ['[' ... '^'] = BYTE_OTHER,
  ['`'] = BYTE_OTHER, ['{' ... 0x7f] = BYTE_OTHER, [0x80 ... 0xff] = BYTE_NON_ASCII,
};
/* clang-format on */

static gboolean
is_ascii (const char *text, gsize length)
{
  guchar all = 0;

  for (gsize i = 0; i < length; i++)
    all |= (guchar) text[i];

  return all < 0x80;
}

static void
lower_in_place (const char *text, gsize length)
{
  char *writable = (char *) text;

  for (gsize i = 0; i < length; i++)
    writable[i] = g_ascii_tolower (writable[i]);
}

static void
lower_into_extra (GhCspEvaluator *self, const char **text, guint32 *length)
{
  char *lower = gh_javascript_to_lower (*text, *length);

  g_ptr_array_add (self->extra, lower);
  *text = lower;
  *length = strlen (lower);
}

/* [A-Za-z][+A-Za-z0-9.-]*: */
static gboolean
is_scheme (const char *text, gsize length)
{
  if (length < 2 || text[length - 1] != ':' || !g_ascii_isalpha (text[0]))
    return FALSE;
  for (gsize i = 1; i < length - 1; i++)
    if (!g_ascii_isalnum (text[i]) && memchr ("+.-", text[i], 3) == NULL)
      return FALSE;

  return TRUE;
}

static gboolean
is_hash_prefix (const char *text, gsize length)
{
  return has_prefix (text, length, "sha256-", HASH_PREFIX_LENGTH)
         || has_prefix (text, length, "sha384-", HASH_PREFIX_LENGTH)
         || has_prefix (text, length, "sha512-", HASH_PREFIX_LENGTH);
}

static guint16
get_quoted_traits (const char *text, gsize length)
{
  guint16 traits = GH_CSP_IS_QUOTED;

  if (length < 9 || text[length - 1] != '\'')
    return traits;

  if (has_prefix (text, length, "'nonce-", 7))
    {
      traits |= GH_CSP_IS_LOOSE_NONCE;
      if (gh_csp_is_base64_value (text + 7, length - 8))
        traits |= GH_CSP_IS_STRICT_NONCE;
    }
  else if (is_hash_prefix (text + 1, length - 1)
           && gh_csp_is_base64_value (text + 1 + HASH_PREFIX_LENGTH,
                                      length - 2 - HASH_PREFIX_LENGTH))
    traits |= GH_CSP_IS_STRICT_HASH;

  return traits;
}

/* A keyword, a nonce or a hash that lacks its quotes; in lower case only. */
static gboolean
wants_quotes (const char *text, gsize length)
{
  GhCspKeyword keyword;

  if (has_prefix (text, length, "nonce-", 6) || is_hash_prefix (text, length))
    return TRUE;
  keyword = gh_csp_keyword_from_unquoted (text, length);

  return keyword != GH_CSP_NO_KEYWORD && gh_csp_evaluator_knows_keyword (keyword)
         && memcmp (gh_csp_keyword_get_text (keyword) + 1, text, length) == 0;
}

static GhCspDirectiveId
get_known_directive (const char *name, gsize length, gboolean *exact)
{
  GhCspDirectiveId id = gh_csp_directive_from_name (name, length, exact);

  return id != GH_CSP_FENCED_FRAME_SRC ? id : GH_CSP_NO_DIRECTIVE;
}

static gboolean
is_directive_name (const char *text, gsize length)
{
  gboolean exact;

  return get_known_directive (text, length, &exact) != GH_CSP_NO_DIRECTIVE && exact;
}

static guint16
get_unquoted_traits (const char *text, gsize length, guint8 bytes)
{
  guint16 traits = 0;
  gsize rest = length;
  const char *address;

  if (g_ascii_islower (text[0]))
    {
      if ((bytes & BYTE_MARK) != 0 && has_prefix (text, length, "http://", 7))
        traits |= GH_CSP_IS_HTTP_URL;
      if (((bytes & BYTE_MARK) == 0 || text[0] == 'n' || text[0] == 's')
          && wants_quotes (text, length))
        traits |= GH_CSP_WANTS_QUOTES;
      if ((bytes & (BYTE_MARK | BYTE_DOT)) == 0 && is_directive_name (text, length))
        traits |= GH_CSP_IS_DIRECTIVE_NAME;
    }
  if ((bytes & BYTE_MARK) == 0 && (bytes & (BYTE_DIGIT | BYTE_OTHER | BYTE_NON_ASCII)) == 0)
    return traits;

  address = gh_csp_url_skip_scheme (text, &rest);
  if (rest == 1 && address[0] == '*')
    traits |= GH_CSP_IS_WILDCARD;
  if ((bytes & (BYTE_DIGIT | BYTE_OTHER | BYTE_NON_ASCII)) != 0
      && gh_csp_url_may_be_ip (address, rest))
    traits |= GH_CSP_MAY_BE_IP;
  if ((bytes & (BYTE_UPPER | BYTE_OTHER | BYTE_NON_ASCII)) == 0)
    traits |= GH_CSP_IS_PLAIN;

  return traits;
}

static void
set_keyword (GhCspEvaluator *self, GhCspToken *token, guint8 bytes)
{
  GhCspKeyword keyword = gh_csp_keyword_from_text (token->text, token->length);
  const char *lower = token->text;
  guint32 length = token->length;

  if (keyword == GH_CSP_NO_KEYWORD && (bytes & BYTE_NON_ASCII) != 0)
    {
      lower_into_extra (self, &lower, &length);
      keyword = gh_csp_keyword_from_text (lower, length);
    }
  if (keyword == GH_CSP_NO_KEYWORD || !gh_csp_evaluator_knows_keyword (keyword))
    return;

  token->keyword = keyword;
  token->text = gh_csp_keyword_get_text (keyword);
  token->length = strlen (token->text);
}

static guint16
get_scheme_traits (const char *text, gsize length)
{
  static const char *const dangerous[] = { "data:", "http:", "https:" };

  for (guint i = 0; i < G_N_ELEMENTS (dangerous); i++)
    if (strlen (dangerous[i]) == length && memcmp (dangerous[i], text, length) == 0)
      return GH_CSP_IS_SCHEME | GH_CSP_IS_XSS_SCHEME;

  return GH_CSP_IS_SCHEME;
}

static void
normalise (GhCspEvaluator *self, GhCspToken *token, guint8 bytes)
{
  token->keyword = GH_CSP_NO_KEYWORD;
  token->removed = FALSE;

  if (token->text[0] == '\'')
    {
      token->traits = get_quoted_traits (token->text, token->length);
      set_keyword (self, token, bytes);
      if ((bytes & BYTE_OTHER) != 0)
        token->traits |= GH_CSP_MAY_BE_IP;
    }
  else if (is_scheme (token->text, token->length))
    {
      lower_in_place (token->text, token->length);
      token->traits = get_scheme_traits (token->text, token->length);
      if (wants_quotes (token->text, token->length))
        token->traits |= GH_CSP_WANTS_QUOTES;
    }
  else
    token->traits = get_unquoted_traits (token->text, token->length, bytes);

  if ((bytes & BYTE_DOT) != 0)
    token->traits |= GH_CSP_HAS_DOT;
}

/* From position to the next ";" or the end: the next token and the classes of its bytes, or
 * FALSE. */
static gboolean
next_token (GhCspEvaluator *self, gsize *position, GhCspToken *token, guint8 *bytes)
{
  const char *text = self->text;
  gsize i = *position;
  gsize start;
  guint space;

  while (i < self->length
         && (space = gh_javascript_get_space_length (text + i, self->length - i)) > 0)
    i += space;

  *bytes = 0;
  for (start = i; i < self->length; i++)
    {
      guint8 class = byte_classes[(guchar) text[i]];

      if ((class & BYTE_ENDS) != 0
          || ((class & BYTE_NON_ASCII) != 0
              && gh_javascript_get_space_length (text + i, self->length - i) > 0))
        break;
      *bytes |= class;
    }
  *position = i;
  token->text = text + start;
  token->length = i - start;

  return i > start;
}

static void
read_values (GhCspEvaluator *self, GhCspTokenList *list, gsize *position)
{
  GhCspToken token;
  GhCspToken *tokens;
  guint8 bytes;
  guint n_kept = 0;

  list->first = self->tokens.length;
  while (next_token (self, position, &token, &bytes))
    {
      normalise (self, &token, bytes);
      *(GhCspToken *) gh_csp_store_push (&self->tokens, sizeof token) = token;
    }

  tokens = gh_csp_evaluator_get_tokens (self, list);
  list->n_tokens = self->tokens.length - list->first;
  gh_csp_seen_begin (&self->seen, list->n_tokens, FALSE);
  for (guint i = 0; i < list->n_tokens; i++)
    if (gh_csp_seen_add (&self->seen, tokens[i].text, tokens[i].length, i) == GH_CSP_NOT_SEEN)
      {
        list->traits |= tokens[i].traits;
        list->keywords |= 1u << tokens[i].keyword;
        tokens[n_kept++] = tokens[i];
      }
  list->n_tokens = n_kept;
  self->tokens.length = list->first + n_kept;
}

static void
set_name (GhCspEvaluator *self, GhCspTokenList *list, const GhCspToken *token)
{
  list->name = token->text;
  list->name_length = token->length;
  if (is_ascii (list->name, list->name_length))
    lower_in_place (list->name, list->name_length);
  else
    lower_into_extra (self, &list->name, &list->name_length);

  list->id = get_known_directive (list->name, list->name_length, NULL);
}

/* Names that every JavaScript object has, so that the tool takes them for repeated. */
static gboolean
is_prototype_name (const GhCspTokenList *list)
{
  return (list->name_length == 11 && memcmp (list->name, "constructor", 11) == 0)
         || (list->name_length == 9 && memcmp (list->name, "__proto__", 9) == 0);
}

static void
read_lists (GhCspEvaluator *self)
{
  gsize position = 0;
  GhCspToken token;
  guint8 bytes;

  for (; position < self->length; position++)
    {
      GhCspTokenList list = { 0 };

      if (!next_token (self, &position, &token, &bytes))
        continue;
      set_name (self, &list, &token);
      if (is_prototype_name (&list)
          || (list.id != GH_CSP_NO_DIRECTIVE && self->by_id[list.id] >= 0))
        {
          while (next_token (self, &position, &token, &bytes))
            continue;
          continue;
        }
      read_values (self, &list, &position);
      if (list.id != GH_CSP_NO_DIRECTIVE)
        self->by_id[list.id] = 0;
      *(GhCspTokenList *) gh_csp_store_push (&self->lists, sizeof list) = list;
    }
}

static void
drop_repeated_unknown (GhCspEvaluator *self)
{
  GhCspTokenList *lists = self->lists.data;
  guint n_kept = 0;

  gh_csp_seen_begin (&self->seen, self->lists.length, FALSE);
  for (guint i = 0; i < self->lists.length; i++)
    if (lists[i].id != GH_CSP_NO_DIRECTIVE
        || gh_csp_seen_add (&self->seen, lists[i].name, lists[i].name_length, i) == GH_CSP_NOT_SEEN)
      lists[n_kept++] = lists[i];
  self->lists.length = n_kept;
}

/* Array indices of ECMA-262: "0" to "4294967294", without leading zeros. -1 for other names. */
static gint64
get_array_index (const GhCspTokenList *list)
{
  gint64 index = 0;

  if (list->name_length > 10 || (list->name[0] == '0' && list->name_length > 1))
    return -1;
  for (guint i = 0; i < list->name_length; i++)
    {
      if (!g_ascii_isdigit (list->name[i]))
        return -1;
      index = index * 10 + g_ascii_digit_value (list->name[i]);
    }

  return index < G_MAXUINT32 ? index : -1;
}

/* Indices first, by their number; the others as they came. */
static int
compare_keys (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 first = ((const GhCspTokenList *) a)->index;
  gint64 second = ((const GhCspTokenList *) b)->index;

  if (first < 0 || second < 0)
    return (first < 0) - (second < 0);

  return (first > second) - (first < second);
}

static void
order_lists (GhCspEvaluator *self)
{
  GhCspTokenList *lists = self->lists.data;
  gboolean is_ordered = TRUE;

  for (guint i = 0; i < self->lists.length; i++)
    {
      lists[i].index = get_array_index (&lists[i]);
      is_ordered &= i == 0 || compare_keys (&lists[i - 1], &lists[i], NULL) <= 0;
    }
  if (!is_ordered)
    g_qsort_with_data (lists, self->lists.length, sizeof *lists, compare_keys, NULL);

  for (guint i = 0; i < self->lists.length; i++)
    {
      self->traits |= lists[i].traits;
      if (lists[i].id != GH_CSP_NO_DIRECTIVE)
        self->by_id[lists[i].id] = i;
    }
}

void
gh_csp_evaluator_read (GhCspEvaluator *self, const char *policy, gsize length)
{
  if (length + 1 > self->allocated)
    {
      self->allocated = MAX (length + 1, self->allocated * 2);
      self->text = g_realloc (self->text, self->allocated);
    }
  memcpy (self->text, policy, length);
  self->text[length] = '\0';
  self->length = length;

  self->tokens.length = 0;
  self->lists.length = 0;
  self->traits = 0;
  g_ptr_array_set_size (self->extra, 0);
  memset (self->by_id, -1, sizeof self->by_id);

  read_lists (self);
  drop_repeated_unknown (self);
  order_lists (self);
}
