#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later

# Holds our scores against the tests of the MDN HTTP Observatory's npm package, installed in the
# build directory. Usage: score.sh BUILD-DIRECTORY [COUNT [SEED]]
set -eu
source=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
modules=$build/oracle/node_modules

mkdir -p "$build/oracle"
if ! [ -d "$modules/@mdn/mdn-http-observatory" ] || ! [ -d "$modules/structured-headers" ]; then
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$build/oracle" \
    @mdn/mdn-http-observatory@1.4.8 structured-headers@2.1.0
fi
# The list of preloaded hosts is fetched by a script of the package; no host here is on it.
[ -f "$modules/@mdn/mdn-http-observatory/conf/hsts-preload.json" ] ||
  echo '{}' > "$modules/@mdn/mdn-http-observatory/conf/hsts-preload.json"
node "$source/score.mjs" "$modules" "${2:-100000}" "${3:-20260101}" > "$build/oracle/score.jsonl"
GH_SCORE_CASES="$build/oracle/score.jsonl" "$build/tests/test-headers-score" -p /headers/score/golden
