/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One row of the settings table: everything the rest of the program needs to
 * know about one field. There are 54 settings; a setting of several parts (such
 * as Strict-Transport-Security) is a switch with sub-fields, each a row of its
 * own with the id SETTING.SUBFIELD and `parent` naming the switch. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _GhChoice GhChoice;
typedef struct _GhFormat GhFormat;
typedef struct _GhFormat GhFormat;
typedef struct _GhGroup GhGroup;
typedef struct _GhSetting GhSetting;
typedef struct _GhValueType GhValueType;

/* Rows of the settings table, sub-fields included, and groups. A test holds both
 * against the tables. */
#define GH_N_SETTINGS 74
#define GH_N_GROUPS 10

typedef enum
{
  GH_SCOPE_WORKSPACE,
  GH_SCOPE_COMMUNITY, /* a community may override the workspace's value */
} GhScope;

/* In which direction a change of the value weakens security. */
typedef enum
{
  GH_WEAKER_NEITHER,
  GH_WEAKER_LOWER,  /* integers; where `zero` means "never" see GH_WEAKER_HIGHER */
  GH_WEAKER_HIGHER, /* integers; 0 is weakest where zero_is_unlimited */
  GH_WEAKER_OFF,
  GH_WEAKER_ON,
  GH_WEAKER_EARLIER_CHOICE, /* enums: choices stand from weak to strong */
  GH_WEAKER_LATER_CHOICE,
  GH_WEAKER_LONGER, /* lists: each addition */
} GhWeaker;

struct _GhChoice
{
  const char *id;
  const char *title; /* translatable */
};

struct _GhGroup
{
  const char *id;
  const char *title;       /* translatable */
  const char *description; /* translatable, one sentence */
};

struct _GhSetting
{
  guint number; /* 1..54, shared by a switch and its sub-fields */
  const char *id;
  const char *parent; /* id of the switch, or NULL */
  const char *group;  /* id of the group */
  const GhValueType *type;
  const char *title; /* translatable */
  const char *help;  /* translatable, one or two sentences: what it does and what weakens */
  const char *unit;  /* "minutes", "seconds", "days", "attempts", "passwords" or "" */
  gint64 minimum;    /* integers: smallest value; strings and texts: characters; lists: items */
  gint64 maximum;
  const GhChoice *choices; /* enums only */
  guint n_choices;
  const GhFormat *format;     /* strings, texts and list items: what they may hold, or NULL */
  const char *default_text;   /* in the type's text form */
  const char *zero;           /* translatable meaning of 0 or of an empty list, or NULL */
  gboolean zero_is_unlimited; /* 0 stands for "never ends", above every other value */
  GhScope scope;
  GhWeaker weaker;
  const char *recommended;       /* translatable words */
  const char *recommended_value; /* text form of one value that satisfies them, or NULL */
  const char *source;            /* translatable: who recommends it, standard and section */
  const char *keywords;          /* translatable words people search for, or NULL */
};

const GhSetting *gh_settings_get_table (void);
const GhSetting *gh_settings_lookup (const char *id);
const GhSetting *gh_settings_get_nth (guint index);
guint gh_setting_get_index (const GhSetting *setting);
const GhSetting *gh_setting_get_parent (const GhSetting *setting);
GVariant *gh_setting_get_default (const GhSetting *setting);
gboolean gh_setting_matches (const GhSetting *setting, const char *search);
gboolean gh_setting_is_weaker (const GhSetting *setting, GVariant *before, GVariant *after);

/* The translated words of a row; those that a row can do without may be NULL. */
const char *gh_setting_get_title (const GhSetting *setting);
const char *gh_setting_get_help (const GhSetting *setting);
const char *gh_setting_get_zero (const GhSetting *setting);
const char *gh_setting_get_recommended (const GhSetting *setting);
const char *gh_setting_get_source (const GhSetting *setting);
const GhChoice *gh_setting_get_choice (const GhSetting *setting, const char *id);
const char *gh_choice_get_title (const GhChoice *choice);
char *gh_setting_dup_unit_label (const GhSetting *setting,
                                 gint64 amount); /* "minutes", or "minute" for 1 */
char *gh_setting_dup_amount (const GhSetting *setting, gint64 amount); /* "15 minutes" */

const GhGroup *gh_groups_get_table (void);
const GhGroup *gh_groups_lookup (const char *id);
const char *gh_group_get_title (const GhGroup *group);
const char *gh_group_get_description (const GhGroup *group);

G_END_DECLS
