#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""run.py GATEHOUSECTL GATEHOUSE-SERVER [ROUNDS [SEED]]: edits, undos, imports and applies by
gatehousectl against a live server, each killed at a random moment, the server too in a third of
them. After each round every acknowledged edit is there, no draft is half-applied, the journal
resolves, and both databases are sound.

What an edit should lead to is not modelled here: the same edit, not killed, on a copy of the
database says it. What the killed one leaves is that, or what was there before."""

import contextlib
import json
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))
# pylint: disable=wrong-import-position
from programs import Ctl, Server, run_cases, scratch, write_policy  # noqa: E402

FIELDS = {
    "global-session-timeout": range(5, 60),
    "max-failed-login-attempts": range(3, 10),
    "failed-login-window": range(5, 60),
    "login-lockout-period": range(5, 60),
    "locked-user-login-prompt-duration": range(5, 60),
    "max-failed-claim-attempts": range(3, 10),
}
LONGEST = 0.06  # seconds until the kill of an apply; about two runs of gatehousectl


def read_state(path, workspace):
    """All that a draft is, but for counters and clocks."""
    with contextlib.closing(sqlite3.connect(path)) as database:

        def ask(sql):
            return database.execute(sql, (workspace,)).fetchall()

        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",), path
        return {
            "drafts": dict(ask("SELECT field, value FROM drafts WHERE workspace = ?")),
            "conflicts": ask("SELECT field FROM conflicts WHERE workspace = ?"),
            "policy": ask("SELECT policy FROM policies WHERE workspace = ?"),
            "steps": ask("SELECT number, changes FROM steps WHERE workspace = ? ORDER BY number"),
            "position": ask("SELECT position FROM workspaces WHERE id = ?"),
        }


class Crash:
    def __init__(self, ctl_program, server_program, directory, seed):
        self.choice = random.Random(seed)
        self.directory = pathlib.Path(directory)
        self.server = Server(server_program, directory, demo=3)
        self.ctl = Ctl(ctl_program, self.directory / "gatehouse.db")
        self.copy = Ctl(ctl_program, self.directory / "copy.db")
        self.tally = {"kept": 0, "done": 0, "acknowledged": 0, "applied": 0, "not applied": 0}
        self.ctl.does("account", "add", "work", self.server.url, "--token-stdin", "--without-keyring", stdin=self.server.token)
        self.sync()
        self.workspaces = [workspace["id"] for workspace in self.ctl.does("workspace", "list", "--json").json]

    def sync(self):
        self.ctl.does("sync", "--all", "--token-stdin", stdin=self.server.token)

    def assignments(self):
        fields = self.choice.sample(list(FIELDS), self.choice.randrange(1, 4))
        return {field: self.choice.choice(FIELDS[field]) for field in fields}

    def edit(self, workspace):
        """The arguments of a random edit."""
        kind = self.choice.choice(["set", "set", "set", "undo", "undo", "redo", "revert", "import"])
        if kind == "set":
            return ["set", workspace, *(f"{field}={value}" for field, value in self.assignments().items())]
        if kind == "revert" and self.choice.random() < 0.7:
            return ["revert", workspace, self.choice.choice(list(FIELDS))]
        if kind == "import":
            return ["import", workspace, write_policy(self.directory / "policy.json", self.assignments())]
        return [kind, workspace]

    def state(self, workspace):
        return read_state(self.ctl.database, workspace)

    def foretell(self, arguments, workspace):
        """The status of an edit, what it leads to, and how long it takes, seen on a copy."""
        for path in self.directory.glob("copy.db*"):
            path.unlink()
        with contextlib.closing(sqlite3.connect(self.ctl.database)) as source:
            with contextlib.closing(sqlite3.connect(self.copy.database)) as target:
                source.backup(target)
        began = time.monotonic()
        status = self.copy(*arguments).status
        return status, read_state(self.copy.database, workspace), time.monotonic() - began

    def run_and_kill(self, arguments, moment, stdin=""):
        """The status, or -9 when the kill came first."""
        process = self.ctl.start(*arguments, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        timer = threading.Timer(moment, process.kill)
        timer.start()
        try:
            _, self.words = process.communicate(stdin)
        except BrokenPipeError:
            _, self.words = process.communicate()
        timer.cancel()
        timer.join()
        return process.returncode

    def kill_edit(self, workspace):
        arguments = self.edit(workspace)
        before = self.state(workspace)
        status, after, seconds = self.foretell(arguments, workspace)
        got = self.run_and_kill(arguments, self.choice.uniform(0.2, 1.1) * seconds)
        now = self.state(workspace)
        if got == status:
            assert now == after, (arguments, now, after)
            self.tally["acknowledged"] += 1
        else:
            assert got == -signal.SIGKILL, (arguments, got, status, self.words)
            assert now in (before, after), (arguments, now, before, after)
            self.tally["done" if now == after != before else "kept"] += 1

    def kill_apply(self, workspace, with_server):
        self.ctl("set", workspace, *(f"{field}={value}" for field, value in self.assignments().items()))
        before = self.state(workspace)
        served = self.server.policy(workspace)
        wanted = served | {field: json.loads(value) for field, value in before["drafts"].items()}
        killer = None
        if with_server:
            killer = threading.Timer(self.choice.uniform(0, LONGEST), self.server.process.kill)
            killer.start()
        got = self.run_and_kill(["apply", workspace, "--yes", "--token-stdin"], self.choice.uniform(0, LONGEST), self.server.token)
        if killer is not None:
            killer.join()
            self.server.end(signal.SIGKILL)
            self.server.start()
        acknowledged = got == 0

        self.sync()
        now, policy = self.state(workspace), self.server.policy(workspace)
        assert not now["conflicts"], now
        if policy == wanted:
            assert not now["drafts"], (got, now)
        else:
            assert policy == served and not acknowledged, (got, policy, served, wanted)
            assert now["drafts"] == before["drafts"], (got, now, before)
        assert json.loads(now["policy"][0][0]) == policy
        self.tally["applied" if policy == wanted else "not applied"] += 1

    def check(self):
        """Nothing waits for an answer, and both databases are sound."""
        with contextlib.closing(sqlite3.connect(self.ctl.database)) as database:
            sending = database.execute("SELECT count(*) FROM journal WHERE state = 'sending'").fetchone()
        assert sending == (0,), "the journal does not resolve"
        assert not list(self.directory.glob("*.damaged-*"))

    def round(self, number):
        workspace = self.choice.choice(self.workspaces)
        for _ in range(self.choice.randrange(3)):
            self.ctl(*self.edit(workspace))
        if number % 3 == 0:
            self.kill_apply(workspace, with_server=True)
            self.check()
        elif number % 3 == 1 and self.choice.random() < 0.4:
            self.kill_apply(workspace, with_server=False)
            self.check()
        else:
            self.kill_edit(workspace)


def main():
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 300
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else random.randrange(1 << 32)
    with scratch() as directory:
        crash = Crash(*sys.argv[1:3], directory, seed)

        def case():
            """Nothing acknowledged is lost and nothing is half done, whenever the programs are killed"""
            began = time.monotonic()
            print(f"seed {seed}, {rounds} rounds", file=sys.stderr)
            for number in range(rounds):
                crash.round(number)
            print(f"# {crash.tally}, {time.monotonic() - began:.0f} s")
            read_state(crash.ctl.database, crash.workspaces[0])
            crash.server.end()
            with contextlib.closing(sqlite3.connect(crash.server.database)) as database:
                assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)

        try:
            return run_cases([case])
        finally:
            crash.server.end(signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
