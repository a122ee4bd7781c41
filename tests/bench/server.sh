#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# server.sh GATEHOUSE-SERVER: how many policies a second the server answers with, beside nginx
# that serves the same bytes from a file, and how many changes it takes, each on the disk before
# its answer. Fails when it is less than half as fast as nginx in the median of BENCH_ROUNDS (9)
# rounds of twice BENCH_SECONDS (1).
set -eu
server=$1
here=$(cd "$(dirname "$0")" && pwd)
seconds=${BENCH_SECONDS:-1}
rounds=${BENCH_ROUNDS:-9}
for tool in nginx wrk curl; do
  command -v "$tool" >/dev/null || { echo "$tool is not here: nothing is measured"; exit 77; }
done

work=$(mktemp -d)
server_id='' nginx_id=''
clean_up() {
  [ -z "$server_id" ] || kill "$server_id" 2>/dev/null || :
  [ -z "$nginx_id" ] || kill "$nginx_id" 2>/dev/null || :
  wait
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 1' INT TERM

"$server" --database "$work/server.db" --listen 127.0.0.1:0 --demo 5 --print-token > "$work/out" &
server_id=$!
until grep -qs '^listening on ' "$work/out"; do
  kill -0 "$server_id"
  sleep 0.1
done
url=$(sed -n 's/^listening on //p' "$work/out")
token=$(sed -n 's/^token: //p' "$work/out")
policy="$url/v1/workspaces/alpenrail-innovation-lab/policy"

mkdir "$work/files"
curl -sf -H "Authorization: Bearer $token" "$policy" > "$work/files/policy.json"
port=${url##*:}
port=$((port > 60000 ? port - 7 : port + 7))
cat > "$work/nginx.conf" <<CONF
daemon off;
worker_processes auto;
pid $work/nginx.pid;
error_log $work/error.log;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  types { application/json json; }
  client_body_temp_path $work/body;
  proxy_temp_path $work/proxy;
  fastcgi_temp_path $work/fastcgi;
  uwsgi_temp_path $work/uwsgi;
  scgi_temp_path $work/scgi;
  server { listen 127.0.0.1:$port; root $work/files; }
}
CONF
chmod -R a+rX "$work"
nginx -e "$work/error.log" -c "$work/nginx.conf" &
nginx_id=$!
until curl -sf "http://127.0.0.1:$port/policy.json" > "$work/copy"; do
  kill -0 "$nginx_id"
  sleep 0.1
done
cmp "$work/copy" "$work/files/policy.json"

rate() {
  wrk -t1 -c32 -d"$seconds" -H "Authorization: Bearer $token" "$@" > "$work/wrk"
  if grep -E 'Non-2xx|Socket errors' "$work/wrk" >&2; then
    exit 1
  fi
  sed -n 's/^Requests\/sec: *//p' "$work/wrk"
}

# Short rounds in turns, each with the other first, so that whatever else runs disturbs both
# alike; what disturbs one of them alone, the median leaves out.
round=0
while [ $round -lt "$rounds" ]; do
  round=$((round + 1))
  if [ $((round % 2)) -eq 1 ]; then
    ours=$(rate "$policy")
    theirs=$(rate "http://127.0.0.1:$port/policy.json")
  else
    theirs=$(rate "http://127.0.0.1:$port/policy.json")
    ours=$(rate "$policy")
  fi
  ratio=$(awk "BEGIN { printf \"%.3f\", $ours / $theirs }")
  echo "round $round: GET policy $ours a second, nginx $theirs a second, ratio $ratio"
  echo "$ratio" >> "$work/ratios"
done
echo "PATCH policy $(rate -s "$here/patch.lua" "$policy") a second, each on the disk"
sort -n "$work/ratios" | awk '{ ratios[NR] = $1 }
  END { median = ratios[int ((NR + 1) / 2)]
        printf "GET policy is %.2f times as fast as nginx in the median (%.2f to %.2f)\n", \
          median, ratios[1], ratios[NR]
        exit !(median >= 0.5) }'
