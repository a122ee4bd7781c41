#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh BUILD: holds gatehouse-server under LOAD_SECONDS (60) of mixed reads and writes on 500
# connections from wrk, with gatehousectl changing a workspace of its own meanwhile. Fails on any
# error, on a write that was acknowledged and is not in the audit trail or the other way round,
# and when memory has not settled.
set -eu
build=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
seconds=${LOAD_SECONDS:-60}
quiet=5
server=$build/src/gatehouse-server
ctl=$build/src/gatehousectl

work=$(mktemp -d)
server_id=''
clean_up() {
  [ -z "$server_id" ] || kill "$server_id" 2>/dev/null || :
  wait
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 1' INT TERM

"$server" --database "$work/server.db" --listen 127.0.0.1:0 --demo 20 --print-token > "$work/out" &
server_id=$!
until grep -q '^listening on ' "$work/out"; do
  kill -0 "$server_id"
  sleep 0.1
done
url=$(sed -n 's/^listening on //p' "$work/out")
token=$(sed -n 's/^token: //p' "$work/out")
curl -sf -H "Authorization: Bearer $token" "$url/v1/workspaces" |
  grep -o '"id":"[^"]*"' | cut -d'"' -f4 > "$work/ids"
own=$(head -n 1 "$work/ids")
GATEHOUSE_PATHS=$(sed -e 1d -e 's|^|/v1/workspaces/|' "$work/ids" | tr '\n' ' ')
GATEHOUSE_STOP=$(($(date +%s) + seconds - quiet))
GATEHOUSE_TOKEN=$token
export GATEHOUSE_PATHS GATEHOUSE_STOP GATEHOUSE_TOKEN

count_events() {
  "$build/tests/load/count-events" "$work/server.db"
}
before=$(count_events)

wrk -t1 -c400 -d"$seconds" --timeout 20 --latency -s "$here/readers.lua" "$url" > "$work/readers" &
readers=$!
wrk -t1 -c100 -d"$seconds" --timeout 20 -s "$here/writers.lua" "$url" > "$work/writers" &
writers=$!

control() {
  HOME="$work" XDG_DATA_HOME="$work" "$ctl" "$@" --database "$work/ctl.db" --token-stdin \
    >> "$work/ctl" 2>&1 <<TOKEN
$token
TOKEN
}
change() {
  HOME="$work" "$ctl" set "$own" "remember-me=$1" --database "$work/ctl.db" >> "$work/ctl" 2>&1 &&
    control apply "$own" --yes --reason load
}
control account add load "$url" --without-keyring
control sync --all
applied=0
settled=0
value=$("$ctl" get "$own" remember-me --json --database "$work/ctl.db" | grep -q '"value":true' &&
  echo true || echo false)
while [ "$(date +%s)" -lt "$GATEHOUSE_STOP" ]; do
  [ "$value" = true ] && value=false || value=true
  if ! change "$value"; then
    tail -n 20 "$work/ctl"
    exit 1
  fi
  applied=$((applied + 1))
  if [ "$settled" = 0 ] && [ "$(date +%s)" -ge $((GATEHOUSE_STOP - (seconds - quiet) * 2 / 3)) ]; then
    settled=$(awk '/^VmRSS/ { print $2 }' "/proc/$server_id/status")
  fi
done
wait "$readers" "$writers"
memory=$(awk '/^VmRSS/ { print $2 }' "/proc/$server_id/status")

cat "$work/readers" "$work/writers"
acknowledged=$(($(sed -n 's/^acknowledged //p' "$work/writers") + applied))
events=$(($(count_events) - before))
echo "memory: $settled kB after a third of the run, $memory kB at its end"
echo "$acknowledged writes acknowledged, $applied of them to gatehousectl; $events audit events"
if grep -E 'Non-2xx|Socket errors' "$work/readers" "$work/writers"; then
  exit 1
fi
[ "$acknowledged" = "$events" ]
[ "$memory" -le $((settled * 5 / 4 + 4096)) ]
kill "$server_id"
wait "$server_id"
server_id=''
echo 'the load was held'
