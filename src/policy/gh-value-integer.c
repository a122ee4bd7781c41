/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole numbers with a unit and a range. */

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "gh-value-private.h"
#include "gh-value-type.h"

#define SECONDS_A_MINUTE 60
#define MINUTES_AN_HOUR 60
#define MINUTES_A_DAY 1440

static gboolean
integer_check (const GhSetting *setting, GVariant *value, GError **error)
{
  gint64 number = g_variant_get_int64 (value);
  g_autofree char *maximum = NULL;

  if (number >= setting->minimum && number <= setting->maximum)
    return TRUE;

  maximum = gh_setting_dup_amount (setting, setting->maximum);
  g_set_error (error,
               GH_POLICY_ERROR,
               GH_POLICY_ERROR_RANGE,
               _ ("“%s” can be from %" PRId64 " to %s, not %" PRId64),
               gh_setting_get_title (setting),
               setting->minimum,
               maximum,
               number);
  return FALSE;
}

static JsonNode *
integer_to_json (GVariant *value)
{
  return json_node_init_int (json_node_alloc (), g_variant_get_int64 (value));
}

static GVariant *
refuse (const GhSetting *setting, char *quoted, GError **error)
{
  g_set_error (error,
               GH_POLICY_ERROR,
               GH_POLICY_ERROR_TYPE,
               _ ("“%s” takes a whole number, and %s is not one"),
               gh_setting_get_title (setting),
               quoted);
  g_free (quoted);
  return NULL;
}

static GVariant *
integer_from_json (const GhSetting *setting, JsonNode *node, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return refuse (setting, gh_value_dup_quoted_json (node), error);

  return g_variant_ref_sink (g_variant_new_int64 (json_node_get_int (node)));
}

static char *
integer_to_text (GVariant *value)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, g_variant_get_int64 (value));
}

static GVariant *
integer_from_text (const GhSetting *setting, const char *text, GError **error)
{
  g_autofree char *copy = g_strdup (text);
  gint64 number;

  if (!g_ascii_string_to_signed (g_strstrip (copy), 10, G_MININT64, G_MAXINT64, &number, NULL))
    return refuse (setting, gh_value_dup_quoted (text), error);

  return g_variant_ref_sink (g_variant_new_int64 (number));
}

/* The same length of time in a larger unit, where it comes out even and says more:
 * 300 seconds are 5 minutes, 10080 minutes are 7 days. */
static char *
describe_in_larger_unit (const char *unit, gint64 amount)
{
  if (g_str_equal (unit, "seconds") && amount >= SECONDS_A_MINUTE && amount % SECONDS_A_MINUTE == 0)
    {
      gint64 minutes = amount / SECONDS_A_MINUTE;

      return g_strdup_printf (
        ngettext ("%" PRId64 " minute", "%" PRId64 " minutes", (gulong) minutes), minutes);
    }

  if (!g_str_equal (unit, "minutes") || amount <= MINUTES_AN_HOUR)
    return NULL;

  if (amount % MINUTES_A_DAY == 0)
    {
      gint64 days = amount / MINUTES_A_DAY;

      return g_strdup_printf (ngettext ("%" PRId64 " day", "%" PRId64 " days", (gulong) days),
                              days);
    }

  if (amount % MINUTES_AN_HOUR == 0)
    {
      gint64 hours = amount / MINUTES_AN_HOUR;

      return g_strdup_printf (ngettext ("%" PRId64 " hour", "%" PRId64 " hours", (gulong) hours),
                              hours);
    }

  return NULL;
}

static char *
integer_describe (const GhSetting *setting, GVariant *value)
{
  gint64 number = g_variant_get_int64 (value);
  g_autofree char *amount = NULL;
  g_autofree char *larger = NULL;

  if (number == 0 && setting->zero != NULL)
    return g_strdup (gh_setting_get_zero (setting));

  amount = gh_setting_dup_amount (setting, number);
  larger = describe_in_larger_unit (setting->unit, number);
  if (larger == NULL)
    return g_steal_pointer (&amount);

  /* Translators: one length of time in two units, such as “300 seconds (5 minutes)”. */
  return g_strdup_printf (_ ("%s (%s)"), amount, larger);
}

const GhValueType gh_value_type_integer = {
  .id = "integer",
  .signature = "x",
  .check = integer_check,
  .to_json = integer_to_json,
  .from_json = integer_from_json,
  .to_text = integer_to_text,
  .from_text = integer_from_text,
  .describe = integer_describe,
};
