/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For LeakSanitizer: what libraries allocate while they are loaded is theirs for good, such as
 * GLib's first table of names, which is outgrown and kept. Stacks would tell it apart, but
 * only whole ones, and these make each allocation ten times as dear. So the search for leaks
 * begins with this program's own constructors, which run after those of all libraries. */

#ifdef __SANITIZE_ADDRESS__

#include <sanitizer/lsan_interface.h>

typedef void (*Function) (void);

/* Runs before any constructor. */
__attribute__ ((section (".preinit_array"), used)) static const Function before = __lsan_disable;

__attribute__ ((constructor)) static void
after (void)
{
  __lsan_enable ();
}

#endif
