/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The features that a Permissions-Policy can speak of, sorted by name. Sources: W3C
 * permissions-policy feature registry; MDN browser-compat-data for what browsers obey
 * (2026). */

#include "gh-config.h"

#include <stdlib.h>
#include <string.h>

#include "gh-permissions-policy.h"

static const GhFeature features[] = {
  { "accelerometer", GH_FEATURE_CURRENT },
  { "all-screens-capture", GH_FEATURE_EXPERIMENTAL },
  { "ambient-light-sensor", GH_FEATURE_EXPERIMENTAL },
  { "aria-notify", GH_FEATURE_CURRENT },
  { "attribution-reporting", GH_FEATURE_RETIRED },
  { "autofill", GH_FEATURE_EXPERIMENTAL },
  { "autoplay", GH_FEATURE_CURRENT },
  { "battery", GH_FEATURE_CURRENT },
  { "bluetooth", GH_FEATURE_CURRENT },
  { "browsing-topics", GH_FEATURE_RETIRED },
  { "camera", GH_FEATURE_CURRENT },
  { "captured-surface-control", GH_FEATURE_CURRENT },
  { "ch-ua", GH_FEATURE_CURRENT },
  { "ch-ua-arch", GH_FEATURE_CURRENT },
  { "ch-ua-bitness", GH_FEATURE_CURRENT },
  { "ch-ua-full-version", GH_FEATURE_CURRENT },
  { "ch-ua-full-version-list", GH_FEATURE_CURRENT },
  { "ch-ua-high-entropy-values", GH_FEATURE_CURRENT },
  { "ch-ua-mobile", GH_FEATURE_CURRENT },
  { "ch-ua-model", GH_FEATURE_CURRENT },
  { "ch-ua-platform", GH_FEATURE_CURRENT },
  { "ch-ua-platform-version", GH_FEATURE_CURRENT },
  { "ch-ua-wow64", GH_FEATURE_CURRENT },
  { "clipboard-read", GH_FEATURE_CURRENT },
  { "clipboard-write", GH_FEATURE_CURRENT },
  { "compute-pressure", GH_FEATURE_CURRENT },
  { "conversion-measurement", GH_FEATURE_EXPERIMENTAL },
  { "cross-origin-isolated", GH_FEATURE_CURRENT },
  { "deferred-fetch", GH_FEATURE_CURRENT },
  { "deferred-fetch-minimal", GH_FEATURE_CURRENT },
  { "digital-credentials-create", GH_FEATURE_EXPERIMENTAL },
  { "digital-credentials-get", GH_FEATURE_EXPERIMENTAL },
  { "direct-sockets", GH_FEATURE_CURRENT },
  { "display-capture", GH_FEATURE_CURRENT },
  { "document-domain", GH_FEATURE_RETIRED },
  { "encrypted-media", GH_FEATURE_CURRENT },
  { "execution-while-not-rendered", GH_FEATURE_CURRENT },
  { "execution-while-out-of-viewport", GH_FEATURE_CURRENT },
  { "focus-without-user-activation", GH_FEATURE_EXPERIMENTAL },
  { "fullscreen", GH_FEATURE_CURRENT },
  { "gamepad", GH_FEATURE_CURRENT },
  { "geolocation", GH_FEATURE_CURRENT },
  { "gyroscope", GH_FEATURE_CURRENT },
  { "hid", GH_FEATURE_CURRENT },
  { "identity-credentials-get", GH_FEATURE_CURRENT },
  { "idle-detection", GH_FEATURE_CURRENT },
  { "interest-cohort", GH_FEATURE_RETIRED },
  { "join-ad-interest-group", GH_FEATURE_EXPERIMENTAL },
  { "keyboard-map", GH_FEATURE_CURRENT },
  { "language-detector", GH_FEATURE_EXPERIMENTAL },
  { "language-model", GH_FEATURE_CURRENT },
  { "local-fonts", GH_FEATURE_CURRENT },
  { "local-network", GH_FEATURE_CURRENT },
  { "local-network-access", GH_FEATURE_CURRENT },
  { "loopback-network", GH_FEATURE_CURRENT },
  { "magnetometer", GH_FEATURE_CURRENT },
  { "manual-text", GH_FEATURE_EXPERIMENTAL },
  { "mediasession", GH_FEATURE_CURRENT },
  { "microphone", GH_FEATURE_CURRENT },
  { "midi", GH_FEATURE_CURRENT },
  { "monetization", GH_FEATURE_EXPERIMENTAL },
  { "navigation-override", GH_FEATURE_CURRENT },
  { "on-device-speech-recognition", GH_FEATURE_CURRENT },
  { "otp-credentials", GH_FEATURE_CURRENT },
  { "payment", GH_FEATURE_CURRENT },
  { "picture-in-picture", GH_FEATURE_CURRENT },
  { "private-state-token-issuance", GH_FEATURE_CURRENT },
  { "private-state-token-redemption", GH_FEATURE_CURRENT },
  { "publickey-credentials-create", GH_FEATURE_CURRENT },
  { "publickey-credentials-get", GH_FEATURE_CURRENT },
  { "rewriter", GH_FEATURE_EXPERIMENTAL },
  { "run-ad-auction", GH_FEATURE_EXPERIMENTAL },
  { "screen-wake-lock", GH_FEATURE_CURRENT },
  { "serial", GH_FEATURE_CURRENT },
  { "smart-card", GH_FEATURE_EXPERIMENTAL },
  { "speaker-selection", GH_FEATURE_EXPERIMENTAL },
  { "storage-access", GH_FEATURE_CURRENT },
  { "summarizer", GH_FEATURE_CURRENT },
  { "sync-script", GH_FEATURE_EXPERIMENTAL },
  { "sync-xhr", GH_FEATURE_CURRENT },
  { "tools", GH_FEATURE_CURRENT },
  { "translator", GH_FEATURE_EXPERIMENTAL },
  { "trust-token-redemption", GH_FEATURE_EXPERIMENTAL },
  { "unload", GH_FEATURE_CURRENT },
  { "usb", GH_FEATURE_CURRENT },
  { "vertical-scroll", GH_FEATURE_EXPERIMENTAL },
  { "vr", GH_FEATURE_RETIRED },
  { "web-app-installation", GH_FEATURE_EXPERIMENTAL },
  { "web-share", GH_FEATURE_CURRENT },
  { "window-management", GH_FEATURE_CURRENT },
  { "window-placement", GH_FEATURE_RETIRED },
  { "writer", GH_FEATURE_EXPERIMENTAL },
  { "xr-spatial-tracking", GH_FEATURE_CURRENT },
};

static int
compare_name (const void *name, const void *feature)
{
  return strcmp (name, ((const GhFeature *) feature)->name);
}

const GhFeature *
gh_features_get_table (gsize *n_features)
{
  *n_features = G_N_ELEMENTS (features);
  return features;
}

const GhFeature *
gh_features_lookup (const char *name)
{
  return bsearch (name, features, G_N_ELEMENTS (features), sizeof (GhFeature), compare_name);
}
