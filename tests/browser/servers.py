#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""servers.py PRINT-HEADERS: starts each server that is installed with each exported
configuration, and compares the header bytes it sends with those that were meant."""

import http.server
import os
import shutil
import socket
import subprocess
import sys
import threading

from headers import OFF, Scratch, Tap, export, free_port, lines_of, wait_for_port

PROGRAM = sys.argv[1]
PIN = "d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM="
BACKUP = "E9CZ9INDbd+2eRQozYqqbQ2yXLVKB9+xcprMF+44U1g="


def csp(text, **more):
    return {
        **OFF,
        "content-security-policy": True,
        "content-security-policy.policy": text,
        **more,
    }


HOSTILE = {
    "quotes": "default-src 'self' \"x\" `y` \\",
    "backslashes": "a\\b \\\\ \\n \\r\\nSet-Cookie: x \\\"",
    "dollars": "a$b ${HOME} $HOME $$ $1 $host ${host} $",
    "percents": "%% %t %{HOME}e %[src] %D %",
    "braces": "{http.request.host} {} { } \\{x\\} {{ a }}",
    "backquotes": "`a` \"b\" {c} \\d",
    "comments": "a # b // c ; d } /* e */",
    "expression": "expr=%{HTTP_HOST}",
    "newline words": "\\\\n \\t {\\n}",
    "everything": "".join(map(chr, range(33, 127))),
}

POLICIES = {
    "the defaults": {},
    "every header": {
        "strict-transport-security.include-subdomains": True,
        "strict-transport-security.preload": True,
        "xss-protection": True,
        "xss-protection.mode": "block",
        "content-security-policy": True,
        "content-security-policy.policy": "default-src 'self'; object-src 'none'",
        "public-key-pins": True,
        "public-key-pins.pins": [PIN, BACKUP],
        "public-key-pins.report-uri": "https://example.com/a?b=$c",
        "cross-origin-embedder-policy": True,
        "expect-ct": True,
        "expect-ct.enforce": True,
        "expect-ct.report-uri": "https://example.com/%7Bct%7D",
    },
    "a long policy": csp(
        "default-src 'self'; img-src"
        + "".join(f" https://images-{n}.example.com/$path/" for n in range(150))
    ),
    **{name: csp(text) for name, text in HOSTILE.items()},
}


class Backend(http.server.BaseHTTPRequestHandler):
    """Answers with the headers of its server object, and nothing of its own."""

    def do_GET(self):
        self.send_response_only(200)
        for name, value in getattr(self.server, "lines", []):
            self.send_header(name, value)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_):
        pass


def start_backend(lines):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Backend)
    server.lines = lines
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def ask(port):
    """The header lines of an answer, as bytes."""
    with socket.create_connection(("127.0.0.1", port), 5) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    return answer.split(b"\r\n\r\n", 1)[0].split(b"\r\n")


def nginx(directory, snippet, port):
    # A snippet with geo blocks belongs above the server, any other one works inside too.
    inside = "" if "geo $" in snippet else snippet
    configuration = f"""
daemon off;
master_process off;
pid {directory}/pid;
error_log {directory}/errors;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {directory}/body;
  proxy_temp_path {directory}/proxy;
  fastcgi_temp_path {directory}/fastcgi;
  uwsgi_temp_path {directory}/uwsgi;
  scgi_temp_path {directory}/scgi;
  {snippet if not inside else ""}
  server {{
    listen 127.0.0.1:{port};
    {inside}
    location / {{ return 200 ok; }}
  }}
}}
"""
    path = f"{directory}/nginx.conf"
    write(path, configuration)
    check(["nginx", "-t", "-q", "-p", directory, "-c", path, "-e", f"{directory}/errors"])
    return ["nginx", "-p", directory, "-c", path, "-e", f"{directory}/errors"]


def apache(directory, snippet, port):
    modules = "/usr/lib/apache2/modules"
    write(f"{directory}/index.html", "ok")
    write(
        f"{directory}/apache.conf",
        f"""
ServerRoot {directory}
ServerName localhost
Listen 127.0.0.1:{port}
User www-data
Group www-data
PidFile {directory}/pid
ErrorLog {directory}/errors
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule dir_module {modules}/mod_dir.so
DirectoryIndex index.html
<VirtualHost 127.0.0.1:{port}>
  DocumentRoot {directory}
{snippet}
</VirtualHost>
""",
    )
    check(["apache2", "-t", "-f", f"{directory}/apache.conf"])
    return ["apache2", "-X", "-f", f"{directory}/apache.conf"]


def haproxy(directory, snippet, port):
    backend = start_backend([])
    write(
        f"{directory}/haproxy.cfg",
        f"""
global
  tune.bufsize 65536
defaults
  mode http
  timeout connect 5s
  timeout client 5s
  timeout server 5s
frontend front
  bind 127.0.0.1:{port}
{snippet}
  default_backend back
backend back
  server one 127.0.0.1:{backend.server_port}
""",
    )
    check(["haproxy", "-c", "-q", "-f", f"{directory}/haproxy.cfg"])
    return ["haproxy", "-db", "-q", "-f", f"{directory}/haproxy.cfg"]


def caddy(directory, snippet, port):
    write(
        f"{directory}/Caddyfile",
        f"""{{
	admin off
	auto_https off
}}
http://127.0.0.1:{port}, http://localhost:{port} {{
	bind 127.0.0.1
{snippet}
	respond ok
}}
""",
    )
    check(["caddy", "validate", "--adapter", "caddyfile", "--config", f"{directory}/Caddyfile"])
    return ["caddy", "run", "--adapter", "caddyfile", "--config", f"{directory}/Caddyfile"]


def write(path, text):
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


def check(command):
    """A configuration must pass the server's own check."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr or done.stdout}")


def try_server(make, form, policy):
    """Returns what is wrong, or an empty string; None where the export says it cannot."""
    snippet = export(PROGRAM, policy, form)
    expected = lines_of(PROGRAM, policy)
    if "cannot be written" in snippet:
        return None
    with Scratch() as directory:
        port = free_port()
        with open(f"{directory}/output", "w+b") as output:
            environment = {**os.environ, "HOME": directory, "XDG_DATA_HOME": directory}
            process = subprocess.Popen(
                make(directory, snippet, port),
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment,
            )
            try:
                wait_for_port(port, process)
                received = ask(port)
            except (RuntimeError, OSError) as error:
                output.seek(0)
                return f"{error}\n{output.read().decode(errors='replace')}"
            finally:
                process.terminate()
                process.wait()
    answered = {
        (name.lower(), value) for name, _, value in (line.partition(b": ") for line in received)
    }
    missing = [
        f"{name}: {value}" for name, value in expected
        if (name.lower().encode(), value.encode()) not in answered
    ]
    if missing:
        got = "\n".join(line.decode("latin-1") for line in received)
        return "\n".join(["not sent:", *missing, "but:", got])
    return ""


def servers(tap):
    installed = {
        "nginx": (nginx, "nginx"),
        "apache": (apache, "apache2"),
        "haproxy": (haproxy, "haproxy"),
        "caddy": (caddy, "caddy"),
    }
    for form, (make, program) in installed.items():
        for name, policy in POLICIES.items():
            title = f"{form} sends {name}"
            if not shutil.which(program):
                tap.skip(title, f"{program} is not installed")
                continue
            try:
                wrong = try_server(make, form, policy)
            except RuntimeError as error:
                wrong = str(error)
            if wrong is None:
                tap.skip(title, "its language has no way to write that")
            else:
                tap.case(not wrong, title, wrong)


def curl(tap):
    """The script agrees with a server that sends these headers, and with no other one."""
    for name, policy in POLICIES.items():
        title = f"curl compares {name}"
        if not shutil.which("curl"):
            tap.skip(title, "curl is not installed")
            continue
        expected = lines_of(PROGRAM, policy)
        script = export(PROGRAM, policy, "curl")
        changed = [(header, value + "x") for header, value in expected]
        results = []
        for lines in (expected, changed):
            backend = start_backend(lines)
            url = f"http://127.0.0.1:{backend.server_port}/"
            done = subprocess.run(
                ["sh", "-s", url], input=script, capture_output=True, text=True, check=False
            )
            results.append(done)
            backend.shutdown()
        tap.case(
            [done.returncode for done in results] == [0, 1],
            title,
            "\n".join(done.stdout + done.stderr for done in results),
        )


def main():
    tap = Tap()
    servers(tap)
    curl(tap)
    tap.done()


main()
