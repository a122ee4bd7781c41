/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When to sync without being asked. */

#include "gh-refresh.h"

#include <glib/gi18n-lib.h>

struct _GhRefresh
{
  GObject parent_instance;

  GhFleet *fleet;
  GNetworkMonitor *monitor;
  GCancellable *cancellable; /* of the refresh under way, or NULL */
  guint timer;               /* source id of the next try, 0 for none */
  guint n_failures;          /* in a row */
  gint64 finished_at;        /* monotonic, 0 for never */
  gboolean was_available;
};

enum
{
  PROP_0,
  PROP_ACTIVE,
  N_PROPERTIES
};

enum
{
  SIGNAL_FINISHED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhRefresh, gh_refresh, G_TYPE_OBJECT)

static gboolean
timer_cb (gpointer data)
{
  GhRefresh *self = data;

  self->timer = 0;
  gh_refresh_now (self);
  return G_SOURCE_REMOVE;
}

/* A fifth of the delay is chance, so that many windows do not come back together. */
static void
plan_next (GhRefresh *self)
{
  guint delay = gh_refresh_get_delay (self->n_failures);

  if (g_network_monitor_get_network_available (self->monitor))
    self->timer = g_timeout_add_seconds (
      delay + (guint) g_random_int_range (0, (gint32) delay / 5 + 1), timer_cb, self);
}

/* Waiting helps against what is out of reach, and against nothing else: a token that is
 * refused stays refused. */
static gboolean
is_worth_waiting (const GError *error)
{
  return gh_remote_error_is_offline (error)
         || g_error_matches (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_BUSY)
         || g_error_matches (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_SERVER)
         || g_error_matches (error, GH_FLEET_ERROR, GH_FLEET_ERROR_PARTIAL);
}

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GhRefresh) self = data;
  g_autoptr (GError) error = NULL;

  gh_fleet_sync_finish (GH_FLEET (source), result, &error);
  g_clear_object (&self->cancellable);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->finished_at = g_get_monotonic_time ();
  self->n_failures = error != NULL ? self->n_failures + 1 : 0;
  if (error != NULL && is_worth_waiting (error))
    plan_next (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0, error);
}

/* Only the way from no network to one is a reason; monitors also tell of lesser changes. */
static void
network_changed_cb (GNetworkMonitor *monitor, gboolean available, GhRefresh *self)
{
  gboolean came_back = available && !self->was_available;

  self->was_available = available;
  if (!available)
    g_clear_handle_id (&self->timer, g_source_remove);
  if (!came_back)
    return;
  self->n_failures = 0;
  gh_refresh_now (self);
}

static void
gh_refresh_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  GhRefresh *self = GH_REFRESH (object);

  if (property_id == PROP_ACTIVE)
    g_value_set_boolean (value, gh_refresh_is_active (self));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
gh_refresh_dispose (GObject *object)
{
  GhRefresh *self = GH_REFRESH (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->monitor);
  g_clear_object (&self->fleet);
  G_OBJECT_CLASS (gh_refresh_parent_class)->dispose (object);
}

static void
gh_refresh_class_init (GhRefreshClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = gh_refresh_get_property;
  object_class->dispose = gh_refresh_dispose;
  properties[PROP_ACTIVE]
    = g_param_spec_boolean ("active", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SIGNAL_FINISHED] = g_signal_new ("finished",
                                           GH_TYPE_REFRESH,
                                           G_SIGNAL_RUN_LAST,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           G_TYPE_NONE,
                                           1,
                                           G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
gh_refresh_init (GhRefresh *self)
{
}

GhRefresh *
gh_refresh_new (GhFleet *fleet, GNetworkMonitor *monitor)
{
  GhRefresh *self = g_object_new (GH_TYPE_REFRESH, NULL);

  self->fleet = g_object_ref (fleet);
  self->monitor = g_object_ref (monitor != NULL ? monitor : g_network_monitor_get_default ());
  self->was_available = g_network_monitor_get_network_available (self->monitor);
  g_signal_connect (self->monitor, "network-changed", G_CALLBACK (network_changed_cb), self);
  return self;
}

void
gh_refresh_on_focus (GhRefresh *self)
{
  g_return_if_fail (GH_IS_REFRESH (self));

  if (self->finished_at == 0
      || g_get_monotonic_time () - self->finished_at >= GH_REFRESH_PAUSE_SECONDS * G_USEC_PER_SEC)
    gh_refresh_now (self);
}

void
gh_refresh_now (GhRefresh *self)
{
  g_return_if_fail (GH_IS_REFRESH (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
  gh_fleet_sync_async (self->fleet, NULL, 0, self->cancellable, synced_cb, g_object_ref (self));
}

gboolean
gh_refresh_is_active (GhRefresh *self)
{
  g_return_val_if_fail (GH_IS_REFRESH (self), FALSE);
  return self->cancellable != NULL;
}

guint
gh_refresh_get_delay (guint n_failures)
{
  guint doublings = n_failures > 0 ? MIN (n_failures - 1, 16) : 0;

  return MIN (GH_REFRESH_FIRST_SECONDS << doublings, GH_REFRESH_LAST_SECONDS);
}
