#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""two-writers.py GATEHOUSECTL GATEHOUSE-SERVER WINDOW-EDITOR [SECONDS]: two gatehousectl and a
window edit one workspace at the same time, and no edit is lost."""

import contextlib
import os
import pathlib
import sqlite3
import subprocess
import sys
import threading
import time

from programs import Ctl, Server, run_cases, scratch

FIELDS = ["global-session-timeout", "max-failed-login-attempts", "failed-login-window"]
DISPLAY = pathlib.Path(__file__).resolve().parent.parent / "run-with-display.sh"


class Writer(threading.Thread):
    """Edits a field that nobody else edits, and looks after each edit."""

    def __init__(self, ctl, workspace, field, until):
        super().__init__()
        self.ctl, self.workspace, self.field, self.until = ctl, workspace, field, until
        self.n_edits = 0
        self.value = None
        self.fault = None

    def run(self):
        try:
            while time.monotonic() < self.until:
                self.value = 3 + self.n_edits % 7
                self.ctl.does("set", self.workspace, f"{self.field}={self.value}")
                self.n_edits += 1
                assert self.ctl.value(self.workspace, self.field) == self.value
        except AssertionError as fault:
            self.fault = fault


def start_window(program, directory, *arguments):
    environment = dict(os.environ, XDG_DATA_HOME=directory)
    command = [DISPLAY, "--here", program, *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def main():
    seconds = float(sys.argv[4]) if len(sys.argv) > 4 else 10
    with scratch() as directory:
        server = Server(sys.argv[2], directory, demo=1)
        ctl = Ctl(sys.argv[1], f"{directory}/gatehouse/gatehouse.db")

        def together():
            """Nothing is lost where several edit one workspace at the same time"""
            ctl.does("account", "add", "work", server.url, "--token-stdin", "--without-keyring", stdin=server.token)
            ctl.does("sync", "--all", "--token-stdin", stdin=server.token)
            (workspace,) = [entry["id"] for entry in ctl.does("workspace", "list", "--json").json]
            ctl.does("set", workspace, *(f"{field}=11" if "max" not in field else f"{field}=2" for field in FIELDS))
            until = time.monotonic() + seconds
            *ours, theirs = FIELDS
            window = start_window(sys.argv[3], directory, workspace, theirs, str(seconds))
            writers = [Writer(ctl, workspace, field, until) for field in ours]
            for writer in writers:
                writer.start()
            for writer in writers:
                writer.join()
            for writer in writers:
                if writer.fault is not None:
                    raise writer.fault
                assert ctl.value(workspace, writer.field) == writer.value
            output = window.communicate(timeout=60)[0]
            assert window.returncode == 0, output
            n_typed, value = map(int, output.split())
            assert ctl.value(workspace, theirs) == value
            n_set = sum(writer.n_edits for writer in writers)
            print(f"# {n_set} edits on the command line, {n_typed} in the window")
            with contextlib.closing(sqlite3.connect(ctl.database)) as database:
                (steps,) = database.execute("SELECT count(*) FROM steps").fetchone()
                assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            # What is typed without another's edit between is one step.
            assert min(n_set + 2, 1000) <= steps <= min(n_set + n_typed + 1, 1000), steps

        try:
            return run_cases([together])
        finally:
            server.end()


if __name__ == "__main__":
    sys.exit(main())
