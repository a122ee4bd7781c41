# SPDX-License-Identifier: GPL-3.0-or-later
"""The real gatehouse-server and the real gatehousectl, in a directory of their own."""

import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
import urllib.error
import urllib.request

SECONDS = 60  # nothing here takes this long


def find_port():
    """A free port that no client is given for its own end of a connection, so that a server that
    was stopped has it again when it starts."""
    first, last = map(int, pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii").split())
    ports = range(1024, 1 << 16)
    candidates = [port for port in ports if not first <= port <= last] or ports
    while True:
        port = random.choice(candidates)
        with socket.socket() as taken:
            if taken.connect_ex(("127.0.0.1", port)) != 0:
                return port


class Server:
    """gatehouse-server on loopback, stopped and started at will on the same port."""

    def __init__(self, program, directory, demo=5):
        self.program = program
        self.database = pathlib.Path(directory) / "server.db"
        self.process = None
        self.port = find_port()
        self.token = self.start("--demo", str(demo), "--print-token")

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self, *arguments):
        """Returns the token, when one was asked for."""
        self.process = subprocess.Popen(
            [self.program, "--database", self.database, "--listen", f"127.0.0.1:{self.port}", *arguments],
            stdout=subprocess.PIPE,
            text=True,
        )
        token = None
        for line in self.process.stdout:
            if line.startswith("token: "):
                token = line.removeprefix("token: ").strip()
            if line.startswith("listening on "):
                return token
        raise RuntimeError("gatehouse-server does not listen")

    def end(self, how=signal.SIGTERM):
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(SECONDS)
            self.process.stdout.close()
            self.process = None

    def make_token(self, *arguments):
        answer = subprocess.run(
            [self.program, "token", "make", "--database", self.database, "--name", "test", *arguments],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return answer.stdout.split()[-1]

    def ask(self, method, path, body=None, headers=()):
        """Status, headers and body, decoded where it is JSON."""
        request = urllib.request.Request(self.url + path, method=method)
        request.add_header("Authorization", "Bearer " + self.token)
        for name, value in dict(headers).items():
            request.add_header(name, value)
        if body is not None:
            request.data = json.dumps(body).encode()
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            answer = opener.open(request, timeout=SECONDS)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            content = answer.read()
        if "json" in answer.headers.get("Content-Type", ""):
            content = json.loads(content)
        return answer.status, answer.headers, content

    def policy(self, workspace):
        return self.ask("GET", f"/v1/workspaces/{workspace}/policy")[2]

    def patch(self, workspace, **values):
        """What somebody else does."""
        path = f"/v1/workspaces/{workspace}/policy"
        etag = self.ask("GET", path)[1]["ETag"]
        headers = {"If-Match": etag, "Content-Type": "application/merge-patch+json"}
        body = {name.replace("_", "-"): value for name, value in values.items()}
        status, _, answer = self.ask("PATCH", path, body, headers)
        assert status == 200, answer


class Answer:
    def __init__(self, completed):
        self.status = completed.returncode
        self.out = completed.stdout
        self.err = completed.stderr

    @property
    def json(self):
        return json.loads(self.out)

    def __repr__(self):
        return f"status {self.status}\n{self.out}{self.err}"


class Ctl:
    """gatehousectl on a database of its own."""

    def __init__(self, program, database):
        self.program = program
        self.database = str(database)
        self.environment = dict(os.environ, GATEHOUSE_DATABASE=self.database, no_proxy="*")

    def start(self, *arguments, **options):
        return subprocess.Popen([self.program, *map(str, arguments)], env=self.environment, **options)

    def __call__(self, *arguments, stdin=""):
        return Answer(
            subprocess.run(
                [self.program, *map(str, arguments)],
                input=stdin,
                capture_output=True,
                text=True,
                env=self.environment,
                timeout=SECONDS,
            )
        )

    def does(self, *arguments, status=0, stdin=""):
        """Runs it and expects how it ends."""
        answer = self(*arguments, stdin=stdin)
        assert answer.status == status, f"{arguments}: expected {status}, {answer}"
        return answer

    def value(self, workspace, field):
        return self.does("get", workspace, field, "--json").json[field]["value"]

    def state(self, workspace):
        return next(w["state"] for w in self.does("workspace", "list", "--json").json if w["id"] == workspace)


def run_cases(cases):
    """Runs functions of no arguments, speaking TAP."""
    print(f"1..{len(cases)}", flush=True)
    failed = 0
    for number, case in enumerate(cases, 1):
        words = (case.__doc__ or case.__name__).strip().splitlines()[0]
        try:
            case()
            print(f"ok {number} - {words}", flush=True)
        except Exception:  # whatever goes wrong is the case's failure
            failed += 1
            traceback.print_exc()
            print(f"not ok {number} - {words}", flush=True)
    return 1 if failed else 0


def scratch():
    return tempfile.TemporaryDirectory(prefix="gatehouse-e2e-")


def write_policy(path, values, schema="gatehouse-policy/1", **more):
    pathlib.Path(path).write_text(json.dumps({"schema": schema, "policy": values, **more}), encoding="utf-8")
    return path


__all__ = ["Answer", "Ctl", "Server", "run_cases", "scratch", "write_policy", "signal", "sys"]
