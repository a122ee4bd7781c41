/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Permissions-Policy: reading it as Chromium does, and editing it feature by feature. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-permissions-policy.h"

struct _GhPermissionsPolicy
{
  GhStructuredField *field;
  GArray *permissions; /* of GhPermission, in the order of the members */
};

static void
clear_permission (GhPermission *permission)
{
  g_clear_pointer (&permission->origins, g_ptr_array_unref);
}

static void
report (const GhStructuredMember *member,
        const char *code,
        const char *message,
        GArray *diagnostics)
{
  gh_diagnostics_add (
    diagnostics, code, GH_SEVERITY_WARNING, member->offset, member->length, message);
}

static void
read_token (const GhBareItem *value,
            const GhStructuredMember *member,
            GhPermission *permission,
            GArray *diagnostics)
{
  if (strcmp (value->text, "*") == 0)
    permission->everyone = TRUE;
  else if (strcmp (value->text, "self") == 0)
    permission->self = TRUE;
  else
    report (member,
            "token",
            N_ ("In “%s”, an unquoted word other than * and self means nothing: nobody is () and "
                "an origin stands in double quotes."),
            diagnostics);
}

static void
read_value (const GhBareItem *value,
            const GhStructuredMember *member,
            GhPermission *permission,
            GArray *diagnostics)
{
  if (value->type == GH_BARE_TOKEN)
    {
      read_token (value, member, permission, diagnostics);
      return;
    }

  if (value->type != GH_BARE_STRING || !gh_permission_origin_is_valid (value->text))
    report (member,
            "origin",
            N_ ("In “%s”, an origin is not one: it is a scheme, “://” and a host, without a path."),
            diagnostics);
  if (value->type == GH_BARE_STRING)
    g_ptr_array_add (permission->origins, (gpointer) value->text);
}

static void
read_allowlist (const GhStructuredField *field,
                const GhStructuredMember *member,
                GhPermission *permission,
                GArray *diagnostics)
{
  if (member->is_inner_list)
    for (guint i = 0; i < member->n_items; i++)
      read_value (
        &gh_structured_field_get_item (field, member, i)->value, member, permission, diagnostics);
  else if (member->item.value.type == GH_BARE_BOOLEAN)
    report (member,
            "no-allowlist",
            N_ ("“%s” says of no one that they may use the feature: write () for nobody or * for "
                "everyone."),
            diagnostics);
  else
    read_value (&member->item.value, member, permission, diagnostics);
}

static void
check_feature (const GhStructuredMember *member, GArray *diagnostics)
{
  const GhFeature *feature = gh_features_lookup (member->key);

  if (!feature)
    gh_diagnostics_add (diagnostics,
                        "unknown-feature",
                        GH_SEVERITY_WARNING,
                        member->offset,
                        strlen (member->key),
                        N_ ("Browsers ignore “%s”: they know no such feature."));
  else if (feature->status == GH_FEATURE_RETIRED)
    gh_diagnostics_add (diagnostics,
                        "retired-feature",
                        GH_SEVERITY_INFO,
                        member->offset,
                        strlen (member->key),
                        N_ ("Browsers ignore “%s”: the feature has been retired."));
}

static void
read_permission (GhPermissionsPolicy *self, const GhStructuredMember *member, GArray *diagnostics)
{
  GhPermission permission = { member->key };
  const GhParameter *report_to;

  permission.origins = g_ptr_array_new ();
  check_feature (member, diagnostics);
  read_allowlist (self->field, member, &permission, diagnostics);
  report_to = gh_structured_field_lookup_parameter (self->field, &member->item, "report-to");
  if (report_to && report_to->value.type == GH_BARE_STRING)
    permission.report_to = report_to->value.text;
  else if (report_to)
    report (member,
            "report-to",
            N_ ("In “%s”, the endpoint after report-to has to stand in double quotes."),
            diagnostics);

  g_array_append_val (self->permissions, permission);
}

static void
check_repeated (const GhStructuredField *field, GArray *diagnostics)
{
  for (guint i = 0; i < gh_structured_field_get_n_overridden (field); i++)
    report (gh_structured_field_get_overridden (field, i),
            "repeated-feature",
            N_ ("“%s” is overridden: the same feature is given again later."),
            diagnostics);
}

/* The grammar of the old header: camera 'none'; microphone 'self' https://example.com */
static void
check_old_syntax (const char *text, gsize length, GArray *diagnostics)
{
  static const char *const keywords[] = { "'none'", "'self'", "'src'" };

  for (guint i = 0; i < G_N_ELEMENTS (keywords); i++)
    {
      const char *place = g_strstr_len (text, length, keywords[i]);

      if (!place)
        continue;

      gh_diagnostics_add (
        diagnostics,
        "feature-policy-syntax",
        GH_SEVERITY_ERROR,
        place - text,
        strlen (keywords[i]),
        N_ ("“%s” belongs to the old Feature-Policy: write camera=() for nobody and "
            "camera=(self) for this site."));
      return;
    }
}

GhPermissionsPolicy *
gh_permissions_policy_parse (const char *text, gssize length, GArray *diagnostics)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  GhPermissionsPolicy *self;
  GhStructuredField *field
    = gh_structured_field_parse (GH_STRUCTURED_DICTIONARY, text, size, diagnostics);

  if (!field)
    {
      check_old_syntax (text, size, diagnostics);
      return NULL;
    }

  self = g_new0 (GhPermissionsPolicy, 1);
  self->field = field;
  self->permissions = g_array_new (FALSE, FALSE, sizeof (GhPermission));
  g_array_set_clear_func (self->permissions, (GDestroyNotify) clear_permission);
  for (guint i = 0; i < gh_structured_field_get_n_members (field); i++)
    read_permission (self, gh_structured_field_get_member (field, i), diagnostics);
  check_repeated (field, diagnostics);
  return self;
}

void
gh_permissions_policy_free (GhPermissionsPolicy *self)
{
  if (!self)
    return;

  g_clear_pointer (&self->permissions, g_array_unref);
  g_clear_pointer (&self->field, gh_structured_field_free);
  g_free (self);
}

const GhStructuredField *
gh_permissions_policy_get_field (const GhPermissionsPolicy *self)
{
  return self->field;
}

guint
gh_permissions_policy_get_n_permissions (const GhPermissionsPolicy *self)
{
  return self->permissions->len;
}

const GhPermission *
gh_permissions_policy_get_nth (const GhPermissionsPolicy *self, guint index)
{
  g_return_val_if_fail (index < self->permissions->len, NULL);

  return &g_array_index (self->permissions, GhPermission, index);
}

const GhPermission *
gh_permissions_policy_lookup (const GhPermissionsPolicy *self, const char *feature)
{
  for (guint i = 0; i < self->permissions->len; i++)
    if (strcmp (gh_permissions_policy_get_nth (self, i)->feature, feature) == 0)
      return gh_permissions_policy_get_nth (self, i);

  return NULL;
}

char *
gh_permissions_policy_dup_text (const GhPermissionsPolicy *self, const char *feature)
{
  const GhStructuredMember *member = gh_structured_field_lookup (self->field, feature);

  return member
           ? g_strndup (gh_structured_field_get_text (self->field) + member->offset, member->length)
           : NULL;
}

char *
gh_permissions_policy_dup_words (const GhPermissionsPolicy *self,
                                 const char *feature,
                                 const GArray *diagnostics)
{
  const char *text = gh_structured_field_get_text (self->field);
  const GhStructuredMember *member = gh_structured_field_lookup (self->field, feature);
  GString *words = g_string_new (NULL);

  for (guint i = 0; member && i < diagnostics->len; i++)
    {
      const GhDiagnostic *diagnostic = gh_diagnostics_get_nth (diagnostics, i);
      g_autofree char *sentence = NULL;

      if (diagnostic->offset < member->offset
          || diagnostic->offset >= member->offset + member->length)
        continue;
      sentence = gh_diagnostic_dup_message (diagnostic, text);
      g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", sentence);
    }

  return g_string_free (words, FALSE);
}

gboolean
gh_permissions_policy_allows_self (const GhPermissionsPolicy *self, const char *feature)
{
  const GhFeature *known = gh_features_lookup (feature);
  const GhPermission *permission = gh_permissions_policy_lookup (self, feature);

  if (!known || known->status == GH_FEATURE_RETIRED)
    return FALSE;
  if (permission)
    return permission->everyone || permission->self;

  return known->default_allowlist != GH_FEATURE_FOR_NOBODY;
}

static char *
format_allowlist (gboolean self_origin, const char *const *origins)
{
  GString *allowlist = g_string_new (self_origin ? "(self" : "(");

  for (; origins && *origins; origins++)
    {
      g_autofree char *quoted = NULL;

      if (!gh_permission_origin_is_valid (*origins))
        continue;
      quoted = gh_structured_string_quote (*origins);
      if (allowlist->len > 1)
        g_string_append_c (allowlist, ' ');
      g_string_append (allowlist, quoted);
    }

  g_string_append_c (allowlist, ')');
  return g_string_free (allowlist, FALSE);
}

char *
gh_permissions_policy_replace (const GhPermissionsPolicy *self,
                               const char *feature,
                               gboolean everyone,
                               gboolean self_origin,
                               const char *const *origins)
{
  g_autofree char *allowlist = everyone ? g_strdup ("*") : format_allowlist (self_origin, origins);

  g_return_val_if_fail (gh_structured_key_is_valid (feature), NULL);

  return gh_structured_field_replace_value (self->field, feature, allowlist);
}

char *
gh_permissions_policy_remove (const GhPermissionsPolicy *self, const char *feature)
{
  return gh_structured_field_remove (self->field, feature);
}
