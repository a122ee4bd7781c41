/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Policies for tests: named by their values in text form, or random. */

#pragma once

#include "gh-policy.h"
#include "gh-value-format.h"
#include "gh-value-type.h"

/* "FIELD=VALUE;FIELD=VALUE" over the defaults, without the check of the field. */
static inline GhPolicy *
sample_policy (const char *assignments)
{
  GhPolicy *policy = gh_policy_new ();
  g_auto (GStrv) parts = g_strsplit (assignments, ";", -1);

  for (char **part = parts; *part != NULL && **part != '\0'; part++)
    {
      g_auto (GStrv) sides = g_strsplit (*part, "=", 2);
      const GhSetting *setting = gh_settings_lookup (sides[0]);
      GVariant *value;

      g_assert_nonnull (setting);
      value = setting->type->from_text (setting, sides[1], NULL);
      g_assert_nonnull (value);
      gh_policy_set (policy, setting, value);
      g_variant_unref (value);
    }

  return policy;
}

static inline char *
sample_item (const GhSetting *setting, GRand *random)
{
  static const char *const extensions[]
    = { "pdf", "exe", "html", "png", "svg", "txt", "docm", "zip" };
  static const char *const addresses[] = { "https://a.example/r", "http://b.example:8080/?q=1" };
  static const char *const identifiers[] = { "G-AB12CD34EF", "G-0000" };
  static const char *const values[]
    = { "default-src 'self'", "camera=()", "x", "script-src 'none'; object-src *" };
  guchar digest[32];

  if (setting->format == &gh_format_file_extension)
    return g_strdup (extensions[g_rand_int_range (random, 0, (gint32) G_N_ELEMENTS (extensions))]);
  if (setting->format == &gh_format_web_address)
    return g_strdup (addresses[g_rand_int_range (random, 0, (gint32) G_N_ELEMENTS (addresses))]);
  if (setting->format == &gh_format_measurement_id)
    return g_strdup (
      identifiers[g_rand_int_range (random, 0, (gint32) G_N_ELEMENTS (identifiers))]);
  if (setting->format != &gh_format_key_pin)
    return g_strdup (values[g_rand_int_range (random, 0, (gint32) G_N_ELEMENTS (values))]);

  for (gsize i = 0; i < sizeof digest; i++)
    digest[i] = (guchar) g_rand_int_range (random, 0, 4);
  return g_base64_encode (digest, sizeof digest);
}

static inline GVariant *
sample_list (const GhSetting *setting, GRand *random)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);
  gint32 n_items = g_rand_int_range (random, 0, 5);

  for (gint32 i = 0; i < n_items; i++)
    {
      g_autofree char *item = sample_item (setting, random);

      if (!g_ptr_array_find_with_equal_func (items, item, g_str_equal, NULL))
        g_ptr_array_add (items, g_steal_pointer (&item));
    }

  return g_variant_new_strv ((const char *const *) items->pdata, items->len);
}

static inline gint64
sample_integer (const GhSetting *setting, GRand *random)
{
  gint64 small = MIN (setting->maximum, setting->minimum + 40);

  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      return setting->minimum;
    case 1:
      return setting->maximum;
    case 2:
      return g_rand_int_range (random, (gint32) setting->minimum, (gint32) small + 1);
    default:
      return g_rand_int_range (random, (gint32) setting->minimum, (gint32) setting->maximum + 1);
    }
}

/* A value the field accepts; not floating. */
static inline GVariant *
sample_value (const GhSetting *setting, GRand *random)
{
  GVariant *value;

  if (setting->type == &gh_value_type_boolean)
    value = g_variant_new_boolean (g_rand_boolean (random));
  else if (setting->type == &gh_value_type_integer)
    value = g_variant_new_int64 (sample_integer (setting, random));
  else if (setting->type == &gh_value_type_enum)
    value = g_variant_new_string (
      setting->choices[g_rand_int_range (random, 0, (gint32) setting->n_choices)].id);
  else if (setting->type == &gh_value_type_string_list)
    value = sample_list (setting, random);
  else
    value = g_rand_int_range (random, 0, 3) == 0
              ? g_variant_new_string ("")
              : g_variant_new_take_string (sample_item (setting, random));

  return g_variant_ref_sink (value);
}

/* Each field other than its default in one of spread cases. */
static inline GhPolicy *
sample_random_policy (GRand *random, gint32 spread)
{
  GhPolicy *policy = gh_policy_new ();

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      if (g_rand_int_range (random, 0, spread) == 0)
        {
          g_autoptr (GVariant) value = sample_value (setting, random);

          gh_policy_set (policy, setting, value);
        }
    }

  return policy;
}
