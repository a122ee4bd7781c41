#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a program with a keyring of its own, on a bus of its own, in a home of its own:
#
#   run-with-keyring.sh STATE PROGRAM [ARGUMENT...]
#
# STATE is unlocked, locked (with what PROGRAM stored when it was called with the argument
# --prepare), none (a bus without a keyring) or no-bus. TEST_KEYRING_STATE tells PROGRAM.

set -eu

state=$1
shift

directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT

unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME
export HOME="$directory/home" XDG_RUNTIME_DIR="$directory/runtime" GSETTINGS_BACKEND=memory
export TEST_KEYRING_STATE="$state"
mkdir -m 700 "$HOME" "$XDG_RUNTIME_DIR"

# A bus that starts nothing by itself.
cat >"$directory/bus.conf" <<END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=$directory</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END

on_bus() {
  dbus-run-session --config-file="$directory/bus.conf" -- "$@"
}

# The daemon ends with its bus; it is there once it owns its name.
wait='gdbus wait --session --timeout 30 org.freedesktop.secrets'
with_unlocked_keyring="printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
  $wait
  \"\$@\""
with_locked_keyring="gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1
  $wait
  \"\$@\""

# libsecret keeps a little of each item that it was given; only whole stacks, which make each
# allocation ten times as dear, tell a sanitizer that it was libsecret. What is on its way from
# the bus when the program ends is nobody's any more; slices hide it, as it is GLib's.
case $state in
unlocked | locked)
  export ASAN_OPTIONS="${ASAN_OPTIONS:-}:fast_unwind_on_malloc=0"
  unset G_SLICE
  ;;
esac

case $state in
unlocked)
  on_bus sh -c "$with_unlocked_keyring" sh "$@"
  ;;
locked)
  on_bus sh -c "$with_unlocked_keyring" sh "$@" --prepare >&2
  on_bus sh -c "$with_locked_keyring" sh "$@"
  ;;
none)
  on_bus "$@"
  ;;
no-bus)
  DBUS_SESSION_BUS_ADDRESS="unix:path=$directory/nobody" "$@"
  ;;
*)
  echo "unknown state: $state" >&2
  exit 2
  ;;
esac
