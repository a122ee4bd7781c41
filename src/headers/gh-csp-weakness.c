/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names of the evaluator's types and severities, and our own words for each weakness. */

#include "gh-csp-evaluator.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-csp-words.h"

/* In a message %1$s is the directive, %2$s the value, %3$s the known host. */
static const struct
{
  GhCspWeaknessType type;
  const char *name;
  const char *message;
} types[] = {
  { GH_CSP_WEAKNESS_MISSING_SEMICOLON,
    "MISSING_SEMICOLON",
    N_ ("In %1$s stands “%2$s”, which is the name of a directive: is the semicolon before it "
        "missing?") },
  { GH_CSP_WEAKNESS_UNKNOWN_DIRECTIVE,
    "UNKNOWN_DIRECTIVE",
    N_ ("Browsers know no directive “%1$s” and do nothing for it.") },
  { GH_CSP_WEAKNESS_INVALID_KEYWORD,
    "INVALID_KEYWORD",
    N_ ("In %1$s, “%2$s” is not a keyword as browsers read it: check its spelling and the single "
        "quotes around it.") },
  { GH_CSP_WEAKNESS_NONCE_CHARSET,
    "NONCE_CHARSET",
    N_ ("The nonce %2$s in %1$s holds characters that are not of base64.") },
  { GH_CSP_WEAKNESS_MISSING_DIRECTIVES,
    "MISSING_DIRECTIVES",
    N_ ("Nothing restricts what %1$s would restrict: add %1$s, best as 'none'.") },
  { GH_CSP_WEAKNESS_SCRIPT_UNSAFE_INLINE,
    "SCRIPT_UNSAFE_INLINE",
    N_ ("%2$s in %1$s lets every script run that someone manages to write into a page.") },
  { GH_CSP_WEAKNESS_SCRIPT_UNSAFE_EVAL,
    "SCRIPT_UNSAFE_EVAL",
    N_ ("%2$s in %1$s lets scripts turn text into code, with eval() and the like.") },
  { GH_CSP_WEAKNESS_PLAIN_URL_SCHEMES,
    "PLAIN_URL_SCHEMES",
    N_ ("%2$s in %1$s allows every address that begins so, an attacker's too.") },
  { GH_CSP_WEAKNESS_PLAIN_WILDCARD,
    "PLAIN_WILDCARD",
    N_ ("%2$s in %1$s allows every host, an attacker's too.") },
  { GH_CSP_WEAKNESS_SCRIPT_ALLOWLIST_BYPASS,
    "SCRIPT_ALLOWLIST_BYPASS",
    N_ ("%2$s in %1$s is as safe as everything it serves: one JSONP answer, AngularJS file or "
        "upload there is enough to run any script.") },
  { GH_CSP_WEAKNESS_OBJECT_ALLOWLIST_BYPASS,
    "OBJECT_ALLOWLIST_BYPASS",
    N_ ("%2$s in %1$s allows plug-ins, which nobody needs any more: 'none' is enough.") },
  { GH_CSP_WEAKNESS_NONCE_LENGTH,
    "NONCE_LENGTH",
    N_ ("The nonce %2$s in %1$s is short enough to be guessed.") },
  { GH_CSP_WEAKNESS_IP_SOURCE,
    "IP_SOURCE",
    N_ ("%2$s in %1$s is an IP address, and browsers match none except 127.0.0.1.") },
  { GH_CSP_WEAKNESS_DEPRECATED_DIRECTIVE,
    "DEPRECATED_DIRECTIVE",
    N_ ("%1$s is out of use: browsers ignore it, or soon will.") },
  { GH_CSP_WEAKNESS_SRC_HTTP,
    "SRC_HTTP",
    N_ ("%2$s in %1$s goes over the network unprotected: use https.") },
  { GH_CSP_WEAKNESS_SCRIPT_UNSAFE_HASHES,
    "SCRIPT_UNSAFE_HASHES",
    N_ ("%2$s in %1$s lets event handlers run that match a hash of the policy: better to move them "
        "into a script.") },
  { GH_CSP_WEAKNESS_STRICT_DYNAMIC,
    "STRICT_DYNAMIC",
    N_ ("%1$s trusts hosts: nonces or hashes with 'strict-dynamic' are harder to get around.") },
  { GH_CSP_WEAKNESS_STRICT_DYNAMIC_NOT_STANDALONE,
    "STRICT_DYNAMIC_NOT_STANDALONE",
    N_ ("'strict-dynamic' in %1$s has neither nonce nor hash beside it and so blocks every "
        "script.") },
  { GH_CSP_WEAKNESS_UNSAFE_INLINE_FALLBACK,
    "UNSAFE_INLINE_FALLBACK",
    N_ ("Very old browsers know neither nonces nor hashes: 'unsafe-inline' in %1$s would keep "
        "pages working there, and others ignore it.") },
  { GH_CSP_WEAKNESS_ALLOWLIST_FALLBACK,
    "ALLOWLIST_FALLBACK",
    N_ ("Old browsers do not know 'strict-dynamic': https: in %1$s would keep pages working "
        "there, and others ignore it.") },
  { GH_CSP_WEAKNESS_IGNORED,
    "IGNORED",
    N_ ("Browsers ignore %2$s in %1$s, because of the nonce, the hash or 'strict-dynamic' beside "
        "it.") },
  { GH_CSP_WEAKNESS_REQUIRE_TRUSTED_TYPES_FOR_SCRIPTS,
    "REQUIRE_TRUSTED_TYPES_FOR_SCRIPTS",
    N_ ("%1$s 'script' would close the ways in which a page's own scripts turn text into code.") },
};

static const struct
{
  GhCspWeaknessSeverity severity;
  const char *name;
  GhSeverity ours;
} severities[] = {
  { GH_CSP_WEAKNESS_HIGH, "HIGH", GH_SEVERITY_HIGH },
  { GH_CSP_WEAKNESS_SYNTAX, "SYNTAX", GH_SEVERITY_WARNING },
  { GH_CSP_WEAKNESS_MEDIUM, "MEDIUM", GH_SEVERITY_WARNING },
  { GH_CSP_WEAKNESS_HIGH_MAYBE, "HIGH_MAYBE", GH_SEVERITY_WARNING },
  { GH_CSP_WEAKNESS_STRICT_CSP, "STRICT_CSP", GH_SEVERITY_INFO },
  { GH_CSP_WEAKNESS_MEDIUM_MAYBE, "MEDIUM_MAYBE", GH_SEVERITY_INFO },
  { GH_CSP_WEAKNESS_INFO, "INFO", GH_SEVERITY_INFO },
  { GH_CSP_WEAKNESS_NONE, "NONE", GH_SEVERITY_INFO },
};

static const char *
get_message (const GhCspWeakness *weakness)
{
  if (weakness->host != NULL)
    return weakness->type == GH_CSP_WEAKNESS_OBJECT_ALLOWLIST_BYPASS
             ? _ ("%2$s in %1$s lets in %3$s, which is known to serve Flash files that run any "
                  "script.")
             : _ ("%2$s in %1$s lets in %3$s, which is known to serve what runs any script, and "
                  "so undoes the policy.");

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].type == weakness->type)
      return _ (types[i].message);

  return "";
}

const char *
gh_csp_weakness_type_to_string (GhCspWeaknessType type)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].type == type)
      return types[i].name;

  return NULL;
}

const char *
gh_csp_weakness_severity_to_string (GhCspWeaknessSeverity severity)
{
  for (guint i = 0; i < G_N_ELEMENTS (severities); i++)
    if (severities[i].severity == severity)
      return severities[i].name;

  return NULL;
}

GhSeverity
gh_csp_weakness_get_severity (const GhCspWeakness *weakness)
{
  for (guint i = 0; i < G_N_ELEMENTS (severities); i++)
    if (severities[i].severity == weakness->severity)
      return severities[i].ours;

  return GH_SEVERITY_INFO;
}

char *
gh_csp_weakness_dup_directive (const GhCspWeakness *weakness)
{
  return g_utf8_make_valid (weakness->directive, weakness->directive_length);
}

char *
gh_csp_weakness_dup_value (const GhCspWeakness *weakness)
{
  return weakness->value != NULL ? g_utf8_make_valid (weakness->value, weakness->value_length)
                                 : NULL;
}

char *
gh_csp_weakness_dup_message (const GhCspWeakness *weakness)
{
  g_autofree char *directive = gh_csp_weakness_dup_directive (weakness);
  g_autofree char *value = gh_csp_weakness_dup_value (weakness);
  const char *const words[] = { directive, value, weakness->host };

  return gh_csp_fill (get_message (weakness), words, G_N_ELEMENTS (words));
}
