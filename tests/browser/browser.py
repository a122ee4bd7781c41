# SPDX-License-Identifier: GPL-3.0-or-later
"""Chromium without a window, and the small site it visits."""

import contextlib
import http.server
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

from headers import Scratch

PROGRAM = "chromium"
NOT_INSTALLED = 77
HOST = "a.localhost"  # names below localhost count as secure without a certificate
FOREIGN = "b.localhost"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-breakpad", "--disable-popup-blocking", "--remote-debugging-port=0",
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
]


class Site(http.server.ThreadingHTTPServer):
    """Answers with what `answer(request)` gives: (headers, body); request is the handler.
    Waiting for what the pages report is `wait`, telling it is `report`."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, answer):
        super().__init__(("127.0.0.1", 0), Visit)
        self.answer = answer
        self.reports = {}
        self.changed = threading.Condition()

    def report(self, name, value):
        with self.changed:
            self.reports[name] = value
            self.changed.notify_all()

    def wait(self, names, seconds):
        """The reports as soon as all names are there, or what is there when time is up."""
        with self.changed:
            self.changed.wait_for(lambda: names <= self.reports.keys(), seconds)
            return dict(self.reports)

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Visit(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def respond(self):
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        answer = self.server.answer(self)
        status, headers, body = answer if answer else (404, [], "")
        content = body.encode()
        self.send_response_only(status)
        for name, value in [*headers, ("Content-Length", str(len(content)))]:
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = respond

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving(*sites):
    for site in sites:
        threading.Thread(target=site.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        for site in sites:
            site.shutdown()
            site.server_close()


def stop(process):
    """Chromium has children, all in one process group; it ends them itself when it can."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        pass
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextlib.contextmanager
def visiting(url, rules):
    """Chromium at url, every name being this computer; yields what reads its messages."""
    with Scratch() as directory, tempfile.TemporaryFile() as output:
        environment = {**os.environ, "HOME": directory, "XDG_CONFIG_HOME": directory}
        process = subprocess.Popen(
            [PROGRAM, *FLAGS, f"--user-data-dir={directory}/profile",
             f"--host-resolver-rules={rules}", url],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment,
            start_new_session=True,
        )

        def messages():
            output.seek(0)
            return output.read().decode(errors="replace")

        try:
            yield messages
        finally:
            stop(process)


def require():
    if not shutil.which(PROGRAM):
        print(f"1..0 # SKIP {PROGRAM} is not installed")
        sys.exit(NOT_INSTALLED)
