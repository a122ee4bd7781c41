/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one place that knows which fields are edited in a window of their own as well, part by
 * part. The row of such a field has a button for each of its windows. */

#pragma once

#include <gtk/gtk.h>

#include "gh-form-context.h"

G_BEGIN_DECLS

typedef struct
{
  const char *field;   /* id of the setting whose row has the button */
  const char *title;   /* translatable: what the button says, such as "Edit by Feature…" */
  const char *tooltip; /* translatable: one sentence */

  /* A window that works on context's document by gh_document_set_value(), so that undo, the
   * draft and every view follow, and that itself follows the document's `changed::FIELD`.
   * It is presented, made modal and closed with the document by the caller. */
  GtkWindow *(*create) (GhFormContext *context, const GhSetting *setting);
} GhStructuredEditor;

/* In the order of the buttons; a field may stand there several times. To add an editor add
 * its line to the table in gh-structured-editors.c: nothing else has to know of it. */
const GhStructuredEditor *gh_structured_editors_get_table (gsize *n_editors);

G_END_DECLS
