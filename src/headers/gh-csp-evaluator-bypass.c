/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The checks against hosts that are known to undo a policy. */

#include "gh-csp-evaluator-private.h"

#include <string.h>

#include "gh-csp-bypass-hosts.h"

static const GhCspDirectiveId bypass_directives[] = { GH_CSP_SCRIPT_SRC, GH_CSP_SCRIPT_SRC_ELEM };

/* Host and path of a source, as they are looked for among the known ones. */
typedef struct
{
  const char *host;
  gsize host_length;
  const char *path;
  gsize path_length;
  gboolean is_wildcard;
} Address;

/* What needs no URL parser: a name whose last label is no number, perhaps "*." before it,
 * perhaps a port or ":*" behind it, and a path without dot segments. What has a "_" may be the
 * parser's own stand-in for "*". */
static gboolean
split_plain (const char *text, gsize length, Address *address)
{
  gsize end = 0;
  gsize label;
  gsize i;

  address->is_wildcard = length > 2 && text[0] == '*' && text[1] == '.';
  address->host = text + (address->is_wildcard ? 1 : 0);
  label = address->is_wildcard ? 1 : 0;
  for (i = label; i < length && text[i] != ':' && text[i] != '/'; i++)
    if (text[i] == '*' || text[i] == '_')
      return FALSE;
    else if (text[i] == '.')
      label = i + 1;
  address->host_length = text + i - address->host;
  if (address->host_length == 0 || label == i || gh_csp_url_may_be_number (text + label, i - label))
    return FALSE;

  if (i < length && text[i] == ':')
    {
      for (end = i + 1; end < length && (g_ascii_isdigit (text[end]) || text[end] == '*'); end++)
        if (text[end] == '*' && end != i + 1)
          return FALSE;
      if (end - i > 5 || (end < length && text[end] != '/'))
        return FALSE;
      i = end;
    }
  address->path = i < length ? text + i : "/";
  address->path_length = MAX (length - i, 1);

  return memchr (address->path, '*', address->path_length) == NULL
         && memchr (address->path, ':', address->path_length) == NULL
         && memmem (address->path, address->path_length, "/.", 2) == NULL;
}

static gboolean
parse_address (GhCspEvaluator *self, const GhCspToken *token, Address *address)
{
  static const char wildcard[] = GH_CSP_URL_WILDCARD ".";
  gsize length = token->length;
  const char *text = gh_csp_url_skip_scheme (token->text, &length);

  if ((token->traits & GH_CSP_IS_PLAIN) != 0 && split_plain (text, length, address))
    return TRUE;
  if (!gh_csp_url_parse (&self->url, text, length))
    return FALSE;

  address->is_wildcard = g_str_has_prefix (self->url.host->str, wildcard);
  address->host = self->url.host->str + (address->is_wildcard ? sizeof wildcard - 2 : 0);
  address->host_length = strlen (address->host);
  address->path = self->url.path->str;
  address->path_length = self->url.path->len;

  return TRUE;
}

static const GhCspBypassHost *
find_bypass (GhCspBypass kind, const Address *address)
{
  return gh_csp_bypass_hosts_lookup (kind,
                                     address->host,
                                     address->host_length,
                                     address->is_wildcard,
                                     address->path,
                                     address->path_length);
}

static void
check_script_host (GhCspEvaluator *self, const GhCspTokenList *list, const GhCspToken *token)
{
  const GhCspBypassHost *jsonp = NULL;
  const GhCspBypassHost *angular = NULL;
  GhCspWeakness *weakness;
  Address address;

  if (parse_address (self, token, &address))
    {
      angular = find_bypass (GH_CSP_BYPASS_ANGULAR, &address);
      jsonp = find_bypass (GH_CSP_BYPASS_JSONP, &address);
      if (jsonp != NULL && jsonp->needs_eval
          && gh_csp_evaluator_find_keyword (self, list, GH_CSP_KEYWORD_UNSAFE_EVAL) == NULL)
        jsonp = NULL;
    }

  weakness = gh_csp_evaluator_report_token (
    self,
    GH_CSP_WEAKNESS_SCRIPT_ALLOWLIST_BYPASS,
    angular != NULL || jsonp != NULL ? GH_CSP_WEAKNESS_HIGH : GH_CSP_WEAKNESS_MEDIUM_MAYBE,
    list,
    token);
  if (angular != NULL || jsonp != NULL)
    weakness->host = angular != NULL ? angular->host : jsonp->host;
}

void
gh_csp_evaluator_check_script_allowlist_bypass (GhCspEvaluator *self)
{
  const GhCspTokenList *lists[G_N_ELEMENTS (bypass_directives)];
  guint n = gh_csp_evaluator_collect_lists (
    self, bypass_directives, G_N_ELEMENTS (bypass_directives), lists);

  for (guint i = 0; i < n; i++)
    {
      const GhCspToken *tokens = gh_csp_evaluator_get_tokens (self, lists[i]);

      if (gh_csp_evaluator_find_keyword (self, lists[i], GH_CSP_KEYWORD_NONE) != NULL)
        continue;
      for (guint j = 0; j < lists[i]->n_tokens; j++)
        if (tokens[j].removed)
          continue;
        else if (tokens[j].keyword == GH_CSP_KEYWORD_SELF)
          gh_csp_evaluator_report_token (self,
                                         GH_CSP_WEAKNESS_SCRIPT_ALLOWLIST_BYPASS,
                                         GH_CSP_WEAKNESS_MEDIUM_MAYBE,
                                         lists[i],
                                         &tokens[j]);
        else if ((tokens[j].traits & (GH_CSP_IS_QUOTED | GH_CSP_IS_SCHEME)) == 0
                 && (tokens[j].traits & GH_CSP_HAS_DOT) != 0)
          check_script_host (self, lists[i], &tokens[j]);
    }
}

static gboolean
allows_flash (const GhCspEvaluator *self)
{
  const GhCspTokenList *types = gh_csp_evaluator_get_list (self, GH_CSP_PLUGIN_TYPES);
  const GhCspToken *tokens;

  if (types == NULL)
    return TRUE;

  tokens = gh_csp_evaluator_get_tokens (self, types);
  for (guint i = 0; i < types->n_tokens; i++)
    if (gh_csp_token_is (&tokens[i], "application/x-shockwave-flash"))
      return TRUE;

  return FALSE;
}

void
gh_csp_evaluator_check_object_allowlist_bypass (GhCspEvaluator *self)
{
  const GhCspTokenList *list = gh_csp_evaluator_get_effective_list (self, GH_CSP_OBJECT_SRC);
  const GhCspToken *tokens;

  if (list == NULL || !allows_flash (self)
      || gh_csp_evaluator_find_keyword (self, list, GH_CSP_KEYWORD_NONE) != NULL)
    return;

  tokens = gh_csp_evaluator_get_tokens (self, list);
  for (guint i = 0; i < list->n_tokens; i++)
    {
      const GhCspBypassHost *flash = NULL;
      Address address;

      if (tokens[i].removed)
        continue;
      if (tokens[i].keyword == GH_CSP_NO_KEYWORD && parse_address (self, &tokens[i], &address))
        flash = find_bypass (GH_CSP_BYPASS_FLASH, &address);
      if (flash != NULL)
        gh_csp_evaluator_report_token (
          self, GH_CSP_WEAKNESS_OBJECT_ALLOWLIST_BYPASS, GH_CSP_WEAKNESS_HIGH, list, &tokens[i])
          ->host
          = flash->host;
      else if (list->id == GH_CSP_OBJECT_SRC)
        gh_csp_evaluator_report_token (self,
                                       GH_CSP_WEAKNESS_OBJECT_ALLOWLIST_BYPASS,
                                       GH_CSP_WEAKNESS_MEDIUM_MAYBE,
                                       list,
                                       &tokens[i]);
    }
}
