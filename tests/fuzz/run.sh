#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh BUILD [NAME...]: hunts with each fuzzer, or those named, for FUZZ_SECONDS (300) each.
# What it finds is left in BUILD/found; what it learns is kept in BUILD/corpus.
set -eu
build=$1
shift
here=$(dirname "$0")
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
export LSAN_OPTIONS="print_suppressions=0:suppressions=$here/../lsan.supp" G_DEBUG=fatal-criticals

[ $# -gt 0 ] || set -- "$(cd "$build/tests/fuzz" && find . -maxdepth 1 -name 'fuzz-*' -type f -executable | sed 's,^./fuzz-,,' | sort)"
passed=0 failed=0
# shellcheck disable=SC2068  # one word a name
for name in $@; do
  echo "== $name, ${FUZZ_SECONDS:-300} s"
  mkdir -p "$build/corpus/$name" "$build/found"
  set -- "$build/corpus/$name"
  [ ! -d "$here/corpus/$name" ] || set -- "$@" "$here/corpus/$name"
  if "$build/tests/fuzz/fuzz-$name" -max_total_time="${FUZZ_SECONDS:-300}" -max_len=65536 \
    -timeout=10 -rss_limit_mb=2048 -reload=0 -print_final_stats=1 \
    -artifact_prefix="$build/found/$name-" "$@" >"$build/found/$name.log" 2>&1; then
    grep '^stat::' "$build/found/$name.log"
    passed=$((passed + 1))
  else
    tail -n 40 "$build/found/$name.log"
    failed=$((failed + 1))
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
