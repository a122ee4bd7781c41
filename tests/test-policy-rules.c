/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each rule fires where it should, is silent where it should be, and mends what it says. */

#include <string.h>

#include "gh-rules.h"
#include "sample-policy.h"

#define N_RANDOM_POLICIES 2000

/* What is set over the defaults, before and after; n_findings is how many the rule gives,
 * and the rest is about the first of them. NULL for before: the policy is at rest. */
typedef struct
{
  const char *rule;
  const char *before;
  const char *after;
  guint n_findings;
  GhSeverity severity;
  const char *message;
} Case;

static const Case cases[] = {
  { "PW-NEW-ONLY",
    "",
    "password-policy=strict",
    1,
    GH_SEVERITY_INFO,
    "The new password policy binds only members who join from now on." },
  { "PW-NEW-ONLY", NULL, "password-policy=strict", 0 },
  { "PW-COMPOSITION", NULL, "password-policy=strict", 1, GH_SEVERITY_INFO, NULL },
  { "PW-COMPOSITION", NULL, "password-policy=strong", 0 },
  { "PW-HISTORY-CYCLE",
    NULL,
    "password-reuse-limit=1;password-change-interval=0",
    1,
    GH_SEVERITY_WARNING,
    "Members can run through the password history in one sitting." },
  { "PW-HISTORY-CYCLE", NULL, "password-reuse-limit=0;password-change-interval=0", 0 },
  { "PW-HISTORY-CYCLE", NULL, "password-reuse-limit=5;password-change-interval=1", 0 },
  { "PW-AGE-ORDER",
    NULL,
    "forced-password-reset-interval=7;password-change-interval=7",
    1,
    GH_SEVERITY_ERROR,
    NULL },
  { "PW-AGE-ORDER",
    NULL,
    "forced-password-reset-interval=1;password-change-interval=1",
    1,
    GH_SEVERITY_ERROR,
    NULL },
  { "PW-AGE-ORDER", NULL, "forced-password-reset-interval=8;password-change-interval=7", 0 },
  { "PW-AGE-ORDER", NULL, "forced-password-reset-interval=0;password-change-interval=7", 0 },
  { "PW-MASS-RESET",
    "",
    "forced-password-reset-interval=90",
    1,
    GH_SEVERITY_CONFIRM,
    "Every member whose password is older than 90 days must choose a new one at the next "
    "sign-in." },
  { "PW-MASS-RESET",
    "forced-password-reset-interval=91",
    "forced-password-reset-interval=90",
    1,
    GH_SEVERITY_CONFIRM,
    NULL },
  { "PW-MASS-RESET", "forced-password-reset-interval=90", "forced-password-reset-interval=91", 0 },
  { "PW-MASS-RESET", "forced-password-reset-interval=90", "", 0 },
  { "PW-MASS-RESET", NULL, "forced-password-reset-interval=90", 0 },
  { "SESSION-FOREVER",
    NULL,
    "global-session-timeout=0",
    1,
    GH_SEVERITY_HIGH,
    "Sessions never end." },
  { "SESSION-FOREVER", NULL, "global-session-timeout=0;remember-me=on", 1, GH_SEVERITY_HIGH, NULL },
  { "SESSION-FOREVER", NULL, "global-session-timeout=43200;remember-me=on", 0 },
  { "INACTIVE-MASS",
    "max-inactive-days=0",
    "max-inactive-days=3650",
    1,
    GH_SEVERITY_CONFIRM,
    "Members who have not signed in for 3650 days may be deactivated at once." },
  { "INACTIVE-MASS", "", "max-inactive-days=179", 1, GH_SEVERITY_CONFIRM, NULL },
  { "INACTIVE-MASS", "", "max-inactive-days=181", 0 },
  { "INACTIVE-MASS", "", "max-inactive-days=0", 0 },
  { "LINK-UMBRELLA",
    NULL,
    "password-reset-link-expiry=1441",
    1,
    GH_SEVERITY_WARNING,
    "“Password reset link” has more time than the general limit for account mails." },
  { "LINK-UMBRELLA",
    NULL,
    "password-reset-link-expiry=0;email-claim-link-expiry=0;"
    "identity-verification-link-expiry=0;email-verification-link-expiry=43200",
    3,
    GH_SEVERITY_WARNING,
    NULL },
  { "LINK-UMBRELLA", NULL, "password-reset-link-expiry=1440", 0 },
  { "LINK-UMBRELLA", NULL, "password-reset-link-expiry=0;email-verification-link-expiry=0", 0 },
  { "LINK-UNLIMITED",
    NULL,
    "idea-view-link-expiry=0;email-verification-link-expiry=0",
    2,
    GH_SEVERITY_HIGH,
    "“Email verification link” never expires." },
  { "LINK-UNLIMITED", NULL, "idea-view-link-expiry=525600", 0 },
  { "PWLESS-LE-RESET",
    NULL,
    "member-passwordless-authorization-expiry=31",
    1,
    GH_SEVERITY_WARNING,
    "The passwordless step outlives the password reset link." },
  { "PWLESS-LE-RESET", NULL, "member-passwordless-authorization-expiry=30", 0 },
  { "PWLESS-LE-RESET",
    NULL,
    "member-passwordless-authorization-expiry=1440;password-reset-link-expiry=0",
    0 },
  { "UNLOCK-GT-LOCKOUT",
    NULL,
    "login-lockout-period=61",
    1,
    GH_SEVERITY_INFO,
    "The unlock mail expires before the lock ends." },
  { "UNLOCK-GT-LOCKOUT", NULL, "login-lockout-period=60", 0 },
  { "UNLOCK-GT-LOCKOUT", NULL, "login-lockout-period=61;identity-verification-link-expiry=0", 0 },
  { "PAIR-APPROVE-REJECT",
    NULL,
    "member-approve-link-expiry=0;idea-reject-link-expiry=7",
    2,
    GH_SEVERITY_INFO,
    "“Member approve link” and its counterpart expire at different times, though one mail has "
    "both." },
  { "PAIR-APPROVE-REJECT", NULL, "idea-approve-link-expiry=7;idea-reject-link-expiry=7", 0 },
  { "AUTOLOGIN-LONGLINK",
    NULL,
    "email-token-auto-login=on",
    1,
    GH_SEVERITY_HIGH,
    "Mails older than a day still sign people in." },
  { "AUTOLOGIN-LONGLINK",
    NULL,
    "email-token-auto-login=on;idea-view-link-expiry=1440;conversation-view-link-expiry=0",
    1,
    GH_SEVERITY_HIGH,
    NULL },
  { "AUTOLOGIN-LONGLINK",
    NULL,
    "email-token-auto-login=on;idea-view-link-expiry=1440;conversation-view-link-expiry=1440",
    0 },
  { "AUTOLOGIN-LONGLINK", NULL, "email-token-auto-login=off;idea-view-link-expiry=0", 0 },
  { "GUESS-RATE",
    NULL,
    "failed-login-window=1",
    1,
    GH_SEVERITY_HIGH,
    "5760 passwords a day can be tried against one account." },
  { "GUESS-RATE",
    NULL,
    "max-failed-claim-attempts=20",
    1,
    GH_SEVERITY_WARNING,
    "1824 attempts a day can be made to claim one account." },
  { "GUESS-RATE",
    NULL,
    "two-factor-lockout-period=14",
    1,
    GH_SEVERITY_WARNING,
    "514 two-step codes a day can be tried against one account." },
  { "GUESS-RATE", NULL, "", 0 },
  { "LOCK-GE-WINDOW",
    NULL,
    "failed-login-window=31;failed-two-factor-window=40",
    2,
    GH_SEVERITY_WARNING,
    "“Login lockdown period” is shorter than the time in which failures are counted." },
  { "LOCK-GE-WINDOW", NULL, "failed-login-window=30", 0 },
  { "LOCK-DOS",
    NULL,
    "max-failed-claim-attempts=3",
    1,
    GH_SEVERITY_WARNING,
    "“Failed claims before lockdown” lets anyone shut members out on purpose." },
  { "LOCK-DOS",
    NULL,
    "login-lockout-period=1440",
    1,
    GH_SEVERITY_WARNING,
    "“Login lockdown period” lets anyone shut members out on purpose." },
  { "LOCK-DOS", NULL, "max-failed-claim-attempts=4;login-lockout-period=1439", 0 },
  { "PROMPT-LE-LOCKOUT",
    NULL,
    "locked-user-login-prompt-duration=1801",
    1,
    GH_SEVERITY_INFO,
    "The sign-in prompt for locked members outlives the lock." },
  { "PROMPT-LE-LOCKOUT", NULL, "locked-user-login-prompt-duration=1800", 0 },
  { "MFA-NONE",
    NULL,
    "two-step-authenticator-enabled=off",
    1,
    GH_SEVERITY_HIGH,
    "There is no second factor: a password alone opens every account." },
  { "MFA-NONE", NULL, "two-step-authenticator-enabled=off;two-step-email-enabled=on", 0 },
  { "MFA-MAIL-ONLY",
    NULL,
    "two-step-authenticator-enabled=off;two-step-email-enabled=on",
    1,
    GH_SEVERITY_WARNING,
    "Mail is the only second factor." },
  { "MFA-MAIL-ONLY", NULL, "two-step-authenticator-enabled=off", 0 },
  { "MFA-MAIL-ONLY", NULL, "two-step-email-enabled=on", 0 },
  { "OTP-WINDOW",
    NULL,
    "email-otp-expiry=901",
    1,
    GH_SEVERITY_WARNING,
    "A mailed code outlives the time in which wrong codes are counted." },
  { "OTP-WINDOW", NULL, "email-otp-expiry=900", 0 },
  { "OTP-ATTEMPTS",
    NULL,
    "",
    1,
    GH_SEVERITY_INFO,
    "The odds of guessing a six-digit code within a day are one in 2604." },
  { "OTP-ATTEMPTS", NULL, "two-step-authenticator-enabled=off", 0 },
  { "EXT-DANGEROUS",
    NULL,
    "allowed-file-extensions=pdf,exe,png,svg",
    1,
    GH_SEVERITY_HIGH,
    "Files that browsers, Windows or the server may run can be attached: exe, svg." },
  { "EXT-DANGEROUS", NULL, "allowed-file-extensions=pdf,png", 0 },
  { "EXT-DANGEROUS", NULL, "allowed-file-extensions=", 0 },
  { "EXT-FORMAT",
    NULL,
    "allowed-file-extensions=pdf,tar.gz,png,pdf",
    1,
    GH_SEVERITY_ERROR,
    "Some of the allowed file extensions are malformed or there twice: tar.gz, pdf." },
  { "EXT-FORMAT", NULL, "allowed-file-extensions=pdf,png", 0 },
};

static const GhRule *
find_rule (const char *id)
{
  gsize n_rules;
  const GhRule *rules = gh_rules_get_table (&n_rules);

  for (gsize i = 0; i < n_rules; i++)
    if (g_str_equal (rules[i].id, id))
      return &rules[i];

  g_error ("no rule %s", id);
}

static GPtrArray *
run_rule (const GhRule *rule, const GhPolicy *before, const GhPolicy *after)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_finding_unref);

  gh_rules_run (rule, 1, before, after, findings);
  return findings;
}

static void
assert_sentence (const char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_str_has_suffix (text, "."));
  g_assert_null (strstr (text, "%s"));
  g_assert_null (strstr (text, "  "));
}

static void
assert_sound (const GhRule *rule, const GhFinding *finding)
{
  g_assert_cmpstr (finding->id, ==, rule->id);
  g_assert_nonnull (finding->fields[0]);
  assert_sentence (finding->message);
  assert_sentence (finding->explanation);
  g_assert_cmpint (finding->mend != NULL, ==, finding->mend_title != NULL);
  for (gsize i = 0; finding->fields[i] != NULL; i++)
    {
      const GhSetting *setting = gh_settings_lookup (finding->fields[i]);

      g_assert_nonnull (setting);
      g_assert_true (gh_finding_concerns (finding, setting));
      g_assert_true (g_strv_contains (rule->fields, setting->id));
    }
}

/* What is mended is accepted by its field and found no more. */
static void
assert_mends (const GhRule *rule,
              const GhFinding *finding,
              const GhPolicy *before,
              const GhPolicy *after,
              guint n_findings)
{
  g_autoptr (GhPolicy) mended = gh_policy_copy (after);
  g_autoptr (GPtrArray) findings = NULL;

  if (finding->mend == NULL)
    return;

  for (guint i = 0; i < finding->mend->len; i++)
    {
      const GhMend *mend = g_ptr_array_index (finding->mend, i);
      g_autoptr (GError) error = NULL;

      gh_value_check (mend->setting, mend->value, &error);
      g_assert_no_error (error);
      g_assert_true (gh_finding_concerns (finding, mend->setting));
      gh_policy_set (mended, mend->setting, mend->value);
    }

  findings = run_rule (rule, before, mended);
  g_assert_cmpuint (findings->len, ==, n_findings - 1);
}

static void
run_case (const Case *one)
{
  const GhRule *rule = find_rule (one->rule);
  g_autoptr (GhPolicy) after = sample_policy (one->after);
  g_autoptr (GhPolicy) before
    = one->before != NULL ? sample_policy (one->before) : gh_policy_ref (after);
  g_autoptr (GPtrArray) findings = run_rule (rule, before, after);

  g_test_message ("%s: %s to %s", one->rule, one->before, one->after);
  g_assert_cmpuint (findings->len, ==, one->n_findings);
  for (guint i = 0; i < findings->len; i++)
    {
      assert_sound (rule, g_ptr_array_index (findings, i));
      assert_mends (rule, g_ptr_array_index (findings, i), before, after, findings->len);
    }

  if (findings->len > 0)
    {
      const GhFinding *finding = g_ptr_array_index (findings, 0);

      g_assert_cmpint (finding->severity, ==, one->severity);
      if (one->message != NULL)
        g_assert_cmpstr (finding->message, ==, one->message);
    }
}

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    run_case (&cases[i]);
}

static void
test_every_rule_has_cases (void)
{
  gsize n_rules;
  const GhRule *rules = gh_rules_get_table (&n_rules);

  for (gsize i = 0; i < n_rules; i++)
    {
      gboolean fires = FALSE;
      gboolean is_silent = FALSE;

      for (gsize j = 0; j < G_N_ELEMENTS (cases); j++)
        if (g_str_equal (cases[j].rule, rules[i].id))
          {
            fires = fires || cases[j].n_findings > 0;
            is_silent = is_silent || cases[j].n_findings == 0;
          }

      g_test_message ("%s", rules[i].id);
      g_assert_true (fires);
      g_assert_true (is_silent);
    }
}

static void
test_table (void)
{
  gsize n_rules;
  const GhRule *rules = gh_rules_get_table (&n_rules);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < n_rules; i++)
    {
      g_test_message ("%s", rules[i].id);
      g_assert_true (g_hash_table_add (ids, (gpointer) rules[i].id));
      g_assert_nonnull (rules[i].test);
      g_assert_nonnull (rules[i].fields[0]);
      for (gsize j = 0; rules[i].fields[j] != NULL; j++)
        g_assert_nonnull (gh_settings_lookup (rules[i].fields[j]));
    }
}

static void
test_session_with_remember_me (void)
{
  g_autoptr (GhPolicy) plain = sample_policy ("global-session-timeout=0");
  g_autoptr (GhPolicy) worse = sample_policy ("global-session-timeout=0;remember-me=on");
  g_autoptr (GPtrArray) first = run_rule (find_rule ("SESSION-FOREVER"), plain, plain);
  g_autoptr (GPtrArray) second = run_rule (find_rule ("SESSION-FOREVER"), worse, worse);
  const GhFinding *milder = g_ptr_array_index (first, 0);
  const GhFinding *harsher = g_ptr_array_index (second, 0);

  g_assert_null (strstr (milder->explanation, "Remember me"));
  g_assert_nonnull (strstr (harsher->explanation, "Remember me"));
}

static void
test_defaults (void)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  g_autoptr (GPtrArray) findings = gh_rules_check (policy, policy);

  g_assert_cmpint (gh_findings_get_worst (findings), ==, GH_SEVERITY_INFO);
}

/* Every list item that the check refuses, in a policy that was made without it. */
static void
test_list_from_outside (void)
{
  const GhSetting *setting = gh_settings_lookup ("allowed-file-extensions");
  const char *list[] = { ".pdf", "PDF", "", "png", "toolongforanextension", "png", NULL };
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  g_autoptr (GPtrArray) findings = NULL;
  const GhMend *mend;
  g_autofree char *text = NULL;

  gh_policy_set (policy, setting, g_variant_new_strv (list, -1));
  findings = run_rule (find_rule ("EXT-FORMAT"), policy, policy);
  g_assert_cmpuint (findings->len, ==, 1);
  mend = g_ptr_array_index (((GhFinding *) g_ptr_array_index (findings, 0))->mend, 0);
  text = gh_value_to_text (setting, mend->value);
  g_assert_cmpstr (text, ==, "pdf,png");
}

static void
test_worst_first (void)
{
  g_autoptr (GhPolicy) before = gh_policy_new ();
  g_autoptr (GhPolicy) after = sample_policy (
    "global-session-timeout=0;forced-password-reset-interval=5;password-change-interval=5;"
    "max-failed-login-attempts=2;password-policy=strict");
  g_autoptr (GPtrArray) findings = gh_rules_check (before, after);
  GhSeverity last = GH_SEVERITY_ERROR;

  g_assert_cmpint (gh_findings_get_worst (findings), ==, GH_SEVERITY_ERROR);
  g_assert_cmpuint (findings->len, >=, 6);
  for (guint i = 0; i < findings->len; i++)
    {
      const GhFinding *finding = g_ptr_array_index (findings, i);

      g_assert_cmpint (finding->severity, <=, last);
      last = finding->severity;
    }
}

/* Whatever the policy, findings are sound and mends mend. */
static void
test_random (void)
{
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  gsize n_rules;
  const GhRule *rules = gh_rules_get_table (&n_rules);

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < N_RANDOM_POLICIES; i++)
    {
      g_autoptr (GhPolicy) before = sample_random_policy (random, 2);
      g_autoptr (GhPolicy) after = sample_random_policy (random, 2);

      for (gsize j = 0; j < n_rules; j++)
        {
          g_autoptr (GPtrArray) findings = run_rule (&rules[j], before, after);

          for (guint k = 0; k < findings->len; k++)
            {
              assert_sound (&rules[j], g_ptr_array_index (findings, k));
              assert_mends (
                &rules[j], g_ptr_array_index (findings, k), before, after, findings->len);
            }
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/policy/rules/cases", test_cases);
  g_test_add_func ("/policy/rules/every-rule-has-cases", test_every_rule_has_cases);
  g_test_add_func ("/policy/rules/table", test_table);
  g_test_add_func ("/policy/rules/session-with-remember-me", test_session_with_remember_me);
  g_test_add_func ("/policy/rules/defaults", test_defaults);
  g_test_add_func ("/policy/rules/list-from-outside", test_list_from_outside);
  g_test_add_func ("/policy/rules/worst-first", test_worst_first);
  g_test_add_func ("/policy/rules/random", test_random);

  return g_test_run ();
}
