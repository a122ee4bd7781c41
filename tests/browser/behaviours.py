#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""behaviours.py PRINT-HEADERS: pages in Chromium with the headers that Gatehouse makes, and the
same pages again with one of the headers taken away, where the browser has to behave otherwise."""

import dataclasses
import json
import sys
import urllib.parse

from browser import FOREIGN, HOST, Site, require, serving, visiting
from headers import OFF, Tap, lines_of

SECONDS = 60
CSP = "Content-Security-Policy"
COOP = "Cross-Origin-Opener-Policy"
COEP = "Cross-Origin-Embedder-Policy"
CORP = "Cross-Origin-Resource-Policy"
PERMISSIONS = "Permissions-Policy"

INLINE = "ran.push('inline')"
INLINE_HASH = "sha256-WFSwGqet8cZNcifm6/qfJoIG3b7H2vNjXy+4gI0sZgc="
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'

# Before each probe. `say` ends a page's part.
PRELUDE = """
const ran = [];
const loaded = new Promise(resolve => addEventListener('load', resolve));
const violated = new Promise(resolve =>
  addEventListener('securitypolicyviolation', event => resolve(event.effectiveDirective)));
const outcome = element => new Promise(resolve => {
  element.onload = () => resolve('loaded');
  element.onerror = () => resolve('blocked');
});
const add = (name, attributes) => {
  const element = Object.assign(document.createElement(name), attributes);
  const result = outcome(element);
  document.body.append(element);
  return result;
};
const say = value => fetch(
  '/say' + location.pathname, { method: 'POST', mode: 'no-cors', keepalive: true, body: value });
"""

WHAT_RAN = "loaded.then(() => say(ran.join(' ') || 'nothing'));"


def fields(header, **values):
    """The settings that give one header and no other."""
    setting = {COOP: "cross-origin-opener-policy", COEP: "cross-origin-embedder-policy",
               CORP: "cross-origin-resource-policy", CSP: "content-security-policy",
               PERMISSIONS: "permissions-policy", "Referrer-Policy": "referrer-policy"}[header]
    return {setting: True, **{f"{setting}.{name}": value for name, value in values.items()}}


@dataclasses.dataclass
class Behaviour:
    name: str
    header: str  # to be taken away
    policy: dict
    seen: str
    without: str
    probe: str = ""  # a script from the page's own origin, run before the body
    body: str = ""
    where: str = "frame"  # or "window", or "framing", where the page that frames it looks
    on: str = "page"  # or "resource"
    resource: tuple = ("text/plain", "")


def csp(name, text, seen, without, probe=WHAT_RAN, body="", **more):
    return Behaviour(name, CSP, fields(CSP, policy=text), seen, without, probe, body, **more)


ISOLATED = {**fields(COOP, policy="same-origin"), **fields(COEP, policy="require-corp")}
SAY_ISOLATED = "say(String(crossOriginIsolated));"


def behaviours(foreign):
    """foreign is another origin, served by the same site."""
    return [
        csp("an inline script is blocked", "script-src 'self'",
            "nothing", "inline", body=f"<script>{INLINE}</script>"),
        csp("an inline script with the nonce runs, another does not",
            "script-src 'self' 'nonce-c2VjcmV0'", "trusted", "trusted inline",
            body=f"<script nonce='c2VjcmV0'>ran.push('trusted')</script><script>{INLINE}</script>"),
        csp("an inline script with the hash runs, another does not",
            f"script-src 'self' '{INLINE_HASH}'", "inline", "inline other",
            body=f"<script>{INLINE}</script><script>ran.push('other')</script>"),
        csp("an event handler in the markup is blocked", "script-src 'self'",
            "nothing", "inline",
            probe="loaded.then(() => document.querySelector('button').click());" + WHAT_RAN,
            body=f'<button onclick="{INLINE}"></button>'),
        csp("eval is blocked", "script-src 'self'", "blocked", "2",
            probe="try { say(String(eval('1 + 1'))); } catch (error) { say('blocked'); }"),
        csp("a foreign script is blocked", "script-src 'self'", "nothing", "foreign",
            body=f"<script src='{foreign}/foreign.js'></script>"),
        csp("a script that a trusted one adds is loaded with 'strict-dynamic', one that stands "
            "in the page is not", "script-src 'nonce-c2VjcmV0' 'strict-dynamic'",
            "foreign", "foreign foreign",
            probe="loaded.then(() => add('script', { src: document.body.dataset.foreign }))"
                  ".then(() => say(ran.join(' ')));",
            body=f"<body data-foreign='{foreign}/foreign.js'>"
                 f"<script src='{foreign}/foreign.js'></script>"),
        csp("a style in the page is blocked", "style-src 'self'", "static", "fixed",
            probe="loaded.then(() => say(getComputedStyle(document.body).position));",
            body="<style>body { position: fixed }</style>"),
        csp("a foreign picture is blocked", "img-src 'self'", "blocked", "loaded",
            probe=f"loaded.then(() => add('img', {{ src: '{foreign}/picture' }})).then(say);"),
        csp("a foreign address is not fetched", "connect-src 'self'", "blocked", "fetched",
            probe=f"fetch('{foreign}/open').then(() => say('fetched'), () => say('blocked'));"),
        csp("a foreign frame is blocked", "frame-src 'self'", "frame-src", "loaded",
            probe="addEventListener('message', () => say('loaded')); violated.then(say);"
                  f"loaded.then(() => add('iframe', {{ src: '{foreign}/embedded' }}));"),
        csp("an object is blocked", "object-src 'none'", "blocked", "loaded",
            probe="loaded.then(() => add('object', { type: 'image/svg+xml', data: '/picture' }))"
                  ".then(say);"),
        csp("a form is not sent to a foreign address", "form-action 'self'",
            "form-action", "loaded",
            probe="loaded.then(() => {"
                  "  const sent = outcome(document.querySelector('iframe'));"
                  "  document.querySelector('form').submit();"
                  "  return Promise.race([violated, sent]); }).then(say);",
            body=f"<iframe name='target'></iframe><form target='target' action='{foreign}/open'>"),
        csp("a base address is ignored", "base-uri 'none'", f"http://{HOST}", foreign,
            probe="loaded.then(() => say(document.baseURI.startsWith("
                  f"'{foreign}/') ? '{foreign}' : 'http://{HOST}'));",
            body=f"<base href='{foreign}/'>"),
        csp("a sandboxed page has no origin", "sandbox allow-scripts",
            "null", "own", probe="say(origin === 'null' ? 'null' : 'own');"),
        csp("text is no markup under trusted types", "require-trusted-types-for 'script'",
            "blocked", "written",
            probe="loaded.then(() => { try { document.body.innerHTML = '<p>'; say('written'); }"
                  "  catch (error) { say('blocked'); } });"),
        csp("framing is refused", "frame-ancestors 'none'", "refused", "shown", probe="", where="framing"),
        csp("framing is refused to a page that is not listed", f"frame-ancestors {foreign}",
            "refused", "shown", probe="", where="framing"),
        Behaviour(
            "a policy that only reports blocks nothing", CSP + "-Report-Only",
            fields(CSP, policy="script-src 'self'", **{"report-only": True}),
            "inline, script-src-elem reported", "inline, nothing reported",
            "loaded.then(() => new Promise(setTimeout)).then(() => "
            "Promise.race([violated, Promise.resolve('nothing')])).then(what => "
            "say(`${ran}, ${what} reported`));",
            f"<script>{INLINE}</script>"),
        Behaviour("a page is isolated", COEP, ISOLATED, "true", "false", SAY_ISOLATED,
                  where="window"),
        Behaviour("a page is isolated only as its own opener", COOP, ISOLATED, "true", "false",
                  SAY_ISOLATED, where="window"),
        Behaviour("a page gives up isolation", PERMISSIONS,
                  {**ISOLATED, **fields(PERMISSIONS, policy="cross-origin-isolated=()")},
                  "false", "true", SAY_ISOLATED, where="window"),
        Behaviour("a picture that does not agree is blocked", COEP,
                  fields(COEP, policy="require-corp"), "blocked", "loaded",
                  f"loaded.then(() => add('img', {{ src: '{foreign}/picture' }})).then(say);",
                  where="window"),
        Behaviour("the opener is severed", COOP, fields(COOP, policy="same-origin"),
                  "severed", "opener", "say(opener ? 'opener' : 'severed');", where="window"),
        Behaviour("the camera is denied", PERMISSIONS, fields(PERMISSIONS, policy="camera=()"),
                  "NotAllowedError", "video",
                  "navigator.mediaDevices.getUserMedia({ video: true }).then("
                  "stream => say(stream.getTracks()[0].kind), error => say(error.name));"),
        Behaviour("geolocation is denied", PERMISSIONS,
                  fields(PERMISSIONS, policy="geolocation=()"), "false", "true",
                  "say(String(document.featurePolicy.allowsFeature('geolocation')));"),
        Behaviour("a script of another type is refused", "X-Content-Type-Options",
                  {"content-type-options": True}, "blocked", "loaded",
                  "loaded.then(() => add('script', { src: location.pathname + '/resource' }))"
                  ".then(say);",
                  on="resource", resource=("text/plain", "ran.push('typed')")),
        Behaviour("the referrer is trimmed", "Referrer-Policy",
                  fields("Referrer-Policy", policy="origin"), "/", "whole",
                  "fetch('/referrer').then(answer => answer.text()).then(path => "
                  "say(path === location.pathname ? 'whole' : path));"),
        Behaviour("a picture is for its own origin alone", CORP,
                  fields(CORP, policy="same-origin"), "blocked", "loaded",
                  f"loaded.then(() => add('img', {{ src: '{foreign}' + location.pathname"
                  f" + '/resource' }})).then(say);",
                  on="resource", resource=("image/svg+xml", PICTURE)),
    ]


FRAME_THEM = """
for (const [path, where] of PAGES) {
  if (where === 'window') {
    window.open(path);
    continue;
  }
  const frame = document.createElement('iframe');
  if (where === 'framing')
    frame.onload = () => fetch('/say' + path,
      { method: 'POST', body: frame.contentDocument ? 'shown' : 'refused' });
  frame.src = path;
  document.body.append(frame);
}
"""

FIXED = {
    "/foreign.js": ("text/javascript", "ran.push('foreign')"),
    "/picture": ("image/svg+xml", PICTURE),
    "/embedded": ("text/html", "<script>parent.postMessage('here', '*')</script>"),
    "/open": ("text/html", "open"),
}


class Pages:
    """/NUMBER/on and /NUMBER/off are the behaviours' pages."""

    def __init__(self, program):
        self.site = Site(self.answer)
        self.foreign = f"http://{FOREIGN}:{self.site.server_port}"
        self.all = behaviours(self.foreign)
        self.headers = {}
        for number, behaviour in enumerate(self.all):
            lines = lines_of(program, {**OFF, **behaviour.policy})
            rest = [line for line in lines if line[0] != behaviour.header]
            if len(rest) != len(lines) - 1:
                raise RuntimeError(f"{behaviour.header} is not made of {behaviour.policy}")
            self.headers[f"/{number}/on"] = lines
            self.headers[f"/{number}/off"] = rest

    def driver(self):
        pages = json.dumps([
            (path, self.all[int(path.split("/")[1])].where) for path in self.headers
        ])
        return f"<body><script>const PAGES = {pages};{FRAME_THEM}</script>"

    def page(self, path, part):
        behaviour = self.all[int(path.split("/")[1])]
        sent = self.headers[path] if behaviour.on == (part or "page") else []
        if part == "probe":
            return "text/javascript", PRELUDE + behaviour.probe, sent
        if part == "resource":
            return *behaviour.resource, sent
        nonce = "nonce='c2VjcmV0'"
        return "text/html", f"<script {nonce} src='{path}/probe'></script>{behaviour.body}", sent

    def answer(self, visit):
        path = urllib.parse.urlsplit(visit.path).path
        if path.startswith("/say/"):
            self.site.report(path.removeprefix("/say"), visit.body.decode())
            return 200, [("Content-Type", "text/plain")], ""
        if path == "/referrer":
            referrer = urllib.parse.urlsplit(visit.headers.get("Referer", ""))
            return 200, [("Content-Type", "text/plain")], referrer.path
        if path == "/driver":
            return 200, [("Content-Type", "text/html")], self.driver()
        if path in FIXED:
            kind, body = FIXED[path]
            return 200, [("Content-Type", kind), ("Access-Control-Allow-Origin", "*")], body

        page, _, part = path.removesuffix("/").rpartition("/")
        if path in self.headers:
            page, part = path, ""
        if page not in self.headers:
            return None
        kind, body, sent = self.page(page, part)
        return 200, [("Content-Type", kind), *sent], body


def main():
    require()
    pages = Pages(sys.argv[1])
    url = f"http://{HOST}:{pages.site.server_port}/driver"
    with serving(pages.site), visiting(url, "MAP * 127.0.0.1") as messages:
        reports = pages.site.wait(pages.headers.keys(), SECONDS)
        words = "" if pages.headers.keys() <= reports.keys() else messages()

    tap = Tap()
    for number, behaviour in enumerate(pages.all):
        seen = reports.get(f"/{number}/on", "no answer")
        without = reports.get(f"/{number}/off", "no answer")
        detail = (f"with {behaviour.header}: {seen}, expected {behaviour.seen}\n"
                  f"without it: {without}, expected {behaviour.without}\n{words}")
        good = (seen, without) == (behaviour.seen, behaviour.without)
        tap.case(good and seen != without, behaviour.name, detail)
    tap.done()


main()
