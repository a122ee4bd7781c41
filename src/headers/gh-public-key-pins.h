/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Public-Key-Pins (RFC 7469), which no current browser obeys. */

#pragma once

#include "gh-diagnostic.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *pins; /* of char *, as written */
  gint64 max_age;  /* seconds; -1 when missing or unreadable */
  gboolean include_subdomains;
  char *report_uri; /* or NULL */
} GhPublicKeyPins;

GhPublicKeyPins *gh_public_key_pins_parse (const char *text, gssize length, GArray *diagnostics);
void gh_public_key_pins_free (GhPublicKeyPins *pins);

gboolean gh_public_key_pin_is_valid (const char *pin); /* base64 of 32 bytes */

/* Characters that would end the quoted string are escaped; see gh_header_value_is_safe()
 * for what cannot be sent at all. */
char *gh_public_key_pins_to_text (const char *const *pins,
                                  gint64 max_age,
                                  gboolean include_subdomains,
                                  const char *report_uri);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhPublicKeyPins, gh_public_key_pins_free)

G_END_DECLS
