# SPDX-License-Identifier: GPL-3.0-or-later
"""Pairs of a policy and something to load under it, by chance but the same each time. Ports are
not known beforehand: {P} is that of the page, {Q} another, and no port is 80.

Left out is what Chromium is known to do otherwise than CSP3, which Gatehouse follows:
- A WebSocket's address is an http or https one to CSP3 (Fetch changes the scheme first), so that
  http: and hosts without a scheme cover it, and ws: covers http addresses. In Chromium only ws:
  and wss: sources, * and 'self' cover it, and they cover nothing else. The note that Gatehouse
  adds to such an answer says so.
- An <object> is under object-src alone in CSP3. Chromium navigates a frame in it, and asks
  frame-src, and so default-src, as well.
- 'strict-dynamic' lets a worker load in CSP3 where script-src decides about it. In Chromium it
  does in worker-src, child-src and default-src too."""

import base64
import dataclasses
import hashlib
import html
import random
import urllib.parse

from browser import HOST

COUNT = 480
SEED = 20
SELF = f"http://{HOST}:{{P}}"
NONCE = "bm90aGluZw=="
SCRIPT = "ran = true"
STYLE = "body { position: fixed }"
PRESS = "press()"
FIXED = "position: fixed"

FALLBACKS = {
    "script": ["script-src-elem", "script-src", "default-src"],
    "style": ["style-src-elem", "style-src", "default-src"],
    "img": ["img-src", "default-src"],
    "font": ["font-src", "default-src"],
    "connect": ["connect-src", "default-src"],
    "frame": ["frame-src", "child-src", "default-src"],
    "worker": ["worker-src", "child-src", "script-src", "default-src"],
    "object": ["object-src", "default-src"],
    "media": ["media-src", "default-src"],
    "base": ["base-uri"],
    "form": ["form-action"],
    "ancestor": ["frame-ancestors"],
    "inline-script": ["script-src-elem", "script-src", "default-src"],
    "inline-script-attribute": ["script-src-attr", "script-src", "default-src"],
    "inline-style": ["style-src-elem", "style-src", "default-src"],
    "inline-style-attribute": ["style-src-attr", "style-src", "default-src"],
    "javascript-url": ["script-src-elem", "script-src", "default-src"],
    "eval": ["script-src", "default-src"],
    "wasm-eval": ["script-src", "default-src"],
}

CONTENT = {
    "inline-script": SCRIPT,
    "inline-script-attribute": PRESS,
    "inline-style": STYLE,
    "inline-style-attribute": FIXED,
}

WITHOUT_ADDRESS = {*CONTENT, "javascript-url", "eval", "wasm-eval"}
FIRST_PARTY = {"worker", "ancestor"}  # what a browser takes from the page's own origin alone
REDIRECTED = {"script", "style", "img", "font", "connect", "frame", "media"}
HAVE_DATA = {
    "script": "data:text/javascript,ran=true",
    "style": "data:text/css,body{position:fixed}",
    "img": "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>",
    "connect": "data:,x",
}

HOSTS = [HOST, HOST, "b.localhost", "x.b.localhost", "y.x.b.localhost", "cdn.test", "localhost"]
PORTS = [":{P}", ":{P}", ":{P}", ":{Q}", ""]
PATHS = ["/m/", "/m/one", "/m/one/two", "/m/a%20b", "/m/One", "/m/one/"]


@dataclasses.dataclass
class Pair:
    number: int
    load: str
    policy: str
    url: str = ""
    through: str = ""  # where a redirect to url stands
    nonce: str = ""
    integrity: str = ""
    content: str = ""
    parser: bool = False

    def markup(self):
        """What the page holds from the start."""
        nonce = f' nonce="{self.nonce}"' if self.nonce else ""
        first = html.escape(self.first)
        integrity = f' integrity="{self.integrity}" crossorigin' if self.integrity else ""
        return {
            "script": f'<script{nonce}{integrity} src="{first}"></script>' if self.parser else "",
            "style": f'<link rel="stylesheet"{nonce} href="{first}">' if self.parser else "",
            "base": f'<base href="{first}">',
            "form": f'<iframe name="f"></iframe><form method="post" target="f" action="{first}">',
            "inline-script": f"<script{nonce}>{SCRIPT}</script>",
            "inline-script-attribute": f'<button onclick="{PRESS}"></button>',
            "inline-style": f"<style{nonce}>{STYLE}</style>",
            "inline-style-attribute": f'<p style="{FIXED}"></p>',
            "javascript-url": f'<a href="javascript:{PRESS}"></a>',
        }.get(self.load, "")

    @property
    def first(self):
        return self.through or self.url

    @property
    def questions(self):
        """Each address on the way, and how many redirects led there."""
        return [(address, n) for n, address in enumerate(filter(None, [self.through, self.url]))
                ] or [("", 0)]

    def placed(self, ports):
        """The same where the ports are known."""
        def place(text):
            for name, port in ports.items():
                text = text.replace(f"{{{name}}}", str(port)).replace(
                    f"%7B{name}%7D", str(port))
            return text
        return dataclasses.replace(
            self, policy=place(self.policy), url=place(self.url), through=place(self.through))


def digest(content, algorithm="sha256"):
    value = hashlib.new(algorithm, content.encode()).digest()
    return f"{algorithm}-{base64.b64encode(value).decode()}"


class Maker:
    def __init__(self):
        self.random = random.Random(SEED)

    def often(self, share):
        return self.random.random() < share

    def pick(self, *choices):
        return self.random.choice(choices)

    def address(self, load, number):
        if load in FIRST_PARTY:
            host, port = HOST, ":{P}"
        else:
            host, port = self.pick(*HOSTS), self.pick(*PORTS)
        scheme = "ws" if load == "connect" and self.often(0.3) else "http"
        path = "/" if load == "ancestor" else self.pick(*PATHS)
        return f"{scheme}://{host}{port}{path}?load={load}&n={number}"

    def host_source(self, url):
        """A source near an address: right in most of its parts."""
        parts = urllib.parse.urlsplit(url)
        host, _, port = parts.netloc.partition(":")
        above = host.partition(".")[2] or host
        host = self.pick(host, host, host, host.upper(), f"*.{above}", f"*.{host}", "*",
                         "other.test")
        port = self.pick(*[f":{port}" if port else ""] * 4, ":*", "", ":{Q}", ":80", ":443")
        if parts.scheme == "ws":
            scheme = self.pick("ws://", "ws://", "WS://", "wss://")
        else:
            scheme = self.pick("", "", "", "http://", "HTTP://", "https://")
        whole = parts.path
        path = self.pick(*[""] * 4, "/", whole, whole.rpartition("/")[0] + "/", whole + "/",
                         whole.lower(), whole.replace("o", "%6f"), "/m", "/m/one?x=1", "/m/on")
        return f"{scheme}{host}{port}{path}"

    def source(self, url):
        if url.startswith("ws") and self.often(0.25):
            return self.pick("'self'", "'none'", "*", "ws:", "WS:", "wss:", "data:")
        if url.startswith("ws"):
            return self.host_source(url)
        if not url or self.often(0.25):
            return self.pick("'self'", "'self'", "'none'", "*", "http:", "HTTP:", "https:", "data:",
                             "other.test", "'unsafe-inline'", "'unsafe-eval'", "'Self'", "self")
        if url.startswith("data:"):
            return self.pick("data:", "Data:", "*", "data", "http:", "'self'")
        return self.host_source(url)

    def trust(self, pair, name):
        """Sources for what stands in the page, and for scripts that it names."""
        wanted = []
        if pair.nonce and self.often(0.8):
            wanted.append(self.pick(f"'nonce-{NONCE}'", f"'nonce-{NONCE}'", f"'Nonce-{NONCE}'",
                                    f"'nonce-{NONCE.lower()}'", f"nonce-{NONCE}"))
        content = pair.content or (SCRIPT if pair.integrity else "")
        if content and self.often(0.6):
            hashed = digest(content, self.pick("sha256", "sha384", "sha512"))
            if pair.integrity:
                hashed = pair.integrity
            wanted.append(self.pick(f"'{hashed}'", f"'{hashed}'", f"'{digest(content + ' ')}'",
                                    "'" + hashed.replace("+", "-").replace("/", "_") + "'"))
        if ("script" in pair.load or name == "script-src") and self.often(0.3):
            wanted.append("'strict-dynamic'")
        if "attribute" in pair.load or pair.load == "javascript-url":
            wanted += ["'unsafe-hashes'"] * self.often(0.5)
        if pair.load in WITHOUT_ADDRESS:
            wanted += ["'unsafe-inline'"] * self.often(0.4)
        if "eval" in pair.load and self.often(0.6):
            wanted.append(self.pick("'unsafe-eval'", "'wasm-unsafe-eval'", "'UNSAFE-EVAL'"))
        return wanted

    def sources(self, pair, name):
        values = [self.source(pair.url) for _ in range(self.pick(0, 1, 1, 2, 3))]
        values += self.trust(pair, name)
        if pair.through:
            gate = urllib.parse.urlsplit(pair.through).netloc
            values.append(self.pick(gate, gate, f"{gate}/hop", self.source(pair.through)))
            if self.often(0.4):  # the right host: behind a redirect, its path is for nothing
                values.append(f"{urllib.parse.urlsplit(pair.url).netloc}/elsewhere")
        self.random.shuffle(values)
        return " ".join(values)

    def policy(self, pair):
        chain = FALLBACKS[pair.load]
        start = self.random.randrange(len(chain)) if self.often(0.5) else 0
        directives = [f"{chain[start]} {self.sources(pair, chain[start])}"]
        for lower in chain[start + 1:]:
            if pair.load != "object" and self.often(0.4):
                directives.append(f"{lower} " + self.pick("'none'", "*", "'self'"))
        if self.often(0.2):
            directives.append(f"{self.pick('img-src', 'script-src-attr', 'x-src')} 'none'")
        self.random.shuffle(directives)
        if pair.load != "object" and self.often(0.1):
            directives.append(f"{chain[0].upper()} " + self.pick("*", "'none'"))
        return self.pick("; ", ";", " ;; ").join(directives)

    def pair(self, number, load):
        pair = Pair(number, load, "", content=CONTENT.get(load, ""))
        pair.parser = load in CONTENT or load != "worker" and self.often(0.5)
        if load in {"script", "style", "inline-script", "inline-style"} and self.often(0.4):
            pair.nonce = NONCE
        if load not in WITHOUT_ADDRESS:
            pair.url = self.address(load, number)
            if load in HAVE_DATA and self.often(0.1):
                pair.url = HAVE_DATA[load]
            elif load in REDIRECTED and not pair.url.startswith("ws") and self.often(0.25):
                pair.through = self.through(pair.url)
        if load == "script" and pair.url.startswith("http") and self.often(0.3):
            pair.integrity = digest(SCRIPT)
        pair.policy = self.policy(pair)
        if self.often(0.1):
            pair.policy += ", " + self.policy(pair)
        return pair

    def through(self, url):
        host, port = self.pick(*HOSTS), self.pick(*PORTS)
        return f"http://{host}{port}/hop?to={urllib.parse.quote(url, safe='')}"


def make():
    """All pairs, each kind of load as often as another."""
    maker = Maker()
    loads = list(FALLBACKS)
    return [maker.pair(number, loads[number % len(loads)]) for number in range(COUNT)]
