#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later

# Holds our evaluator against the npm package csp_evaluator, installed in the build
# directory. Usage: csp-evaluator.sh BUILD-DIRECTORY [COUNT [SEED]]
set -eu
source=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)

mkdir -p "$build/oracle"
[ -d "$build/oracle/node_modules/csp_evaluator" ] ||
  npm install --silent --no-audit --no-fund --prefix "$build/oracle" csp_evaluator@1.1.8
node "$source/csp-evaluator.mjs" "$build/oracle/node_modules/csp_evaluator" "${2:-100000}" \
  "${3:-20260101}" > "$build/oracle/csp-evaluator.jsonl"
GH_CSP_EVALUATOR_CASES="$build/oracle/csp-evaluator.jsonl" \
  "$build/tests/test-headers-csp-evaluator" -p /headers/csp-evaluator/golden
