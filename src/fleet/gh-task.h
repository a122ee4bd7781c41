/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The last step of a task that goes from callback to callback: its result, and with that its
 * reference. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Takes both. */
static inline void
gh_task_fail (GTask *task, GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* TRUE is its result. Takes the task. */
static inline void
gh_task_succeed (GTask *task)
{
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

G_END_DECLS
