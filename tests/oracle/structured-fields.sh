#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later

# Holds our structured fields against the npm package structured-headers, installed in
# the build directory. Usage: structured-fields.sh BUILD-DIRECTORY [COUNT]
set -eu
source=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
count=${2:-20000}

mkdir -p "$build/oracle"
[ -d "$build/oracle/node_modules/structured-headers" ] ||
  npm install --silent --no-audit --no-fund --prefix "$build/oracle" structured-headers@2.1.0
node "$source/structured-fields.mjs" "$build/oracle/node_modules/structured-headers" "$count" \
  > "$build/oracle/structured-fields.txt"
echo "$(wc -l < "$build/oracle/structured-fields.txt") cases"
GH_STRUCTURED_FIELD_CASES="$build/oracle/structured-fields.txt" \
  "$build/tests/test-headers-structured-field" -p /headers/structured-field/golden
