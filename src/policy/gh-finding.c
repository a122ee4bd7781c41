/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings: what a rule has to say, and what mends it. */

#include "gh-finding.h"

typedef struct
{
  GhFinding finding; /* first, so that a pointer to one is a pointer to the other */
  gatomicrefcount ref_count;
} CountedFinding;

/* In the order of GhSeverity. */
static const char *const severities[] = { "info", "warning", "confirm", "high", "error" };

G_DEFINE_BOXED_TYPE (GhFinding, gh_finding, gh_finding_ref, gh_finding_unref)

static void
mend_free (GhMend *mend)
{
  g_variant_unref (mend->value);
  g_free (mend);
}

/* id and fields are kept as they are and must be static. */
GhFinding *
gh_finding_new (const char *id, GhSeverity severity, const char *const *fields)
{
  CountedFinding *counted;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (fields != NULL, NULL);

  counted = g_new0 (CountedFinding, 1);
  g_atomic_ref_count_init (&counted->ref_count);
  counted->finding.id = id;
  counted->finding.severity = severity;
  counted->finding.fields = fields;
  return &counted->finding;
}

GhFinding *
gh_finding_ref (GhFinding *finding)
{
  g_return_val_if_fail (finding != NULL, NULL);

  g_atomic_ref_count_inc (&((CountedFinding *) finding)->ref_count);
  return finding;
}

void
gh_finding_unref (GhFinding *finding)
{
  CountedFinding *counted = (CountedFinding *) finding;

  g_return_if_fail (finding != NULL);

  if (!g_atomic_ref_count_dec (&counted->ref_count))
    return;

  g_free (finding->message);
  g_free (finding->explanation);
  g_free (finding->mend_title);
  g_clear_pointer (&finding->mend, g_ptr_array_unref);
  g_free (counted);
}

void
gh_finding_set_mend_title (GhFinding *finding, const char *title)
{
  g_return_if_fail (finding != NULL);

  g_free (finding->mend_title);
  finding->mend_title = g_strdup (title);
}

/* Takes the value if it is floating. */
void
gh_finding_add_mend (GhFinding *finding, const GhSetting *setting, GVariant *value)
{
  GhMend *mend;

  g_return_if_fail (finding != NULL);
  g_return_if_fail (setting != NULL);
  g_return_if_fail (value != NULL);

  mend = g_new0 (GhMend, 1);
  mend->setting = setting;
  mend->value = g_variant_ref_sink (value);
  if (finding->mend == NULL)
    finding->mend = g_ptr_array_new_with_free_func ((GDestroyNotify) mend_free);
  g_ptr_array_add (finding->mend, mend);
}

gboolean
gh_finding_concerns (const GhFinding *finding, const GhSetting *setting)
{
  g_return_val_if_fail (finding != NULL, FALSE);
  g_return_val_if_fail (setting != NULL, FALSE);

  return g_strv_contains (finding->fields, setting->id);
}

const char *
gh_severity_to_string (GhSeverity severity)
{
  g_return_val_if_fail ((gsize) severity < G_N_ELEMENTS (severities), NULL);

  return severities[severity];
}

gboolean
gh_severity_from_string (const char *text, GhSeverity *severity)
{
  g_return_val_if_fail (text != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (severities); i++)
    if (g_str_equal (severities[i], text))
      {
        *severity = (GhSeverity) i;
        return TRUE;
      }

  return FALSE;
}

GhSeverity
gh_findings_get_worst (GPtrArray *findings)
{
  GhSeverity worst = GH_SEVERITY_INFO;

  g_return_val_if_fail (findings != NULL, worst);

  for (guint i = 0; i < findings->len; i++)
    {
      const GhFinding *finding = g_ptr_array_index (findings, i);

      worst = MAX (worst, finding->severity);
    }

  return worst;
}
