#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run-with-display.sh [--here] PROGRAM [ARGUMENT...]: runs a program in a virtual display, with a
# session bus, a home and a runtime directory of its own; with --here in those that are there.
set -eu
here=$(dirname "$(realpath "$0")")
export LC_ALL=C.UTF-8 GDK_BACKEND=x11 GSK_RENDERER=cairo GTK_A11Y=test ADW_DISABLE_PORTAL=1 \
  GIO_USE_VFS=local GSETTINGS_BACKEND=memory G_DEBUG=fatal-criticals
# A display that resets when its last window is gone refuses whoever comes just then.
screen='-screen 0 1280x900x24 -noreset'

if [ "$1" = --here ]; then
  shift
  exec xvfb-run -a -s "$screen" "$@"
fi

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/runtime"
env -u XDG_DATA_HOME -u XDG_CONFIG_HOME -u XDG_CACHE_HOME -u XDG_STATE_HOME \
  -u WAYLAND_DISPLAY -u DBUS_SESSION_BUS_ADDRESS \
  HOME="$home" XDG_RUNTIME_DIR="$home/runtime" \
  xvfb-run -a -s "$screen" dbus-run-session --config-file "$here/session-bus.conf" -- "$@"
