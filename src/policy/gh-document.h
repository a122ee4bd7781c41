/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A policy being edited: base values as the server last had them, a sparse draft over
 * them, and the steps that made the draft, for undo and redo. A draft equal to its base
 * is dropped. */

#pragma once

#include "gh-policy.h"

G_BEGIN_DECLS

#define GH_TYPE_DOCUMENT (gh_document_get_type ())

G_DECLARE_FINAL_TYPE (GhDocument, gh_document, GH, DOCUMENT, GObject)

#define GH_DOCUMENT_MAXIMUM_STEPS 1000

/* One field of a step. A NULL value stands for "not drafted". */
typedef struct
{
  const GhSetting *setting;
  GVariant *before; /* owned, or NULL */
  GVariant *after;  /* owned, or NULL */
} GhStepChange;

/* What undo takes back as one: an edit, or several made together. */
typedef struct
{
  gint64 time;        /* microseconds since the epoch */
  GPtrArray *changes; /* of GhStepChange */
} GhStep;

/* Signals:
 *   changed::FIELD  (const GhSetting *setting): the effective value, the base or the drafted
 *                   state of one field changed
 *   steps           (GhDocumentEvent event, GPtrArray *steps): the person edited, undid or
 *                   redid; whoever keeps the draft writes it down now. Of borrowed GhStep: one,
 *                   and before the one that was undone or redone those passed over on the way.
 * Properties, all notified: n-drafted (guint), can-undo, can-redo (gboolean). */
typedef enum
{
  GH_DOCUMENT_EDITED,  /* the step was appended after those that are done; what had been
                        * undone is gone, and so is the oldest beyond the maximum */
  GH_DOCUMENT_AMENDED, /* the last step took one more edit of the same field in, made within
                        * GH_DOCUMENT_GROUPING_SECONDS of the one before */
  GH_DOCUMENT_UNDONE,
  GH_DOCUMENT_REDONE,
} GhDocumentEvent;

#define GH_DOCUMENT_GROUPING_SECONDS 2

GhDocument *gh_document_new (GhPolicy *base);

/* Drafts equal to the new base are dropped; the steps stay. */
GhPolicy *gh_document_get_base (GhDocument *self);
void gh_document_set_base (GhDocument *self, GhPolicy *base);
/* The base with the draft over it. */
GhPolicy *gh_document_dup_policy (GhDocument *self);

GVariant *gh_document_get_value (GhDocument *self, const GhSetting *setting);
GVariant *gh_document_get_base_value (GhDocument *self, const GhSetting *setting);
GVariant *gh_document_get_draft (GhDocument *self, const GhSetting *setting); /* or NULL */
gboolean gh_document_is_drafted (GhDocument *self, const GhSetting *setting);
guint gh_document_get_n_drafted (GhDocument *self);

/* FALSE with a GH_POLICY_ERROR, and nothing changed, when the field refuses the value. */
gboolean
gh_document_set_value (GhDocument *self, const GhSetting *setting, GVariant *value, GError **error);
/* Drafts every field that differs from the policy, as one step. */
void gh_document_set_policy (GhDocument *self, const GhPolicy *policy);
void gh_document_revert (GhDocument *self, const GhSetting *setting);
void gh_document_revert_all (GhDocument *self);

/* Several edits as one step. Nested calls count. */
void gh_document_begin_step (GhDocument *self);
void gh_document_end_step (GhDocument *self);

/* Steps that make no difference any more, as after their outcome was applied, are passed
 * over. */
gboolean gh_document_can_undo (GhDocument *self);
gboolean gh_document_can_redo (GhDocument *self);
gboolean gh_document_undo (GhDocument *self);
gboolean gh_document_redo (GhDocument *self);
/* "Undo: Global session timeout 60 minutes to 15 minutes", or NULL when there is none. */
char *gh_document_dup_undo_label (GhDocument *self);
char *gh_document_dup_redo_label (GhDocument *self);

/* Puts back what was kept: no step is recorded and no `step` is emitted.
 * drafts maps GhSetting to GVariant; steps holds GhStep, of which the first position are done. */
void gh_document_restore (GhDocument *self, GHashTable *drafts, GPtrArray *steps, guint position);

GhStep *gh_step_new (gint64 time);
/* An edit of a field that the step has already goes into the change that is there. */
void gh_step_add (GhStep *step, const GhSetting *setting, GVariant *before, GVariant *after);
GhStep *gh_step_copy (const GhStep *step);
GPtrArray *gh_step_copy_all (GPtrArray *steps); /* of owned GhStep */
void gh_step_free (GhStep *step);
/* "Global session timeout: 60 minutes to 15 minutes" */
char *gh_step_dup_label (const GhStep *step, GhDocument *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhStep, gh_step_free)

G_END_DECLS
