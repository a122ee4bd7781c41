/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules that need only values. Data only. */

#include <glib/gi18n-lib.h>

#include "gh-rules-private.h"

static const GhRule rules[] = {
  {
    .id = "PW-NEW-ONLY",
    .severity = GH_SEVERITY_INFO,
    .fields = { "password-policy" },
    .message = N_ ("The new password policy binds only members who join from now on."),
    .explanation = N_ ("To hold everyone to it, force one password reset after the change."),
    .test = gh_rule_password_new_only,
  },
  {
    .id = "PW-COMPOSITION",
    .severity = GH_SEVERITY_INFO,
    .fields = { "password-policy" },
    .message = N_ ("The strictest level may ask for capitals, digits or symbols."),
    .explanation = N_ ("NIST and OWASP advise against such rules, since length protects better "
                       "than variety; look up what the server asks for."),
    .source = "NIST SP 800-63B-4 section 3.1.1.2; OWASP ASVS 5.0, 6.2.5",
    .test = gh_rule_password_composition,
  },
  {
    .id = "PW-HISTORY-CYCLE",
    .severity = GH_SEVERITY_WARNING,
    .fields = { "password-reuse-limit", "password-change-interval" },
    .message = N_ ("Members can run through the password history in one sitting."),
    .explanation = N_ ("Without any days between changes someone can change the password again "
                       "and again until the old one is allowed."),
    .source = "CIS Windows Benchmark 1.1.3",
    .test = gh_rule_password_history_cycle,
  },
  {
    .id = "PW-AGE-ORDER",
    .severity = GH_SEVERITY_ERROR,
    .fields = { "password-change-interval", "forced-password-reset-interval" },
    .message = N_ ("A forced password reset comes due before members may change their password."),
    .explanation = N_ ("Members would have to choose a new password on a day on which the "
                       "password change interval forbids it."),
    .test = gh_rule_password_age_order,
  },
  {
    .id = "PW-MASS-RESET",
    .severity = GH_SEVERITY_CONFIRM,
    .fields = { "forced-password-reset-interval" },
    .message = N_ ("Every member whose password is older than %s must choose a new one at the "
                   "next sign-in."),
    .explanation = N_ ("Tell members beforehand, and expect many reset mails at once."),
    .source = "NIST SP 800-63B-4 section 3.1.1.2",
    .test = gh_rule_password_mass_reset,
  },
  {
    .id = "SESSION-FOREVER",
    .severity = GH_SEVERITY_HIGH,
    .fields = { "global-session-timeout", "remember-me" },
    .message = N_ ("Sessions never end."),
    .explanation = N_ ("A computer left alone or a stolen session gives the account away for "
                       "good."),
    .source = "OWASP Session Management Cheat Sheet; NIST SP 800-63B-4 section 2.2.3",
    .test = gh_rule_session_forever,
  },
  {
    .id = "INACTIVE-MASS",
    .severity = GH_SEVERITY_CONFIRM,
    .fields = { "max-inactive-days" },
    .message = N_ ("Members who have not signed in for %s may be deactivated at once."),
    .explanation = N_ ("Tell members beforehand, so that those who still need their account can "
                       "sign in."),
    .source = "CIS Controls v8, safeguard 5.3",
    .test = gh_rule_inactive_mass,
  },
  {
    .id = "LINK-UMBRELLA",
    .severity = GH_SEVERITY_WARNING,
    .fields = { "password-reset-link-expiry",
                "email-claim-link-expiry",
                "identity-verification-link-expiry",
                "email-verification-link-expiry" },
    .message = N_ ("“%s” has more time than the general limit for account mails."),
    .explanation = N_ ("The general limit is “Email verification link”. Which of the two wins is "
                       "not documented, so the link may work for longer than is meant."),
    .test = gh_rule_link_umbrella,
  },
  {
    .id = "LINK-UNLIMITED",
    .severity = GH_SEVERITY_HIGH,
    .fields = { "email-verification-link-expiry",
                "password-reset-link-expiry",
                "email-claim-link-expiry",
                "rank-assessment-link-expiry",
                "rank-reviewscale-link-expiry",
                "resource-download-link-expiry",
                "member-approve-link-expiry",
                "member-reject-link-expiry",
                "member-profile-link-expiry",
                "idea-view-link-expiry",
                "idea-approve-link-expiry",
                "idea-reject-link-expiry",
                "idea-pending-auth-link-expiry",
                "conversation-view-link-expiry",
                "identity-verification-link-expiry" },
    .message = N_ ("“%s” never expires."),
    .explanation = N_ ("Whoever finds or is forwarded an old mail can use its link for ever."),
    .source = "NIST SP 800-63A, 24 hours for mailed codes; OWASP Forgot Password Cheat Sheet",
    .test = gh_rule_link_unlimited,
  },
  {
    .id = "PWLESS-LE-RESET",
    .severity = GH_SEVERITY_WARNING,
    .fields = { "member-passwordless-authorization-expiry", "password-reset-link-expiry" },
    .message = N_ ("The passwordless step outlives the password reset link."),
    .explanation = N_ ("A new password could be set without the old one after the link that "
                       "leads there has expired."),
    .source = "OWASP Forgot Password Cheat Sheet",
    .test = gh_rule_passwordless_outlives_reset,
  },
  {
    .id = "UNLOCK-GT-LOCKOUT",
    .severity = GH_SEVERITY_INFO,
    .fields = { "identity-verification-link-expiry", "login-lockout-period" },
    .message = N_ ("The unlock mail expires before the lock ends."),
    .explanation = N_ ("A member who reads the mail late must wait for the lock to end."),
    .test = gh_rule_unlock_before_lockout_ends,
  },
  {
    .id = "PAIR-APPROVE-REJECT",
    .severity = GH_SEVERITY_INFO,
    .fields = { "member-approve-link-expiry",
                "member-reject-link-expiry",
                "idea-approve-link-expiry",
                "idea-reject-link-expiry" },
    .message = N_ ("“%s” and its counterpart expire at different times, though one mail has both."),
    .explanation = N_ ("A moderator can find that one of the two links still works and the other "
                       "does not."),
    .test = gh_rule_pair_approve_reject,
  },
  {
    .id = "AUTOLOGIN-LONGLINK",
    .severity = GH_SEVERITY_HIGH,
    .fields
    = { "email-token-auto-login", "idea-view-link-expiry", "conversation-view-link-expiry" },
    .message = N_ ("Mails older than a day still sign people in."),
    .explanation = N_ ("With auto-login on, the links to ideas and conversations work like a "
                       "password for as long as they live."),
    .source = "OWASP ASVS 5.0, 6.3.6; NIST SP 800-63B-4 section 3.1.3.1",
    .test = gh_rule_autologin_long_link,
  },
  {
    .id = "GUESS-RATE",
    .severity = GH_SEVERITY_WARNING,
    .fields = { "max-failed-login-attempts",
                "failed-login-window",
                "login-lockout-period",
                "max-failed-claim-attempts",
                "failed-claim-window",
                "claim-lockout-period",
                "max-failed-two-factor-attempts",
                "failed-two-factor-window",
                "two-factor-lockout-period" },
    .message = "%s",
    .explanation = N_ ("Staying just under the limit, or waiting for each lock to end, allows "
                       "that many. Allow fewer attempts, count them for longer, or lock for "
                       "longer."),
    .source = "NIST SP 800-63B-4 section 3.2.2; OWASP Authentication Cheat Sheet",
    .test = gh_rule_guess_rate,
  },
  {
    .id = "LOCK-GE-WINDOW",
    .severity = GH_SEVERITY_WARNING,
    .fields = { "failed-login-window",
                "login-lockout-period",
                "failed-claim-window",
                "claim-lockout-period",
                "failed-two-factor-window",
                "two-factor-lockout-period" },
    .message = N_ ("“%s” is shorter than the time in which failures are counted."),
    .explanation = N_ ("One more failure can then lock the account again at once. The lock "
                       "should last at least as long as failures are counted."),
    .source = "CIS Windows Benchmark 1.2.1 and 1.2.4",
    .test = gh_rule_lockout_shorter_than_window,
  },
  {
    .id = "LOCK-DOS",
    .severity = GH_SEVERITY_WARNING,
    .fields = { "max-failed-login-attempts",
                "failed-login-window",
                "login-lockout-period",
                "max-failed-claim-attempts",
                "failed-claim-window",
                "claim-lockout-period",
                "max-failed-two-factor-attempts",
                "failed-two-factor-window",
                "two-factor-lockout-period" },
    .message = N_ ("“%s” lets anyone shut members out on purpose."),
    .explanation = N_ ("Three failures or fewer are soon made, and a lock of a day or more keeps "
                       "a member away for long. Allow more than three attempts and lock for less "
                       "than a day."),
    .source = "OWASP Authentication Cheat Sheet",
    .test = gh_rule_lockout_denies_service,
  },
  {
    .id = "PROMPT-LE-LOCKOUT",
    .severity = GH_SEVERITY_INFO,
    .fields = { "locked-user-login-prompt-duration", "login-lockout-period" },
    .message = N_ ("The sign-in prompt for locked members outlives the lock."),
    .explanation = N_ ("A member could still be told of a lock that has ended."),
    .test = gh_rule_prompt_outlives_lockout,
  },
  {
    .id = "MFA-NONE",
    .severity = GH_SEVERITY_HIGH,
    .fields = { "two-step-email-enabled", "two-step-authenticator-enabled" },
    .message = N_ ("There is no second factor: a password alone opens every account."),
    .explanation = N_ ("Stolen and guessed passwords are the most common way in. The other "
                       "two-step settings have no effect while both methods are off."),
    .source = "OWASP ASVS 5.0, 6.3.3",
    .test = gh_rule_no_second_factor,
  },
  {
    .id = "MFA-MAIL-ONLY",
    .severity = GH_SEVERITY_WARNING,
    .fields = { "two-step-email-enabled", "two-step-authenticator-enabled" },
    .message = N_ ("Mail is the only second factor."),
    .explanation = N_ ("Whoever reads the mailbox can usually reset the password as well, so "
                       "mail is not accepted as a second factor by itself."),
    .source = "NIST SP 800-63B-4 section 3.1.3.1; OWASP ASVS 5.0, 6.3.6",
    .test = gh_rule_mail_as_second_factor,
  },
  {
    .id = "OTP-WINDOW",
    .severity = GH_SEVERITY_WARNING,
    .fields = { "email-otp-expiry", "failed-two-factor-window" },
    .message = N_ ("A mailed code outlives the time in which wrong codes are counted."),
    .explanation = N_ ("The counter starts anew while the same code still works, so that it can "
                       "be guessed for longer."),
    .source = "OWASP ASVS 5.0, 6.5.5",
    .test = gh_rule_code_outlives_window,
  },
  {
    .id = "OTP-ATTEMPTS",
    .severity = GH_SEVERITY_INFO,
    .fields = { "max-failed-two-factor-attempts",
                "failed-two-factor-window",
                "two-factor-lockout-period",
                "email-otp-expiry" },
    .message = N_ ("The odds of guessing a six-digit code within a day are one in %s."),
    .explanation = N_ ("This is for someone who has the password and uses every attempt that the "
                       "two-factor lockout leaves."),
    .source = "NIST SP 800-63B-4 section 3.2.2",
    .test = gh_rule_code_odds,
  },
  {
    .id = "EXT-DANGEROUS",
    .severity = GH_SEVERITY_HIGH,
    .fields = { "allowed-file-extensions" },
    .message = N_ ("Files that browsers, Windows or the server may run can be attached: %s."),
    .explanation = N_ ("Such a file can attack the members who open it, or the site itself."),
    .source = "OWASP ASVS 5.0, 5.2.2; OWASP File Upload Cheat Sheet",
    .test = gh_rule_dangerous_extensions,
  },
  {
    .id = "EXT-FORMAT",
    .severity = GH_SEVERITY_ERROR,
    .fields = { "allowed-file-extensions" },
    .message = N_ ("Some of the allowed file extensions are malformed or there twice: %s."),
    .explanation = N_ ("An extension has 1 to 16 small letters or digits and no dot."),
    .test = gh_rule_malformed_extensions,
  },
};

const GhRule *
gh_rules_get_table (gsize *n_rules)
{
  *n_rules = G_N_ELEMENTS (rules);
  return rules;
}
