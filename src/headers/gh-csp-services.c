/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Services and what they load. Each need is tried with an address the service really uses. */

#include "gh-csp-services.h"

#include <string.h>

#include "gh-csp-edit.h"
#include "gh-csp-match.h"

/* No service lives there, so 'self' allows none of them. */
#define SOME_ORIGIN "https://workspace.invalid"

#define MAXIMUM_NEEDS 8

/* Bytes of the shortest of the domains below: shorter sources need not be read. */
#define SHORTEST_DOMAIN (sizeof "gravatar.com" - 1)

/* Each is changed on its own, and the text read again: more are left as they are. */
#define MAXIMUM_POLICIES 32

typedef struct
{
  GhCspLoad load;
  GhCspDirectiveId directive; /* where the source belongs */
  const char *url;
  const char *source; /* that would allow it */
} Need;

typedef struct
{
  GhCspService service;
  Need needs[MAXIMUM_NEEDS + 1]; /* all of them, ended by one without a URL */
} Provider;

/* Google, "Use Tag Manager with a Content Security Policy" and "reCAPTCHA FAQ"; hCaptcha,
 * "Content-Security-Policy Settings"; Cloudflare, "Turnstile: Content Security Policy". */
static const Provider providers[] = {
  {
    GH_CSP_SERVICE_ANALYTICS,
    {
      { GH_CSP_LOAD_SCRIPT,
        GH_CSP_SCRIPT_SRC,
        "https://www.googletagmanager.com/gtag/js",
        "https://*.googletagmanager.com" },
      { GH_CSP_LOAD_IMAGE,
        GH_CSP_IMG_SRC,
        "https://www.google-analytics.com/g/collect",
        "https://*.google-analytics.com" },
      { GH_CSP_LOAD_IMAGE,
        GH_CSP_IMG_SRC,
        "https://www.googletagmanager.com/td",
        "https://*.googletagmanager.com" },
      { GH_CSP_LOAD_CONNECT,
        GH_CSP_CONNECT_SRC,
        "https://region1.google-analytics.com/g/collect",
        "https://*.google-analytics.com" },
      { GH_CSP_LOAD_CONNECT,
        GH_CSP_CONNECT_SRC,
        "https://region1.analytics.google.com/g/collect",
        "https://*.analytics.google.com" },
      { GH_CSP_LOAD_CONNECT,
        GH_CSP_CONNECT_SRC,
        "https://www.googletagmanager.com/td",
        "https://*.googletagmanager.com" },
    },
  },
  {
    GH_CSP_SERVICE_GRAVATAR,
    { { GH_CSP_LOAD_IMAGE,
        GH_CSP_IMG_SRC,
        "https://secure.gravatar.com/avatar/0",
        "https://*.gravatar.com" } },
  },
  {
    GH_CSP_SERVICE_GRAVATAR,
    { { GH_CSP_LOAD_IMAGE,
        GH_CSP_IMG_SRC,
        "https://www.gravatar.com/avatar/0",
        "https://*.gravatar.com" } },
  },
  {
    GH_CSP_SERVICE_GRAVATAR,
    { { GH_CSP_LOAD_IMAGE,
        GH_CSP_IMG_SRC,
        "https://gravatar.com/avatar/0",
        "https://gravatar.com" } },
  },
  {
    GH_CSP_SERVICE_CAPTCHA,
    {
      { GH_CSP_LOAD_SCRIPT,
        GH_CSP_SCRIPT_SRC,
        "https://www.google.com/recaptcha/api.js",
        "https://www.google.com/recaptcha/" },
      { GH_CSP_LOAD_SCRIPT,
        GH_CSP_SCRIPT_SRC,
        "https://www.gstatic.com/recaptcha/releases/0/recaptcha.js",
        "https://www.gstatic.com/recaptcha/" },
      { GH_CSP_LOAD_FRAME,
        GH_CSP_FRAME_SRC,
        "https://www.google.com/recaptcha/api2/anchor",
        "https://www.google.com/recaptcha/" },
    },
  },
  {
    GH_CSP_SERVICE_CAPTCHA,
    {
      { GH_CSP_LOAD_SCRIPT,
        GH_CSP_SCRIPT_SRC,
        "https://www.recaptcha.net/recaptcha/api.js",
        "https://www.recaptcha.net/recaptcha/" },
      { GH_CSP_LOAD_FRAME,
        GH_CSP_FRAME_SRC,
        "https://www.recaptcha.net/recaptcha/api2/anchor",
        "https://www.recaptcha.net/recaptcha/" },
    },
  },
  {
    GH_CSP_SERVICE_CAPTCHA,
    {
      { GH_CSP_LOAD_SCRIPT,
        GH_CSP_SCRIPT_SRC,
        "https://hcaptcha.com/1/api.js",
        "https://hcaptcha.com" },
      { GH_CSP_LOAD_FRAME,
        GH_CSP_FRAME_SRC,
        "https://newassets.hcaptcha.com/captcha/v1/0/hcaptcha.html",
        "https://*.hcaptcha.com" },
    },
  },
  {
    GH_CSP_SERVICE_CAPTCHA,
    {
      { GH_CSP_LOAD_SCRIPT,
        GH_CSP_SCRIPT_SRC,
        "https://js.hcaptcha.com/1/api.js",
        "https://*.hcaptcha.com" },
      { GH_CSP_LOAD_FRAME,
        GH_CSP_FRAME_SRC,
        "https://newassets.hcaptcha.com/captcha/v1/0/hcaptcha.html",
        "https://*.hcaptcha.com" },
    },
  },
  {
    GH_CSP_SERVICE_CAPTCHA,
    {
      { GH_CSP_LOAD_SCRIPT,
        GH_CSP_SCRIPT_SRC,
        "https://challenges.cloudflare.com/turnstile/v0/api.js",
        "https://challenges.cloudflare.com" },
      { GH_CSP_LOAD_FRAME,
        GH_CSP_FRAME_SRC,
        "https://challenges.cloudflare.com/cdn-cgi/challenge-platform/0",
        "https://challenges.cloudflare.com" },
    },
  },
};

static const struct
{
  GhCspService service;
  const char *domain;
} domains[] = {
  { GH_CSP_SERVICE_ANALYTICS, "googletagmanager.com" },
  { GH_CSP_SERVICE_ANALYTICS, "google-analytics.com" },
  { GH_CSP_SERVICE_ANALYTICS, "analytics.google.com" },
  { GH_CSP_SERVICE_GRAVATAR, "gravatar.com" },
  { GH_CSP_SERVICE_CAPTCHA, "recaptcha.net" },
  { GH_CSP_SERVICE_CAPTCHA, "hcaptcha.com" },
  { GH_CSP_SERVICE_CAPTCHA, "challenges.cloudflare.com" },
};

/* A script that a trusted one adds counts as allowed: that is how such services are built in. */
static GhCspVerdict *
try_need (const Need *need, const GhCsp *csp)
{
  GhCspRequest request = { .load = need->load, .self_origin = SOME_ORIGIN, .url = need->url };

  return gh_csp_match (csp, &request, NULL);
}

static GArray *
get_missing_of (const Provider *provider, const GhCsp *csp)
{
  GArray *missing = g_array_new (FALSE, FALSE, sizeof (GhCspMissing));

  for (const Need *need = provider->needs; need->url != NULL; need++)
    {
      g_autoptr (GhCspVerdict) verdict = try_need (need, csp);
      GhCspMissing item = { need->directive, need->source };

      if (!verdict->allowed)
        g_array_append_val (missing, item);
    }

  return missing;
}

GArray *
gh_csp_service_get_missing (GhCspService service, const GhCsp *csp)
{
  g_autoptr (GArray) first = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr (GArray) missing = NULL;

      if (providers[i].service != service)
        continue;
      missing = get_missing_of (&providers[i], csp);
      if (missing->len == 0)
        return g_steal_pointer (&missing);
      if (first == NULL)
        first = g_steal_pointer (&missing);
    }

  return g_steal_pointer (&first);
}

/* Where the source goes: into the directive that blocked, unless that one is more general. */
static GhCspDirectiveId
get_target (const Need *need, const GhCspVerdict *verdict)
{
  const GhCspDirectiveId *chain = gh_csp_directive_get_fallbacks (verdict->effective);

  for (; *chain != GH_CSP_NO_DIRECTIVE && *chain != need->directive; chain++)
    if (*chain == verdict->directive)
      return verdict->directive;

  return need->directive;
}

static gboolean
allow_need (const Need *need, GhCsp *csp)
{
  gboolean changed = FALSE;

  for (;;)
    {
      g_autoptr (GhCspVerdict) verdict = try_need (need, csp);

      if (verdict->allowed
          || !gh_csp_allow_source (csp, verdict->policy, get_target (need, verdict), need->source))
        return changed;
      changed = TRUE;
    }
}

gboolean
gh_csp_service_allow (GhCspService service, GhCsp *csp)
{
  g_autoptr (GArray) missing = gh_csp_service_get_missing (service, csp);
  gboolean changed = FALSE;
  guint n_policies;
  gsize i = 0;

  gh_csp_get_policies (csp, &n_policies);
  if (missing->len == 0 || n_policies > MAXIMUM_POLICIES)
    return FALSE;
  while (providers[i].service != service)
    i++;
  for (const Need *need = providers[i].needs; need->url != NULL; need++)
    changed |= allow_need (need, csp);

  return changed;
}

char *
gh_csp_missing_to_text (const GArray *missing)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < missing->len; i++)
    {
      const GhCspMissing *item = &((const GhCspMissing *) (gconstpointer) missing->data)[i];

      g_string_append_printf (text,
                              "%s%s %s",
                              i > 0 ? ", " : "",
                              gh_csp_directive_get_name (item->directive),
                              item->source);
    }

  return g_string_free (text, FALSE);
}

/* The domain itself, or a host below it. */
static gboolean
is_within (const char *host, gsize length, const char *domain)
{
  gsize domain_length = strlen (domain);

  return length >= domain_length
         && g_ascii_strncasecmp (host + length - domain_length, domain, domain_length) == 0
         && (length == domain_length || host[length - domain_length - 1] == '.');
}

gboolean
gh_csp_service_owns_source (GhCspService service, const char *source, gsize length)
{
  GhCspSource parsed;

  if (length < SHORTEST_DOMAIN
      || gh_csp_source_parse (&parsed, source, length) != GH_CSP_SOURCE_HOST)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++)
    if (domains[i].service == service
        && is_within (parsed.host.start, parsed.host.length, domains[i].domain))
      return TRUE;

  return FALSE;
}

static gboolean
names_service (const GhCsp *csp, const GhCspDirective *directive, GhCspService service)
{
  const GhCspValue *values = gh_csp_get_values (csp, NULL);
  guint end = directive->first_value + directive->n_values;

  if (directive->skipped != GH_CSP_OBEYED)
    return FALSE;
  for (guint i = directive->first_value; i < end; i++)
    if (values[i].kind == GH_CSP_SOURCE_HOST
        && gh_csp_service_owns_source (
          service, gh_csp_get_span (csp, values[i].span), values[i].span.length))
      return TRUE;

  return FALSE;
}

gboolean
gh_csp_service_is_named (GhCspService service, const GhCsp *csp)
{
  guint n_directives;
  const GhCspDirective *directives = gh_csp_get_directives (csp, &n_directives);

  for (guint i = 0; i < n_directives; i++)
    if (names_service (csp, &directives[i], service))
      return TRUE;

  return FALSE;
}

GArray *
gh_csp_missing_sources_for_analytics (const char *policy)
{
  g_autoptr (GhCsp) csp = gh_csp_new_from_text (policy);

  return gh_csp_service_get_missing (GH_CSP_SERVICE_ANALYTICS, csp);
}
