/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Amounts of a setting's unit in words, in the plural forms of the person's language. */

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "gh-setting.h"

/* The unit alone, as it stands behind an editor that holds this amount: "minutes". */
char *
gh_setting_dup_unit_label (const GhSetting *setting, gint64 amount)
{
  const char *unit = setting->unit;
  gulong n = (gulong) amount;

  if (g_str_equal (unit, "minutes"))
    return g_strdup (ngettext ("minute", "minutes", n));
  if (g_str_equal (unit, "seconds"))
    return g_strdup (ngettext ("second", "seconds", n));
  if (g_str_equal (unit, "days"))
    return g_strdup (ngettext ("day", "days", n));
  if (g_str_equal (unit, "attempts"))
    return g_strdup (ngettext ("attempt", "attempts", n));
  if (g_str_equal (unit, "passwords"))
    return g_strdup (ngettext ("password", "passwords", n));

  return g_strdup ("");
}

/* The amount with its unit: "15 minutes", or the number alone where there is no unit. */
char *
gh_setting_dup_amount (const GhSetting *setting, gint64 amount)
{
  const char *unit = setting->unit;
  gulong n = (gulong) amount;

  if (g_str_equal (unit, "minutes"))
    return g_strdup_printf (ngettext ("%" PRId64 " minute", "%" PRId64 " minutes", n), amount);
  if (g_str_equal (unit, "seconds"))
    return g_strdup_printf (ngettext ("%" PRId64 " second", "%" PRId64 " seconds", n), amount);
  if (g_str_equal (unit, "days"))
    return g_strdup_printf (ngettext ("%" PRId64 " day", "%" PRId64 " days", n), amount);
  if (g_str_equal (unit, "attempts"))
    return g_strdup_printf (ngettext ("%" PRId64 " attempt", "%" PRId64 " attempts", n), amount);
  if (g_str_equal (unit, "passwords"))
    return g_strdup_printf (ngettext ("%" PRId64 " password", "%" PRId64 " passwords", n), amount);

  return g_strdup_printf ("%" G_GINT64_FORMAT, amount);
}
