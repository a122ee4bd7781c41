/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of directives and keywords, and look-ups that cost a few comparisons each. */

#include "gh-csp-names.h"

#include <string.h>

typedef struct
{
  const char *name;
  guint8 length;
  guint8 flags;
  GhCspDirectiveId
    fallbacks[GH_CSP_MAXIMUM_FALLBACKS + 1]; /* the directive first, GH_CSP_NO_DIRECTIVE last */
} DirectiveInfo;

typedef struct
{
  const char *text;
  guint8 length;
  gboolean is_source;
} KeywordInfo;

#define FETCH GH_CSP_DIRECTIVE_FETCH | GH_CSP_DIRECTIVE_SOURCE_LIST
#define SOURCES GH_CSP_DIRECTIVE_SOURCE_LIST
#define SCRIPT GH_CSP_DIRECTIVE_SCRIPT
#define STYLE GH_CSP_DIRECTIVE_STYLE
#define OLD GH_CSP_DIRECTIVE_DEPRECATED
#define VALUELESS GH_CSP_DIRECTIVE_VALUELESS
#define NEEDS_VALUE GH_CSP_DIRECTIVE_NEEDS_VALUE

/* The longest name and word below, and the most of one length. */
#define LONGEST 26
#define MOST 7

/* For each length the names and the words that have it, counted from 1; 0 ends. */
typedef struct
{
  guint8 directives[LONGEST + 1][MOST + 1];
  guint8 keywords[LONGEST + 1][MOST + 1];
} Index;

#define DIRECTIVE(id, text, flags, ...)                                                            \
  [id] = { text, sizeof (text) - 1, flags, { id, ##__VA_ARGS__, GH_CSP_NO_DIRECTIVE } }

static const DirectiveInfo directives[GH_CSP_N_DIRECTIVES] = {
  DIRECTIVE (GH_CSP_CHILD_SRC, "child-src", FETCH, GH_CSP_DEFAULT_SRC),
  DIRECTIVE (GH_CSP_CONNECT_SRC, "connect-src", FETCH, GH_CSP_DEFAULT_SRC),
  DIRECTIVE (GH_CSP_DEFAULT_SRC, "default-src", FETCH | SCRIPT | STYLE),
  DIRECTIVE (GH_CSP_FENCED_FRAME_SRC,
             "fenced-frame-src",
             FETCH,
             GH_CSP_FRAME_SRC,
             GH_CSP_CHILD_SRC,
             GH_CSP_DEFAULT_SRC),
  DIRECTIVE (GH_CSP_FONT_SRC, "font-src", FETCH, GH_CSP_DEFAULT_SRC),
  DIRECTIVE (GH_CSP_FRAME_SRC, "frame-src", FETCH, GH_CSP_CHILD_SRC, GH_CSP_DEFAULT_SRC),
  DIRECTIVE (GH_CSP_IMG_SRC, "img-src", FETCH, GH_CSP_DEFAULT_SRC),
  DIRECTIVE (GH_CSP_MANIFEST_SRC, "manifest-src", FETCH, GH_CSP_DEFAULT_SRC),
  DIRECTIVE (GH_CSP_MEDIA_SRC, "media-src", FETCH, GH_CSP_DEFAULT_SRC),
  DIRECTIVE (GH_CSP_OBJECT_SRC, "object-src", FETCH, GH_CSP_DEFAULT_SRC),
  DIRECTIVE (GH_CSP_PREFETCH_SRC, "prefetch-src", FETCH | OLD, GH_CSP_DEFAULT_SRC),
  DIRECTIVE (GH_CSP_SCRIPT_SRC, "script-src", FETCH | SCRIPT, GH_CSP_DEFAULT_SRC),
  DIRECTIVE (GH_CSP_SCRIPT_SRC_ATTR,
             "script-src-attr",
             FETCH | SCRIPT,
             GH_CSP_SCRIPT_SRC,
             GH_CSP_DEFAULT_SRC),
  DIRECTIVE (GH_CSP_SCRIPT_SRC_ELEM,
             "script-src-elem",
             FETCH | SCRIPT,
             GH_CSP_SCRIPT_SRC,
             GH_CSP_DEFAULT_SRC),
  DIRECTIVE (GH_CSP_STYLE_SRC, "style-src", FETCH | STYLE, GH_CSP_DEFAULT_SRC),
  DIRECTIVE (GH_CSP_STYLE_SRC_ATTR,
             "style-src-attr",
             FETCH | STYLE,
             GH_CSP_STYLE_SRC,
             GH_CSP_DEFAULT_SRC),
  DIRECTIVE (GH_CSP_STYLE_SRC_ELEM,
             "style-src-elem",
             FETCH | STYLE,
             GH_CSP_STYLE_SRC,
             GH_CSP_DEFAULT_SRC),
  DIRECTIVE (GH_CSP_WORKER_SRC,
             "worker-src",
             FETCH,
             GH_CSP_CHILD_SRC,
             GH_CSP_SCRIPT_SRC,
             GH_CSP_DEFAULT_SRC),
  DIRECTIVE (GH_CSP_BASE_URI, "base-uri", SOURCES),
  DIRECTIVE (GH_CSP_FORM_ACTION, "form-action", SOURCES),
  DIRECTIVE (GH_CSP_FRAME_ANCESTORS, "frame-ancestors", SOURCES),
  DIRECTIVE (GH_CSP_NAVIGATE_TO, "navigate-to", SOURCES | OLD),
  DIRECTIVE (GH_CSP_BLOCK_ALL_MIXED_CONTENT, "block-all-mixed-content", VALUELESS | OLD),
  DIRECTIVE (GH_CSP_DISOWN_OPENER, "disown-opener", VALUELESS | OLD),
  DIRECTIVE (GH_CSP_PLUGIN_TYPES, "plugin-types", NEEDS_VALUE | OLD),
  DIRECTIVE (GH_CSP_REFERRER, "referrer", NEEDS_VALUE | OLD),
  DIRECTIVE (GH_CSP_REFLECTED_XSS, "reflected-xss", NEEDS_VALUE | OLD),
  DIRECTIVE (GH_CSP_REPORT_TO, "report-to", NEEDS_VALUE),
  DIRECTIVE (GH_CSP_REPORT_URI, "report-uri", NEEDS_VALUE),
  DIRECTIVE (GH_CSP_REQUIRE_SRI_FOR, "require-sri-for", NEEDS_VALUE | OLD),
  DIRECTIVE (GH_CSP_REQUIRE_TRUSTED_TYPES_FOR, "require-trusted-types-for", NEEDS_VALUE),
  DIRECTIVE (GH_CSP_SANDBOX, "sandbox", GH_CSP_DIRECTIVE_DOCUMENT_ONLY),
  DIRECTIVE (GH_CSP_TRUSTED_TYPES, "trusted-types", 0),
  DIRECTIVE (GH_CSP_UPGRADE_INSECURE_REQUESTS,
             "upgrade-insecure-requests",
             VALUELESS | GH_CSP_DIRECTIVE_DOCUMENT_ONLY),
  DIRECTIVE (GH_CSP_WEBRTC, "webrtc", NEEDS_VALUE),
};

#define KEYWORD(word, source)                                                                      \
  {                                                                                                \
    "'" word "'", sizeof (word) + 1, source                                                        \
  }

static const KeywordInfo keywords[GH_CSP_N_KEYWORDS] = {
  [GH_CSP_KEYWORD_SELF] = KEYWORD ("self", TRUE),
  [GH_CSP_KEYWORD_NONE] = KEYWORD ("none", TRUE),
  [GH_CSP_KEYWORD_UNSAFE_INLINE] = KEYWORD ("unsafe-inline", TRUE),
  [GH_CSP_KEYWORD_UNSAFE_EVAL] = KEYWORD ("unsafe-eval", TRUE),
  [GH_CSP_KEYWORD_STRICT_DYNAMIC] = KEYWORD ("strict-dynamic", TRUE),
  [GH_CSP_KEYWORD_UNSAFE_HASHES] = KEYWORD ("unsafe-hashes", TRUE),
  [GH_CSP_KEYWORD_REPORT_SAMPLE] = KEYWORD ("report-sample", TRUE),
  [GH_CSP_KEYWORD_UNSAFE_ALLOW_REDIRECTS] = KEYWORD ("unsafe-allow-redirects", TRUE),
  [GH_CSP_KEYWORD_WASM_UNSAFE_EVAL] = KEYWORD ("wasm-unsafe-eval", TRUE),
  [GH_CSP_KEYWORD_TRUSTED_TYPES_EVAL] = KEYWORD ("trusted-types-eval", TRUE),
  [GH_CSP_KEYWORD_REPORT_SHA256] = KEYWORD ("report-sha256", TRUE),
  [GH_CSP_KEYWORD_REPORT_SHA384] = KEYWORD ("report-sha384", TRUE),
  [GH_CSP_KEYWORD_REPORT_SHA512] = KEYWORD ("report-sha512", TRUE),
  [GH_CSP_KEYWORD_UNSAFE_WEBTRANSPORT_HASHES] = KEYWORD ("unsafe-webtransport-hashes", TRUE),
  [GH_CSP_KEYWORD_INLINE_SPECULATION_RULES] = KEYWORD ("inline-speculation-rules", TRUE),
  [GH_CSP_KEYWORD_WASM_EVAL] = KEYWORD ("wasm-eval", FALSE),
  [GH_CSP_KEYWORD_UNSAFE_HASHED_ATTRIBUTES] = KEYWORD ("unsafe-hashed-attributes", FALSE),
  [GH_CSP_KEYWORD_ALLOW] = KEYWORD ("allow", FALSE),
  [GH_CSP_KEYWORD_BLOCK] = KEYWORD ("block", FALSE),
  [GH_CSP_KEYWORD_SCRIPT] = KEYWORD ("script", FALSE),
  [GH_CSP_KEYWORD_ALLOW_DUPLICATES] = KEYWORD ("allow-duplicates", FALSE),
};

static void
add_to_index (guint8 *candidates, guint8 id)
{
  guint n = 0;

  while (candidates[n] != 0)
    n++;
  g_assert (n < MOST);
  candidates[n] = id + 1;
}

static const Index *
get_index (void)
{
  static Index index;
  static gsize is_made = 0;

  if (g_once_init_enter (&is_made))
    {
      for (guint id = 0; id < GH_CSP_N_DIRECTIVES; id++)
        add_to_index (index.directives[directives[id].length], id);
      for (guint id = 0; id < GH_CSP_N_KEYWORDS; id++)
        add_to_index (index.keywords[keywords[id].length - 2], id);
      g_once_init_leave (&is_made, 1);
    }

  return &index;
}

/* lower holds letters and dashes only, so that setting one bit is lower case enough. */
static inline gboolean
equals_folded (const char *lower, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (lower[i] != text[i] && (lower[i] != (text[i] | 0x20) || !g_ascii_isupper (text[i])))
      return FALSE;

  return TRUE;
}

const char *
gh_csp_directive_get_name (GhCspDirectiveId id)
{
  g_return_val_if_fail (id < GH_CSP_N_DIRECTIVES, NULL);

  return directives[id].name;
}

GhCspDirectiveFlags
gh_csp_directive_get_flags (GhCspDirectiveId id)
{
  return id < GH_CSP_N_DIRECTIVES ? directives[id].flags : 0;
}

GhCspDirectiveId
gh_csp_directive_from_name (const char *name, gsize length, gboolean *exact)
{
  const guint8 *candidates;

  if (length > LONGEST)
    return GH_CSP_NO_DIRECTIVE;

  candidates = get_index ()->directives[length];
  for (guint i = 0; candidates[i] != 0; i++)
    {
      const DirectiveInfo *info = &directives[candidates[i] - 1];

      if (!equals_folded (info->name, name, length))
        continue;
      if (exact != NULL)
        *exact = memcmp (info->name, name, length) == 0;
      return candidates[i] - 1;
    }

  return GH_CSP_NO_DIRECTIVE;
}

const GhCspDirectiveId *
gh_csp_directive_get_fallbacks (GhCspDirectiveId id)
{
  g_return_val_if_fail (id < GH_CSP_N_DIRECTIVES, NULL);

  return directives[id].fallbacks;
}

const char *
gh_csp_keyword_get_text (GhCspKeyword keyword)
{
  g_return_val_if_fail (keyword < GH_CSP_N_KEYWORDS, NULL);

  return keywords[keyword].text;
}

GhCspKeyword
gh_csp_keyword_from_text (const char *text, gsize length)
{
  if (length < 2 || text[0] != '\'' || text[length - 1] != '\'')
    return GH_CSP_NO_KEYWORD;

  return gh_csp_keyword_from_unquoted (text + 1, length - 2);
}

GhCspKeyword
gh_csp_keyword_from_unquoted (const char *text, gsize length)
{
  const guint8 *candidates;

  if (length > LONGEST)
    return GH_CSP_NO_KEYWORD;

  candidates = get_index ()->keywords[length];
  for (guint i = 0; candidates[i] != 0; i++)
    if (equals_folded (keywords[candidates[i] - 1].text + 1, text, length))
      return candidates[i] - 1;

  return GH_CSP_NO_KEYWORD;
}

gboolean
gh_csp_keyword_is_source (GhCspKeyword keyword)
{
  return keyword < GH_CSP_N_KEYWORDS && keywords[keyword].is_source;
}
