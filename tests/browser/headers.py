# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests against real servers and browsers share: policies and their headers."""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time

OFF = {
    "strict-transport-security": False,
    "content-type-options": False,
    "referrer-policy": False,
    "permissions-policy": False,
    "cross-origin-opener-policy": False,
    "cross-origin-resource-policy": False,
}


def export(program, policy, form="http"):
    """The headers of a policy, given as {field: value} over the defaults."""
    done = subprocess.run(
        [program, form], input=json.dumps(policy), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"print-headers: {done.stderr.strip()}")
    return done.stdout


def lines_of(program, policy):
    """The same as a list of (name, value)."""
    return [tuple(line.split(": ", 1)) for line in export(program, policy).splitlines()]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, process, seconds=20):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process and process.poll() is not None:
            raise RuntimeError(f"ended with status {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("did not answer in time")


class Scratch:
    """A directory of its own, readable for servers that drop their rights."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="gatehouse-")
        subprocess.run(["chmod", "755", self.path], check=True)
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


class Tap:
    """Test Anything Protocol, one line a case."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def case(self, good, name, detail=""):
        self.count += 1
        self.failed += not good
        print("ok" if good else "not ok", self.count, "-", name)
        if not good and detail:
            for line in detail.splitlines():
                print("#", line)
        sys.stdout.flush()

    def skip(self, name, reason):
        self.count += 1
        print("ok", self.count, "-", name, "# SKIP", reason)

    def done(self):
        print(f"1..{self.count}")
        sys.exit(1 if self.failed else 0)
