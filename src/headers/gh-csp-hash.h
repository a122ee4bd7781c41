/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hashes of what stands in a page, for a policy that is to allow just that; and whether a
 * hash or a nonce in a policy can be what it says. */

#pragma once

#include "gh-csp-source.h"

G_BEGIN_DECLS

/* "'sha256-…'" of the exact bytes between the tags; length may be -1. algorithm is
 * G_CHECKSUM_SHA256, _SHA384 or _SHA512. */
char *gh_csp_hash_make (const char *content, gssize length, GChecksumType algorithm);

/* The bytes between <script …> and </script>, or <style …> and </style>, whichever comes first
 * in content that begins with a tag; all of any other content. Line ends are made "\n", as an
 * HTML parser does before a browser hashes. */
char *gh_csp_hash_dup_inline (const char *content);

gboolean gh_csp_hash_algorithm_from_string (const char *text, GChecksumType *algorithm); /* "sha256" */

/* Whether the base64 of a hash decodes to as many bytes as its algorithm gives. */
gboolean gh_csp_hash_is_sane (const GhCspSource *source);

/* How many bits the base64 of a nonce can hold. */
guint gh_csp_nonce_get_bits (const GhCspSource *source);

G_END_DECLS
