/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One byte of a file beside the database stands for each workspace. Two that fall on the
 * same byte wait for each other, which does no harm. Every program has to find the same byte, so
 * the hash has no key of its own process. */

#include "gh-apply-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static off_t
get_place (const GhWorkspaceKey *key)
{
  return (off_t) g_str_hash (key->account) + g_str_hash (key->id);
}

/* Where there can be no lock (a read-only place, a file system without them) there is no
 * other program that could apply either, or none that could be told: a free descriptor
 * stands for it. */
int
gh_apply_lock_take (const char *database_path, const GhWorkspaceKey *key)
{
  g_autofree char *path = g_strconcat (database_path, "-applying", NULL);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1 };
  int descriptor = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (descriptor < 0)
    return open ("/dev/null", O_RDONLY | O_CLOEXEC);
  lock.l_start = get_place (key);
  if (fcntl (descriptor, F_OFD_SETLK, &lock) == 0 || (errno != EAGAIN && errno != EACCES))
    return descriptor;
  close (descriptor);
  return GH_APPLY_LOCK_NONE;
}

void
gh_apply_lock_release (int *lock)
{
  if (*lock != GH_APPLY_LOCK_NONE)
    close (*lock);
  *lock = GH_APPLY_LOCK_NONE;
}
