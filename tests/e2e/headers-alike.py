#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""headers-alike.py GATEHOUSECTL GATEHOUSE-SERVER [SEED]: for 1,000 random policies what
gatehousectl headers prints is what the server answers, byte for byte."""

import concurrent.futures
import random
import sys

from programs import Ctl, Server, run_cases, scratch

POLICIES = 1000
ROUNDS = 4  # over a quarter as many workspaces

SOURCES = ["'self'", "'none'", "'unsafe-inline'", "https:", "data:", "*", "*.example.com", "https://a.example/x", "'nonce-abc'"]
DIRECTIVES = ["default-src", "script-src", "img-src", "style-src", "object-src", "frame-ancestors", "base-uri", "report-uri"]
FEATURES = ["geolocation", "camera", "microphone", "payment", "usb", "fullscreen"]
ALLOWLISTS = ["()", "(self)", "*", "(self \"https://a.example\")"]
ODD = ["", " ", "x", "a; b, c", "\\", '"', "%", "it's", "ü – “quoted”", "tab\there", "a\nb", "\x7f", "<&>", "'" * 40]


def random_text(choice):
    kind = choice.randrange(4)
    if kind == 0:
        return choice.choice(ODD)
    if kind == 1:
        return ", ".join(f"{name}={choice.choice(ALLOWLISTS)}" for name in choice.sample(FEATURES, 3))
    glue = choice.choice(["; ", ";", ";\n"])
    return glue.join(
        f"{name} {' '.join(choice.sample(SOURCES, choice.randrange(1, 4)))}" for name in choice.sample(DIRECTIVES, choice.randrange(1, 6))
    )


def random_value(setting, choice):
    kind = setting["type"]
    if kind == "boolean":
        return choice.random() < 0.7
    if kind == "integer":
        return choice.choice([setting["minimum"], setting["maximum"], choice.randint(setting["minimum"], setting["maximum"])])
    if kind == "enum":
        return choice.choice(setting["choices"])["id"]
    if kind == "string-list":
        return [choice.choice(ODD + ["pdf", "jpg", "https://a.example"]) for _ in range(choice.randrange(4))]
    return random_text(choice)


def patch(server, workspace, settings, choice):
    """Writes as many of the random values as the server takes."""
    values = {setting["id"]: random_value(setting, choice) for setting in settings}
    path = f"/v1/workspaces/{workspace}/policy"
    for _ in range(len(settings)):
        etag = server.ask("GET", path)[1]["ETag"]
        status, _, answer = server.ask("PATCH", path, values, {"If-Match": etag, "Content-Type": "application/merge-patch+json"})
        if status == 200:
            return len(values)
        assert status == 422, answer
        before = len(values)
        for error in answer["errors"]:
            values.pop(error["pointer"].removeprefix("/"), None)
        if len(values) == before:  # what it minds is not among these: a rule ties them to it
            del values[choice.choice(list(values))]
    raise AssertionError("the server takes nothing")


def main():
    ctl_program, server_program = sys.argv[1:3]
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 32)
    choice = random.Random(seed)
    with scratch() as directory:
        server = Server(server_program, directory, demo=POLICIES // ROUNDS)
        ctl = Ctl(ctl_program, f"{directory}/gatehouse.db")

        def compare(workspace):
            served = server.ask("GET", f"/v1/workspaces/{workspace}/headers")[2]
            printed = ctl.does("headers", workspace, "--applied").out
            assert printed == (served if isinstance(served, str) else served.decode()), (workspace, printed, served)
            return printed

        def alike():
            """1,000 random policies give the same headers on both sides"""
            print("# seed", seed)
            ctl.does("account", "add", "work", server.url, "--token-stdin", "--without-keyring", stdin=server.token)
            settings = ctl.does("settings", "--json").json
            ids = [workspace["id"] for workspace in ctl.does("workspace", "list", "--json").json]
            assert len(ids) == POLICIES // ROUNDS
            seen = set()
            taken = 0
            with concurrent.futures.ThreadPoolExecutor(4) as pool:
                for _ in range(ROUNDS):
                    taken += sum(patch(server, workspace, settings, choice) for workspace in ids)
                    ctl.does("sync", "--all", "--token-stdin", stdin=server.token)
                    seen.update(pool.map(compare, ids))
            print(f"# {len(seen)} different header blocks, {taken / POLICIES:.0f} of {len(settings)} fields random")
            assert len(seen) > POLICIES / 2 and taken > POLICIES * 50

        try:
            return run_cases([alike])
        finally:
            server.end()


if __name__ == "__main__":
    sys.exit(main())
