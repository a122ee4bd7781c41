#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that misbehaves in one way per path: http://127.0.0.1:PORT/NAME/... does what
the function NAME does, below. Prints its port, and ends when standard input does.

/seen/NAME tells how many requests NAME has had; /last/NAME gives the head of the last one.
"""
import gzip
import socket
import socketserver
import sys
import threading
import time

JSON = "Content-Type: application/json\r\n"
BOMB = gzip.compress(b'"' + b"x" * (64 * 1024 * 1024) + b'"')
seen = {}
last = {}


def answer(body, headers=JSON, status="200 OK"):
    if isinstance(body, str):
        body = body.encode()
    head = f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def policy(headers=JSON + 'ETag: "good"\r\nGatehouse-Revision: 7\r\n'):
    return answer("{}", headers)


def forever(send, chunk, pause=0.0):
    while True:
        send(chunk)
        time.sleep(pause)


# Each takes send and the request's text, and returns what is still to be sent.
def good(send, request):
    return policy()


def garbage(send, request):
    return answer('{"oops": [1, 2,, }')


def not_http(send, request):
    return b"220 mail.example.org ESMTP\r\n" * 3


def deep(send, request):
    return answer("[" * 200000)


def large(send, request):
    return answer('"' + "x" * (5 * 1024 * 1024) + '"')


def endless(send, request):
    send(f"HTTP/1.1 200 OK\r\n{JSON}\r\n[".encode())
    forever(send, b"1," * 4096)


def trickle(send, request):
    send(f"HTTP/1.1 200 OK\r\n{JSON}Content-Length: 100000\r\n\r\n".encode())
    forever(send, b" ", 0.1)


def silence(send, request):
    time.sleep(30)
    return b""


def bomb(send, request):
    return answer(BOMB, JSON + "Content-Encoding: gzip\r\n")


def zipped(send, request):
    body = gzip.compress(b"{}")
    return answer(body, JSON + 'ETag: "good"\r\nContent-Encoding: gzip\r\n')


def bad_gzip(send, request):
    return answer("this is not gzip", JSON + "Content-Encoding: gzip\r\n")


def html(send, request):
    return answer("<html></html>", "Content-Type: text/html\r\n")


def no_type(send, request):
    return answer("{}", "")


def drop_before(send, request):
    return b""


def drop_half(send, request):
    return policy()[:-1]


def drop_once(send, request):
    return policy() if seen["drop_once"] > 1 else b""


def busy_once(send, request):
    if seen["busy_once"] > 1:
        return policy()
    return answer("", "Retry-After: 1\r\n", "503 Service Unavailable")


def busy_long(send, request):
    return answer("", "Retry-After: 3600\r\n", "429 Too Many Requests")


def in_flight_once(send, request):
    return policy() if seen["in_flight_once"] > 1 else answer("", "", "409 Conflict")


def failing(send, request):
    return answer("", "", "500 Internal Server Error")


def redirect(send, request):
    return answer("", "Location: /good/v1/me\r\n", "302 Found")


def redirect_away(send, request):
    return answer("", "Location: http://127.0.0.2:1/\r\n", "307 Temporary Redirect")


def weak_etag(send, request):
    return policy(JSON + 'ETag: W/"weak"\r\n')


def bad_etag(send, request):
    return policy(JSON + "ETag: no quotes\r\n")


def no_etag(send, request):
    return policy(JSON)


def header_crlf(send, request):
    return policy(JSON + 'ETag: "a\r\n injected: 1"\r\n')


def header_huge(send, request):
    return policy(JSON + "X-Long: " + "x" * (200 * 1024) + "\r\n")


def header_many(send, request):
    return policy(JSON + "X-Many: 1\r\n" * 20000)


def continues(send, request):
    return b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + policy()


def continues_forever(send, request):
    forever(send, b"HTTP/1.1 100 Continue\r\n\r\n", 0.001)


def no_content(send, request):
    return answer("", "", "204 No Content")


def not_modified(send, request):
    return answer("", "", "304 Not Modified")


def unknown_value(send, request):
    return answer('{"global-session-timeout": "soon"}', JSON + 'ETag: "good"\r\n')


def nul(send, request):
    return answer('{"a": "\\u0000"}', JSON + 'ETag: "good"\r\n')


def page(entries, link):
    items = ", ".join(
        f'{{"id": "{i}", "name": "{i}", "role": "administrator", "revision": 1}}' for i in entries)
    return answer(f'{{"workspaces": [{items}]}}', f"{JSON}Link: {link}\r\n")


def pages(send, request):
    if "cursor=2" in request:
        return answer('{"workspaces": [{"id": "b", "name": "B", "role": "reader"}]}')
    return page("a", '</v1/workspaces?cursor=2>; rel="next"')


def page_elsewhere(send, request):
    return page("a", '<http://127.0.0.2:1/v1/workspaces?cursor=2>; rel="next"')


def page_other_path(send, request):
    return page("a", '</v1/me?cursor=2>; rel="next"')


def page_loop(send, request):
    return page("", f'</v1/workspaces?cursor={seen["page_loop"]}>; rel="next"')


def page_same(send, request):
    return page("a", '<?limit=500>; rel="next"')


def bad_id(send, request):
    return page(["../../etc"], '<x>; rel="prev"')


def communities(*entries, link=""):
    return answer('{"communities": [%s]}' % ", ".join(entries), JSON + link)


def community_pages(send, request):
    if "cursor=2" in request:
        return communities('{"id": "b", "name": "B", "revision": 2}')
    return communities('{"id": "a", "name": "A", "revision": 1}',
                       link='Link: </v1/workspaces/w/communities?cursor=2>; rel="next"\r\n')


def community_bad_id(send, request):
    return communities('{"id": "../x", "name": "X", "revision": 1}')


def community_no_name(send, request):
    return communities('{"id": "x", "revision": 1}')


def community_no_revision(send, request):
    return communities('{"id": "x", "name": "X"}')


def community_negative(send, request):
    return communities('{"id": "x", "name": "X", "revision": -1}')


def community_number(send, request):
    return communities("5")


def community_many(send, request):
    return communities(*['{"id": "x", "name": "X", "revision": 1}'] * 10001)


def bad_override(send, request):
    return answer('{"google-analytics": "yes"}', JSON + 'ETag: "good"\r\n')


def events(*entries):
    return answer('{"events": [%s]}' % ", ".join(entries))


def event_sparse(send, request):
    return events('{"id": 1, "at": "2026-01-01T00:00:00Z", "action": "token.made", "by": null}')


def event_no_time(send, request):
    return events('{"id": 1, "action": "token.made"}')


def event_no_id(send, request):
    return events('{"at": "2026-01-01T00:00:00Z", "action": "token.made"}')


def event_list(send, request):
    return events("[]")


def refused(send, request):
    body = ('{"type": "urn:x", "title": "Refused", "status": 422, "detail": "Not \\u202ethis\\u0007.",'
            ' "errors": [{"pointer": "/a", "code": "range", "detail": "too long"}, 5]}')
    return answer(body, "Content-Type: application/problem+json\r\n", "422 Unprocessable Content")


def stale(send, request):
    body = ('{"status": 412, "current-etag": "\\"new\\"", "changed-fields": ["x"],'
            ' "changed-by": "Ada", "changed-at": "2026-01-01T00:00:00Z"}')
    return answer(body, "Content-Type: application/problem+json\r\n", "412 Precondition Failed")


def problem_garbage(send, request):
    return answer("{", "Content-Type: application/problem+json\r\n", "403 Forbidden")


def problem_endless(send, request):
    send(b"HTTP/1.1 404 Not Found\r\nContent-Type: application/problem+json\r\n\r\n{")
    forever(send, b" " * 4096)


class Handler(socketserver.BaseRequestHandler):
    def read_request(self):
        data = b""
        while b"\r\n\r\n" not in data:
            more = self.request.recv(65536)
            if not more:
                return None
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        length = 0
        for line in head.decode("latin-1").split("\r\n"):
            if line.lower().startswith("content-length:"):
                length = int(line.split(":")[1])
        while len(body) < length:
            body += self.request.recv(65536)
        return head.decode("latin-1")

    def handle(self):
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            while (request := self.read_request()) is not None:
                path = request.split(" ")[1]
                name = path.split("/")[1]
                if name == "seen":
                    self.request.sendall(answer(str(seen.get(path.split("/")[2], 0))))
                    continue
                if name == "last":
                    self.request.sendall(answer(last.get(path.split("/")[2], "")))
                    continue
                seen[name] = seen.get(name, 0) + 1
                last[name] = request + "\r\n"
                rest = globals()[name](self.request.sendall, request)
                self.request.sendall(rest)
                if name.startswith(("drop", "not_http")):
                    return
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64


with Server(("127.0.0.1", 0), Handler) as server:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
