/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits of a Content-Security-Policy touch only the bytes concerned. */

#include "gh-csp-edit.h"

typedef enum
{
  ADD,
  REMOVE,
  REPLACE,
  ALLOW,
  ADD_DIRECTIVE,
  REMOVE_DIRECTIVE,
} Edit;

static const struct
{
  const char *before;
  Edit edit;
  guint policy;
  GhCspDirectiveId id;
  const char *source;
  const char *after; /* NULL when nothing may change */
} cases[] = {
  { "IMG-SRC  a.b ;x", ADD, 0, GH_CSP_IMG_SRC, "c.d", "IMG-SRC  a.b c.d ;x" },
  { "img-src a.b", ADD, 0, GH_CSP_IMG_SRC, "a.b", NULL },
  { "img-src 'none';", ADD, 0, GH_CSP_IMG_SRC, "a.b", "img-src a.b;" },
  { "img-src", ADD, 0, GH_CSP_IMG_SRC, "a.b", "img-src a.b" },
  { "x\t; ", ADD, 0, GH_CSP_IMG_SRC, "a.b", "x; img-src a.b\t; " },
  { "", ADD, 0, GH_CSP_IMG_SRC, "a.b", "img-src a.b" },
  { "img-src a, img-src b ", ADD, 1, GH_CSP_IMG_SRC, "c", "img-src a, img-src b c " },
  { "img-src a; img-src b", ADD, 0, GH_CSP_IMG_SRC, "c", "img-src a c; img-src b" },
  { "img-src a  b c;", REMOVE, 0, GH_CSP_IMG_SRC, "b", "img-src a c;" },
  { "img-src a;", REMOVE, 0, GH_CSP_IMG_SRC, "a", "img-src;" },
  { "img-src a;", REMOVE, 0, GH_CSP_IMG_SRC, "A", NULL },
  { "img-src a b;", REPLACE, 0, GH_CSP_IMG_SRC, "a", "img-src z b;" },
  { "img-src a b;", REPLACE, 0, GH_CSP_FONT_SRC, "a", NULL },
  { "default-src 'self' x",
    ALLOW,
    0,
    GH_CSP_IMG_SRC,
    "c",
    "default-src 'self' x; img-src 'self' x c" },
  { "default-src 'none'; y z;",
    ALLOW,
    0,
    GH_CSP_IMG_SRC,
    "c",
    "default-src 'none'; y z; img-src c;" },
  { "script-src a", ALLOW, 0, GH_CSP_IMG_SRC, "c", NULL },
  { "script-src a", ALLOW, 0, GH_CSP_SCRIPT_SRC, "c", "script-src a c" },
  { "default-src c", ALLOW, 0, GH_CSP_IMG_SRC, "c", NULL },
  { "x y;", ADD_DIRECTIVE, 0, GH_CSP_SANDBOX, "", "x y; sandbox;" },
  { "sandbox", ADD_DIRECTIVE, 0, GH_CSP_SANDBOX, "allow-forms", NULL },
  { "x y; sandbox a ; z", REMOVE_DIRECTIVE, 0, GH_CSP_SANDBOX, "", "x y; z" },
  { "x y; sandbox;", REMOVE_DIRECTIVE, 0, GH_CSP_SANDBOX, "", "x y;" },
  { "sandbox , x", REMOVE_DIRECTIVE, 0, GH_CSP_SANDBOX, "", " , x" },
  { "x", REMOVE_DIRECTIVE, 0, GH_CSP_SANDBOX, "", NULL },
};

static gboolean
apply (GhCsp *csp, Edit edit, guint policy, GhCspDirectiveId id, const char *source)
{
  switch (edit)
    {
    case ADD:
      return gh_csp_add_source (csp, policy, id, source);
    case REMOVE:
      return gh_csp_remove_source (csp, policy, id, source);
    case REPLACE:
      return gh_csp_replace_source (csp, policy, id, source, "z");
    case ALLOW:
      return gh_csp_allow_source (csp, policy, id, source);
    case ADD_DIRECTIVE:
      return gh_csp_add_directive (csp, policy, id, source);
    case REMOVE_DIRECTIVE:
    default:
      return gh_csp_remove_directive (csp, policy, id);
    }
}

static void
test_edits (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GhCsp) csp = gh_csp_new_from_text (cases[i].before);
      gboolean changed = apply (csp, cases[i].edit, cases[i].policy, cases[i].id, cases[i].source);

      g_assert_cmpstr (
        gh_csp_get_text (csp, NULL), ==, cases[i].after != NULL ? cases[i].after : cases[i].before);
      g_assert_cmpint (changed, ==, cases[i].after != NULL);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/headers/csp-edit/edits", test_edits);

  return g_test_run ();
}
