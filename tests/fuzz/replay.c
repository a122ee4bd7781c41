/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Goes over a corpus without libFuzzer: each file of the folder named, and no bytes at all. */

#include "fuzz.h"

static void
replay_folder (const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *contents = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
      g_print ("%s\n", name);
      LLVMFuzzerTestOneInput ((const uint8_t *) contents, length);
    }
}

int
main (int argc, char **argv)
{
  LLVMFuzzerTestOneInput ((const uint8_t *) "", 0);
  if (argc > 1)
    replay_folder (argv[1]);

  return 0;
}
