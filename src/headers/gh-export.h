/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A header set as configuration for other programs, quoted so that each of them sends
 * exactly these bytes, whatever the values hold. */

#pragma once

#include "gh-header-set.h"

G_BEGIN_DECLS

typedef enum
{
  GH_EXPORT_HTTP,    /* as sent: "Name: value" */
  GH_EXPORT_NGINX,   /* for a server or location block */
  GH_EXPORT_APACHE,  /* for a virtual host, or .htaccess; needs mod_headers */
  GH_EXPORT_CADDY,   /* for a site block */
  GH_EXPORT_HAPROXY, /* for a frontend or backend section */
  GH_EXPORT_CURL,    /* a shell script that compares what a URL answers */
  GH_EXPORT_JSON,    /* {"Name": "value", …} */
  GH_EXPORT_N_FORMATS,
} GhExportFormat;

char *gh_export (const GhHeaderSet *set, GhExportFormat format);

const char *gh_export_format_get_id (GhExportFormat format);    /* "nginx" */
const char *gh_export_format_get_title (GhExportFormat format); /* translated */
gboolean gh_export_format_from_id (const char *id, GhExportFormat *format);

G_END_DECLS
