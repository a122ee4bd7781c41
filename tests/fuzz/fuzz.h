/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every fuzzer defines: takes SIZE hostile bytes, returns 0, and aborts where the parser
 * breaks a promise.
 */

#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
