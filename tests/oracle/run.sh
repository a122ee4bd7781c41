#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later

# Holds our parsers and judgements against independent ones from npm, each installed in the
# build directory. Fails on the first difference. Usage: run.sh BUILD-DIRECTORY
set -eu
source=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)

for oracle in structured-fields csp-evaluator csp-observatory score openapi; do
  echo "$oracle"
  "$source/$oracle.sh" "$build"
done
