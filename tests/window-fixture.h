/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The real application in the process of a test, driven from within its own main loop. */

#pragma once

#include "gh-application.h"

G_BEGIN_DECLS

typedef void (*WindowScenario) (GhApplication *application, GhWindow *window, gpointer user_data);

/* Runs the application until the scenario returns, then closes it as a person would. */
int window_fixture_run (WindowScenario scenario, gpointer user_data);

/* Runs the main loop until the condition holds; aborts after a minute. */
#define window_fixture_wait(condition)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint watchdog_ = window_fixture_watch (#condition);                                           \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (watchdog_);                                                                   \
  }                                                                                                \
  G_STMT_END

guint window_fixture_watch (const char *condition);

/* Lets the window draw, then saves what it shows. */
void window_fixture_save_png (GtkWindow *window, const char *directory, const char *name);
/* The same in the folder that GATEHOUSE_PICTURES names, where somebody wants to look at it. */
void window_fixture_draw (GtkWidget *window, const char *name);
void window_fixture_resize (GtkWindow *window, int width, int height);

/* Fails when it does not fit as wide as it is or as narrow as a phone, which it is afterwards.
 * Drawn as NAME, NAME-dark and NAME-narrow. */
void window_fixture_check_fit (GtkWidget *window, const char *name);

/* Opens a workspace and waits until its settings are shown. */
void window_fixture_open (GhWindow *window, GhWorkspace *workspace);
GhWorkspace *window_fixture_find_workspace (GhWindow *window, gboolean can_write);
GhWorkspace *window_fixture_get_workspace (GhWindow *window, guint position);

/* As Escape does it; waits until it is gone. */
void window_fixture_close_dialog (GhWindow *window);

/* Goes to a setting and types into its editor. */
GhSettingRow *window_fixture_go_to (GhWindow *window, const char *field);
void window_fixture_type (GhWindow *window, const char *field, const char *text);

/* As the button does; waits until there are workspaces. */
void window_fixture_start_demo (GhWindow *window);

/* The gatehouse-server that the fleet started for the demo; 0 when there is none. */
GPid window_fixture_find_server (void);
void window_fixture_stop_server (void);

/* Where the demo's server keeps its data, and how it is asked past the application.
 * etag "*" overwrites whatever is there. Anything but a 200 aborts. */
char *window_fixture_dup_server_database (void);
const char *window_fixture_get_server_url (GhWindow *window);
char *window_fixture_make_token (const char *role);
char *window_fixture_ask (GhWindow *window,
                          const char *token,
                          const char *method,
                          const char *path,
                          const char *etag,
                          const char *body);
/* Changes one field on the server; value is JSON. */
void window_fixture_write_past (GhWindow *window,
                                GhWorkspace *workspace,
                                const char *field,
                                const char *value);

G_END_DECLS
