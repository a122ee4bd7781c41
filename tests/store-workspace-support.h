/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workspaces for the tests of the store, and the calls of their stores, awaited. */

#pragma once

#include "gh-account-store.h"
#include "gh-draft-store.h"
#include "gh-journal.h"
#include "gh-workspace-store.h"
#include "store-support.h"

static inline void
test_add_account (GhDatabase *database, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GhAccount) account = gh_account_new (name, "https://policy.example");

  gh_account_store_save_async (database, account, FALSE, NULL, await_ready, &result);
  g_assert_true (gh_account_store_save_finish (database, await (&result), NULL));
}

static inline void
test_add_workspace (GhDatabase *database, const char *account, const char *id)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO workspaces (account, id, name) VALUES ('%s', '%s', '%s')", account, id, id);
  g_autoptr (GError) error = NULL;

  test_execute (database, sql, &error);
  g_assert_no_error (error);
}

/* A new database with the account "work", and the key that a workspace "alpha" of it has. */
typedef struct
{
  char *directory;
  char *path; /* of the database */
  GhDatabase *database;
  GhWorkspaceKey *key;
} TestStore;

static inline void
test_store_set_up (TestStore *store, gconstpointer data)
{
  store->directory = test_make_directory ();
  store->path = g_build_filename (store->directory, "gatehouse.db", NULL);
  store->database = test_open_well (store->path);
  store->key = gh_workspace_key_new ("work", "alpha");
  test_add_account (store->database, "work");
}

static inline void
test_store_tear_down (TestStore *store, gconstpointer data)
{
  test_close (store->database);
  test_remove_directory (store->directory);
  gh_workspace_key_free (store->key);
  g_free (store->directory);
  g_free (store->path);
}

static inline GPtrArray *
test_list_workspaces (GhDatabase *database)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  GPtrArray *records;

  gh_workspace_store_list_async (database, NULL, await_ready, &result);
  records = gh_workspace_store_list_finish (database, await (&result), &error);
  g_assert_no_error (error);
  return records;
}

static inline gboolean
test_save_policy (GhDatabase *database,
                  const GhWorkspaceKey *key,
                  const GhCachedPolicy *cached,
                  GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_workspace_store_save_policy_async (database, key, cached, NULL, await_ready, &result);
  return gh_workspace_store_save_policy_finish (database, await (&result), error);
}

static inline GhCachedPolicy *
test_load_policy (GhDatabase *database, const GhWorkspaceKey *key)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_workspace_store_load_policy_async (database, key, NULL, await_ready, &result);
  return gh_workspace_store_load_policy_finish (database, await (&result), NULL);
}

static inline GhDraft *
test_load_draft (GhDatabase *database, const GhWorkspaceKey *key)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  GhDraft *draft;

  gh_draft_store_load_async (database, key, NULL, await_ready, &result);
  draft = gh_draft_store_load_finish (database, await (&result), &error);
  g_assert_no_error (error);
  return draft;
}

static inline gint64
test_record_steps (GhDatabase *database,
                   const GhWorkspaceKey *key,
                   GhDocumentEvent event,
                   GPtrArray *steps,
                   GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_draft_store_record_async (database, key, event, steps, NULL, await_ready, &result);
  return gh_draft_store_record_finish (database, await (&result), error);
}

static inline gint64
test_record (GhDatabase *database,
             const GhWorkspaceKey *key,
             GhDocumentEvent event,
             GhStep *step,
             GError **error)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();

  g_ptr_array_add (steps, step);
  return test_record_steps (database, key, event, steps, error);
}

/* A document whose steps are written down as they come, as a window has it. */
typedef struct
{
  GhDatabase *database;
  GhWorkspaceKey *key;
  GhDocument *document;
  gint64 generation; /* after the last steps */
  GError *error;     /* of the last steps */
} TestEditor;

static inline void
test_editor_on_steps (GhDocument *document, int event, GPtrArray *steps, TestEditor *editor)
{
  g_clear_error (&editor->error);
  editor->generation
    = test_record_steps (editor->database, editor->key, event, steps, &editor->error);
}

static inline void
test_editor_reload (TestEditor *editor)
{
  g_autoptr (GhDraft) draft = test_load_draft (editor->database, editor->key);

  gh_document_restore (editor->document, draft->drafts, draft->steps, draft->position);
  editor->generation = draft->generation;
}

static inline TestEditor *
test_editor_new (GhDatabase *database, const char *account, const char *id)
{
  TestEditor *editor = g_new0 (TestEditor, 1);
  g_autoptr (GhPolicy) base = NULL;
  GhCachedPolicy *cached;

  editor->database = database;
  editor->key = gh_workspace_key_new (account, id);
  cached = test_load_policy (database, editor->key);
  base = cached == NULL ? gh_policy_new () : gh_policy_ref (cached->policy);
  g_clear_pointer (&cached, gh_cached_policy_free);
  editor->document = gh_document_new (base);
  g_signal_connect (editor->document, "steps", G_CALLBACK (test_editor_on_steps), editor);
  test_editor_reload (editor);
  return editor;
}

static inline void
test_editor_free (TestEditor *editor)
{
  gh_workspace_key_free (editor->key);
  g_object_unref (editor->document);
  g_clear_error (&editor->error);
  g_free (editor);
}

static inline void
test_editor_set (TestEditor *editor, const char *field, gint64 value)
{
  g_autoptr (GError) error = NULL;

  gh_document_set_value (
    editor->document, gh_settings_lookup (field), g_variant_new_int64 (value), &error);
  g_assert_no_error (error);
}

static inline gint64
test_editor_get (TestEditor *editor, const char *field)
{
  return g_variant_get_int64 (gh_document_get_value (editor->document, gh_settings_lookup (field)));
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestEditor, test_editor_free)
