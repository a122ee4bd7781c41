#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later

# Lets Redocly lint data/openapi.yaml, and Prism stand as a validating proxy between gatehousectl
# and gatehouse-server while the whole journey runs: each request and each answer must be as the
# file says. A server that breaks its word must be seen by the same means.
# Usage: openapi.sh BUILD-DIRECTORY
set -eu
source=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
description=$source/../../data/openapi.yaml
tools=$build/oracle/openapi
ctl=$build/src/gatehousectl
workspace=alpenrail-innovation-lab
community=leadership-circle

mkdir -p "$tools"
[ -d "$tools/node_modules/@stoplight/prism-cli" ] ||
  npm install --silent --no-audit --no-fund --prefix "$tools" @redocly/cli@2.77.0 @stoplight/prism-cli@5.14.2

"$tools/node_modules/.bin/redocly" lint --format=stylish "$description"

work=$(mktemp -d)
server_id='' proxy_id=''
stop() {
  [ -z "$proxy_id" ] || kill "$proxy_id" 2>/dev/null || :
  [ -z "$server_id" ] || kill "$server_id" 2>/dev/null || :
  wait
  proxy_id='' server_id=''
}
clean_up() {
  stop
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 1' INT TERM

# start [OPTION...]: a server with these options and a proxy before it.
start() {
  rm -f "$work"/server.db* "$work"/ctl.db*
  : > "$work/out"
  "$build/src/gatehouse-server" --database "$work/server.db" --listen 127.0.0.1:0 --demo 3 \
    --print-token "$@" > "$work/out" &
  server_id=$!
  until grep -q '^listening on ' "$work/out"; do
    kill -0 "$server_id"
    sleep 0.1
  done
  url=$(sed -n 's/^listening on //p' "$work/out")
  token=$(sed -n 's/^token: //p' "$work/out")
  port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => {
    console.log(s.address().port); s.close(); })')
  : > "$work/proxy.log"
  "$tools/node_modules/.bin/prism" proxy "$description" "$url" --port "$port" --errors \
    > "$work/proxy.log" 2>&1 &
  proxy_id=$!
  until grep -q 'Prism is listening' "$work/proxy.log"; do
    if ! kill -0 "$proxy_id" 2>/dev/null; then
      cat "$work/proxy.log"
      exit 1
    fi
    sleep 0.2
  done
}
online() {
  echo "$token" | HOME="$work" "$ctl" "$@" --database "$work/ctl.db" --token-stdin
}

start
online account add prism "http://127.0.0.1:$port" --without-keyring
online sync --all
HOME="$work" "$ctl" set "$workspace" global-session-timeout=15 remember-me=true --database "$work/ctl.db"
online apply "$workspace" --yes --dry-run
online apply "$workspace" --yes --reason 'Because: 100% ü'
online history "$workspace"
online restore "$workspace" 1
online apply "$workspace" --yes --reason 'Back again'
online restore "$workspace" 2 --apply --yes --reason 'At once'
online community list "$workspace"
HOME="$work" "$ctl" community set "$workspace" "$community" rank-assessment-link-expiry=60 \
  google-analytics=false --database "$work/ctl.db"
online community apply "$workspace" --yes --dry-run
online community apply "$workspace" --yes --reason 'Reminders work for an hour'
online community show "$workspace" "$community"
online audit "$workspace"
for path in health capabilities me policy-schema workspaces?limit=2 workspaces/$workspace \
  workspaces/$workspace/headers workspaces/$workspace/communities audit-events?limit=20; do
  curl -sf -o "$work/answer" -H "Authorization: Bearer $token" "http://127.0.0.1:$port/v1/$path"
done
if grep -i 'violation' "$work/proxy.log"; then
  exit 1
fi
stop

start --fault 'body={"revision":"none"}@GET'
if curl -sf -o "$work/answer" -H "Authorization: Bearer $token" \
  "http://127.0.0.1:$port/v1/workspaces/$workspace"; then
  echo 'a broken answer went unseen'
  exit 1
fi
echo 'Redocly and Prism agree with data/openapi.yaml'
