#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""matching.py CSP-ANSWERS: "would this load?" as Gatehouse answers it, and as Chromium does."""

import json
import pathlib
import subprocess
import sys
import urllib.parse

import pairs
from browser import HOST, Site, require, serving, visiting
from headers import Tap

SECONDS = 90
FEWEST = 200
DRIVER = pathlib.Path(__file__).with_name("matching.js").read_text(encoding="utf-8")
RESOURCES = {
    "script": ("text/javascript", pairs.SCRIPT),
    "style": ("text/css", pairs.STYLE),
    "worker": ("text/javascript", "postMessage('')"),
    "img": ("image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'),
    "object": ("image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg"/>'),
}


class Pages:
    """Two servers, so that there are two ports; every other port than theirs leads to the first."""

    def __init__(self):
        self.sites = [Site(self.answer), Site(self.answer)]
        self.ports = {name: site.server_port for name, site in zip("PQ", self.sites)}
        self.all = [pair.placed(self.ports) for pair in pairs.make()]
        self.fetched = set()

    @property
    def origin(self):
        return f"http://{HOST}:{self.ports['P']}"

    @property
    def rules(self):
        return f"MAP *:80 127.0.0.1:{self.ports['P']}, MAP * 127.0.0.1"

    def describe(self):
        return json.dumps([
            {"number": pair.number, "load": pair.load, "url": pair.first, "nonce": pair.nonce,
             "integrity": pair.integrity, "parser": pair.parser} for pair in self.all
        ])

    def resource(self, query):
        self.fetched.add(int(query["n"]))
        kind, body = RESOURCES.get(query["load"], ("text/html", "here"))
        return 200, [("Content-Type", kind), ("Access-Control-Allow-Origin", "*")], body

    def answer(self, visit):
        url = urllib.parse.urlsplit(visit.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        name, _, rest = url.path.removeprefix("/").partition("/")
        kind = [("Content-Type", "text/html")]
        if name == "m":
            return self.resource(query)
        if name == "hop":
            allow = ("Access-Control-Allow-Origin", "*")
            return 302, [("Location", query["to"]), allow], ""
        if name == "page":
            pair = self.all[int(rest)]
            policy = ("Content-Security-Policy", pair.policy)
            return 200, [*kind, policy], f"<!doctype html><body>{pair.markup()}"
        if name == "result":
            self.sites[0].report(int(rest), json.loads(visit.body))
        elif name == "pairs":
            return 200, [("Content-Type", "application/json")], self.describe()
        elif name == "driver":
            return 200, kind, f"<body><script>{DRIVER}</script>"
        return 200, kind, ""


def ask(program, all_pairs, origin):
    """[(allowed, directive)] for each pair; a redirect is two questions."""
    lines = [
        "\t".join([pair.policy, pair.load, origin, url, pair.nonce, pair.integrity, pair.content,
                   str(int(pair.parser)), str(redirects)])
        for pair in all_pairs for url, redirects in pair.questions
    ]
    done = subprocess.run([program], input="\n".join(lines) + "\n", capture_output=True, text=True,
                          check=True)
    answers = iter(line.split("\t") for line in done.stdout.splitlines())
    together = []
    for pair in all_pairs:
        both = [next(answers) for _ in pair.questions]
        together.append((all(word == "allowed" for word, _ in both), both[0][1]))
    return together


def compare(pair, expected, result, fetched):
    """What is wrong, or an empty string."""
    allowed, directive = expected
    seen = result.get("seen")
    if seen not in (None, "allowed", "blocked"):
        return f"the page failed: {seen}"
    over_network = pair.url.startswith(("http", "ws")) and pair.load not in ("base", "ancestor")
    loaded = fetched if over_network else seen == "allowed"
    if seen is not None and (seen == "allowed") != loaded:
        return f"the page saw it {seen}, the server saw it {'' if loaded else 'not '}fetched"
    if loaded != allowed:
        return f"Chromium {'loads' if loaded else 'blocks'} it, Gatehouse says otherwise"
    if not loaded and result.get("directive") not in (None, directive):
        return f"Chromium blocks it by {result['directive']}, Gatehouse by {directive}"
    return ""


def main():
    require()
    pages = Pages()
    expected = ask(sys.argv[1], pages.all, pages.origin)
    with serving(*pages.sites), visiting(f"{pages.origin}/driver", pages.rules) as messages:
        results = pages.sites[0].wait({pair.number for pair in pages.all}, SECONDS)
        words = "" if len(results) == len(pages.all) else messages()

    tap = Tap()
    for pair in pages.all:
        result = results.get(pair.number, {"seen": "no answer"})
        wrong = compare(pair, expected[pair.number], result, pair.number in pages.fetched)
        tap.case(not wrong, f"{pair.load} {pair.number}", f"{wrong}\n{pair}")
    n_allowed = sum(allowed for allowed, _ in expected)
    tap.case(len(results) == len(pages.all), "every page answered", words)
    tap.case(FEWEST // 3 < n_allowed < len(pages.all) - FEWEST // 3 and len(pages.all) >= FEWEST,
             "some load, some are blocked", f"{n_allowed} of {len(pages.all)} load")
    tap.done()


main()
