/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a policy to its headers: one emitter for each header, in the order of sending. */

#include "gh-config.h"

#include <string.h>

#include "gh-expect-ct.h"
#include "gh-header-set.h"
#include "gh-hsts.h"
#include "gh-public-key-pins.h"
#include "gh-xss-protection.h"

#define SECONDS_A_DAY 86400
#define MAXIMUM_FIELDS 6
#define LINE_OVERHEAD 4 /* ": " and CR LF */

typedef struct
{
  const char *name;
  const char *fields[MAXIMUM_FIELDS + 1]; /* the switch first */
  char *(*emit) (const GhPolicy *policy); /* NULL: there is nothing to send */
} Emitter;

struct _GhHeaderSet
{
  GPtrArray *headers; /* of GhHeader */
  GPtrArray *refused; /* of const char *, NULL-terminated */
};

static gint64
get_seconds (const GhPolicy *policy, const char *id)
{
  gint64 days = gh_policy_get_integer (policy, id);

  return CLAMP (days, 0, G_MAXINT64 / SECONDS_A_DAY) * SECONDS_A_DAY;
}

static char *
dup_text (const GhPolicy *policy, const char *id)
{
  char *text = g_strstrip (g_strdup (gh_policy_get_string (policy, id)));

  if (*text == '\0')
    g_clear_pointer (&text, g_free);

  return text;
}

static char *
emit_strict_transport_security (const GhPolicy *policy)
{
  GhHsts hsts = {
    get_seconds (policy, "strict-transport-security.max-age-days"),
    gh_policy_get_boolean (policy, "strict-transport-security.include-subdomains"),
    gh_policy_get_boolean (policy, "strict-transport-security.preload"),
  };

  return gh_hsts_to_text (&hsts);
}

static char *
emit_xss_protection (const GhPolicy *policy)
{
  const char *mode = gh_policy_get_string (policy, "xss-protection.mode");

  return g_strdup (gh_xss_protection_to_text (gh_xss_protection_from_mode (mode)));
}

static char *
emit_content_type_options (const GhPolicy *policy)
{
  return g_strdup ("nosniff");
}

static char *
emit_referrer_policy (const GhPolicy *policy)
{
  return dup_text (policy, "referrer-policy.policy");
}

static char *
emit_content_security_policy (const GhPolicy *policy)
{
  if (gh_policy_get_boolean (policy, "content-security-policy.report-only"))
    return NULL;

  return dup_text (policy, "content-security-policy.policy");
}

static char *
emit_content_security_policy_report_only (const GhPolicy *policy)
{
  if (!gh_policy_get_boolean (policy, "content-security-policy.report-only"))
    return NULL;

  return dup_text (policy, "content-security-policy.policy");
}

static char *
emit_public_key_pins (const GhPolicy *policy)
{
  g_autofree const char **pins = gh_policy_dup_string_list (policy, "public-key-pins.pins");

  if (!pins[0])
    return NULL;

  return gh_public_key_pins_to_text (
    pins,
    get_seconds (policy, "public-key-pins.max-age-days"),
    gh_policy_get_boolean (policy, "public-key-pins.include-subdomains"),
    gh_policy_get_string (policy, "public-key-pins.report-uri"));
}

static char *
emit_permissions_policy (const GhPolicy *policy)
{
  return dup_text (policy, "permissions-policy.policy");
}

static char *
emit_cross_origin_embedder_policy (const GhPolicy *policy)
{
  return dup_text (policy, "cross-origin-embedder-policy.policy");
}

static char *
emit_cross_origin_opener_policy (const GhPolicy *policy)
{
  return dup_text (policy, "cross-origin-opener-policy.policy");
}

static char *
emit_cross_origin_resource_policy (const GhPolicy *policy)
{
  return dup_text (policy, "cross-origin-resource-policy.policy");
}

static char *
emit_expect_ct (const GhPolicy *policy)
{
  return gh_expect_ct_to_text (get_seconds (policy, "expect-ct.max-age-days"),
                               gh_policy_get_boolean (policy, "expect-ct.enforce"),
                               gh_policy_get_string (policy, "expect-ct.report-uri"));
}

static const Emitter emitters[] = {
  {
    "Strict-Transport-Security",
    {
      "strict-transport-security",
      "strict-transport-security.max-age-days",
      "strict-transport-security.include-subdomains",
      "strict-transport-security.preload",
    },
    emit_strict_transport_security,
  },
  {
    "X-XSS-Protection",
    { "xss-protection", "xss-protection.mode" },
    emit_xss_protection,
  },
  {
    "X-Content-Type-Options",
    { "content-type-options" },
    emit_content_type_options,
  },
  {
    "Referrer-Policy",
    { "referrer-policy", "referrer-policy.policy" },
    emit_referrer_policy,
  },
  {
    "Content-Security-Policy",
    {
      "content-security-policy",
      "content-security-policy.policy",
      "content-security-policy.report-only",
    },
    emit_content_security_policy,
  },
  {
    "Content-Security-Policy-Report-Only",
    {
      "content-security-policy",
      "content-security-policy.policy",
      "content-security-policy.report-only",
    },
    emit_content_security_policy_report_only,
  },
  {
    "Public-Key-Pins",
    {
      "public-key-pins",
      "public-key-pins.pins",
      "public-key-pins.max-age-days",
      "public-key-pins.include-subdomains",
      "public-key-pins.report-uri",
    },
    emit_public_key_pins,
  },
  {
    "Permissions-Policy",
    { "permissions-policy", "permissions-policy.policy" },
    emit_permissions_policy,
  },
  {
    "Cross-Origin-Embedder-Policy",
    { "cross-origin-embedder-policy", "cross-origin-embedder-policy.policy" },
    emit_cross_origin_embedder_policy,
  },
  {
    "Cross-Origin-Opener-Policy",
    { "cross-origin-opener-policy", "cross-origin-opener-policy.policy" },
    emit_cross_origin_opener_policy,
  },
  {
    "Cross-Origin-Resource-Policy",
    { "cross-origin-resource-policy", "cross-origin-resource-policy.policy" },
    emit_cross_origin_resource_policy,
  },
  {
    "Expect-CT",
    { "expect-ct", "expect-ct.max-age-days", "expect-ct.enforce", "expect-ct.report-uri" },
    emit_expect_ct,
  },
};

static void
add_header (GhHeaderSet *self, const Emitter *emitter, const GhPolicy *policy)
{
  g_autofree char *value = NULL;
  GhHeader *header;

  if (!gh_policy_get_boolean (policy, emitter->fields[0]))
    return;

  value = emitter->emit (policy);
  if (!value)
    return;

  if (!gh_header_value_is_safe (value))
    {
      g_ptr_array_add (self->refused, (gpointer) emitter->name);
      return;
    }

  header = g_new0 (GhHeader, 1);
  header->name = emitter->name;
  header->value = g_steal_pointer (&value);
  header->fields = emitter->fields;
  g_ptr_array_add (self->headers, header);
}

GhHeaderSet *
gh_header_set_new (const GhPolicy *policy)
{
  GhHeaderSet *self = g_new0 (GhHeaderSet, 1);

  self->headers = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_header_free);
  self->refused = g_ptr_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (emitters); i++)
    add_header (self, &emitters[i], policy);

  g_ptr_array_add (self->refused, NULL);
  return self;
}

void
gh_header_set_free (GhHeaderSet *self)
{
  if (!self)
    return;

  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->refused, g_ptr_array_unref);
  g_free (self);
}

guint
gh_header_set_get_n_headers (const GhHeaderSet *self)
{
  return self->headers->len;
}

const GhHeader *
gh_header_set_get_nth (const GhHeaderSet *self, guint index)
{
  g_return_val_if_fail (index < self->headers->len, NULL);

  return g_ptr_array_index (self->headers, index);
}

const GhHeader *
gh_header_set_lookup (const GhHeaderSet *self, const char *name)
{
  for (guint i = 0; i < self->headers->len; i++)
    {
      const GhHeader *header = gh_header_set_get_nth (self, i);

      if (g_ascii_strcasecmp (header->name, name) == 0)
        return header;
    }

  return NULL;
}

const char *const *
gh_header_set_get_refused (const GhHeaderSet *self)
{
  return (const char *const *) self->refused->pdata;
}

gsize
gh_header_set_get_size (const GhHeaderSet *self)
{
  gsize size = 0;

  for (guint i = 0; i < self->headers->len; i++)
    {
      const GhHeader *header = gh_header_set_get_nth (self, i);

      size += strlen (header->name) + strlen (header->value) + LINE_OVERHEAD;
    }

  return size;
}

char *
gh_header_set_to_text (const GhHeaderSet *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->headers->len; i++)
    {
      const GhHeader *header = gh_header_set_get_nth (self, i);

      g_string_append_printf (text, "%s: %s\n", header->name, header->value);
    }

  return g_string_free (text, FALSE);
}

const char *
gh_header_set_get_name_of (const GhPolicy *policy, const char *field)
{
  const char *name = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (emitters) && name == NULL; i++)
    if (g_strv_contains (emitters[i].fields, field))
      name = emitters[i].name;

  return policy != NULL && g_strcmp0 (name, "Content-Security-Policy") == 0
             && gh_policy_get_boolean (policy, "content-security-policy.report-only")
           ? "Content-Security-Policy-Report-Only"
           : name;
}

const char *const *
gh_header_set_get_names (void)
{
  static const char *names[G_N_ELEMENTS (emitters) + 1];
  static gsize filled;

  if (g_once_init_enter (&filled))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (emitters); i++)
        names[i] = emitters[i].name;
      g_once_init_leave (&filled, TRUE);
    }

  return names;
}

static GhHeaderChange
get_change (const GhHeader *before, const GhHeader *after)
{
  if (!before)
    return GH_HEADER_ADDED;
  if (!after)
    return GH_HEADER_REMOVED;

  return strcmp (before->value, after->value) == 0 ? GH_HEADER_SAME : GH_HEADER_CHANGED;
}

GArray *
gh_header_set_compare (const GhHeaderSet *before, const GhHeaderSet *after)
{
  GArray *differences = g_array_new (FALSE, FALSE, sizeof (GhHeaderDifference));

  for (gsize i = 0; i < G_N_ELEMENTS (emitters); i++)
    {
      GhHeaderDifference difference;

      difference.before = gh_header_set_lookup (before, emitters[i].name);
      difference.after = gh_header_set_lookup (after, emitters[i].name);
      if (!difference.before && !difference.after)
        continue;

      difference.change = get_change (difference.before, difference.after);
      g_array_append_val (differences, difference);
    }

  return differences;
}
