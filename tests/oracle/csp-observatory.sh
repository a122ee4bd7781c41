#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later

# Holds our port of the MDN HTTP Observatory's Content-Security-Policy test against its npm
# package, installed in the build directory. Usage: csp-observatory.sh BUILD-DIRECTORY [COUNT [SEED]]
set -eu
source=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)

mkdir -p "$build/oracle"
[ -d "$build/oracle/node_modules/@mdn/mdn-http-observatory" ] ||
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$build/oracle" \
    @mdn/mdn-http-observatory@1.4.8
node "$source/csp-observatory.mjs" "$build/oracle/node_modules/@mdn/mdn-http-observatory" \
  "${2:-100000}" "${3:-20260101}" > "$build/oracle/csp-observatory.jsonl"
GH_CSP_OBSERVATORY_CASES="$build/oracle/csp-observatory.jsonl" \
  "$build/tests/test-headers-csp-observatory" -p /headers/csp-observatory/golden
