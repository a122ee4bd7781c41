// SPDX-License-Identifier: GPL-3.0-or-later

// Writes policies, one JSON object a line, each with what the npm package csp_evaluator finds:
// {"policy", "version", "strict", "findings": [[type, severity, directive, value or null], ...]}.
// Policies on which it throws are counted on standard error and left out.
// Usage: node csp-evaluator.mjs PACKAGE-DIRECTORY COUNT [SEED]

import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [directory, count, seed = '20260101'] = process.argv.slice(2);
const load = name => createRequire(import.meta.url)(resolve(directory, 'dist', name));
const { CspEvaluator, STRICTCSP_CHECKS } = load('evaluator.js');
const { CspParser } = load('parser.js');
const { Type, Severity } = load('finding.js');
const { Directive, Keyword } = load('csp.js');
const known = ['jsonp', 'angular', 'flash'].flatMap(name =>
  load(`allowlist_bypasses/${name}.js`).URLS);

// A small repeatable generator.
let state = Number(seed);
function random() {
  state = state + 0x6d2b79f5 | 0;
  let t = Math.imul(state ^ state >>> 15, 1 | state);
  t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
  return ((t ^ t >>> 14) >>> 0) / 4294967296;
}
const below = n => Math.floor(random() * n);
const pick = list => list[below(list.length)];
const chance = p => random() < p;
const repeat = (n, make) => Array.from({ length: n }, make);

const directives = Object.values(Directive);
const keywords = Object.values(Keyword);
const scripts = ['script-src', 'script-src', 'script-src-elem', 'script-src-attr', 'default-src',
  'object-src', 'base-uri', 'style-src', 'img-src', 'plugin-types', 'require-trusted-types-for',
  'trusted-types', 'report-uri'];
const oddNames = ['script-scr', 'scriptsrc', 'script-src:', 'constructor', '__proto__', 'toString',
  '7', '12', '007', '4294967294', '4294967295', '0', 'bloc\u212a-all-mixed-content', '\u00c4-src',
  '\u0130src', 'fenced-frame-src', "'self'", 'https:', 'allow', '\u03a3\u03a3 x', 'img-src\u00a0a.b'];
const base64 = n => repeat(n, () => pick([...'abcXYZ019+/-_'])).join('');
const nonce = () => `'nonce-${base64(pick([1, 3, 7, 8, 22]))}${pick(['', '', '=', '==', '===', '!', '\u00e9', '\ud83d\ude00'])}'`;
const hash = () => `'${pick(['sha256', 'sha384', 'sha512', 'sha1', 'SHA256'])}-${base64(pick([1, 43]))}${pick(['', '=', '==', '%'])}'`;
const addresses = ['1.2.3.4', '127.0.0.1', 'https://127.0.0.1:8080', '010.0.0.1', '0x7f.1', '2130706433',
  '[::1]', 'https://[2001:db8::1]:443', '[1:2]@a.b', 'http://10.0.0.1/', '1.2.3', '1.2.3.4.', '1.2.3.4:*',
  'a@1.2.3.4', '1.2.3.4%2f', '*.1.2.3.4', '1.2.3.4\\x', '1.2.3.4?x', '//1.2.3.4', 'ws://0.0.0.0'];
const hosts = ['a.b', 'example.com', '*.example.com', 'https://*.example.com:443', 'cdn.example.org/js/',
  'https://example.com/a/b.js', '*.com', '*.googleapis.com', 'https://*.google-analytics.com',
  '*.yandex.ru', '*.googleadservices.com', 'vk.com', '*.vk.com:*', 'vk%2ecom', 'VK.COM', 'localhost',
  'localhost:3000', 'm\u00fcller.de', '\uff56\uff4b.com', 'ajax.googleapis.com', 'a.b:99', 'a.b:x', 'x.y?z=1',
  'a.b/../c', 'wildcard_placeholder.vk.com', 'a*b.c', '*', '**', 'https://*', '//*', 'http://*:*', '*:*', '.', '..'];
const schemes = ['data:', 'https:', 'http:', 'blob:', 'HTTPS:', 'Data:', 'ws:', 'wss://', 'mediastream:',
  'x+y-z.1:', 'filesystem:', 'http://a.b', 'HTTP://a.b', 'http://'];
const words = ['self', 'none', 'unsafe-inline', 'nonce-abc', 'sha256-abc', 'strict-dynamic', 'allow',
  "'SELF'", "'Unsafe-Inline'", "'script'", "'allow-duplicates'", "'selv'", "'", "''", "'self", 'script-src',
  'Img-Src', 'application/x-shockwave-flash', 'application/pdf', "'bloc\u212a'", 'toString', '/csp', ','];

function known_host() {
  let url = pick(known).slice(2);
  if (chance(0.4)) url = url.replace(/\/.*/, '');
  else if (chance(0.3)) url = url.replace(/[^/]*$/, '');
  if (chance(0.3)) url = url.replace(/^[^.]*/, '*');
  if (chance(0.2)) url = url.replace(/^([^/]*)/, '$1:' + pick(['*', '443', '']));
  if (chance(0.1)) url = url.toUpperCase();
  if (chance(0.1)) url = url.replace(/\//, '/./');
  if (chance(0.1)) url = url.replace(/\//, '/x/%2E./');
  return pick(['', '', 'https://', 'http://', '//']) + url;
}

const letterCase = text => chance(0.1) ? text.toUpperCase() : text;
const kinds = [[24, () => letterCase(pick(keywords))], [10, nonce], [6, hash], [16, known_host],
  [14, () => pick(hosts)], [8, () => pick(schemes)], [4, () => pick(addresses)], [8, () => pick(words)]];
function value() {
  let at = below(kinds.reduce((sum, [weight]) => sum + weight, 0));
  return kinds.find(([weight]) => (at -= weight) < 0)[1]();
}
const space = () => chance(0.95) ? ' ' : pick(['  ', '\t', '\n', '\v', '\f', '\r\n', '\u00a0', '\u2003', '\ufeff', '\u3000']);
const name = () => chance(0.06) ? pick(oddNames) : letterCase(chance(0.7) ? pick(scripts) : pick(directives));
const directive = () => name() + repeat(pick([0, 1, 1, 2, 3, 4, 8, 16]), () => space() + value()).join('');

function policy() {
  let text = repeat(1 + below(8), directive).join(pick(['; ', ';', ' ; ', ';;', ', ']));
  for (; chance(0.08);) {
    const at = below(text.length + 1);
    text = text.slice(0, at) + pick([...' ;\'*:/.%@[]-=a1\u00a0', '']) + text.slice(at + below(2));
  }
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '');
}

let thrown = 0;
for (let n = 0; n < Number(count);) {
  const text = policy();
  const strict = chance(0.3);
  const version = chance(0.9) ? 3 : 1 + below(2);
  let findings;
  try {
    findings = new CspEvaluator(new CspParser(text).csp, version).evaluate(strict ? STRICTCSP_CHECKS : undefined);
  } catch (error) {
    if (error.code !== 'ERR_INVALID_URL') throw error;
    thrown++;
    continue;
  }
  n++;
  process.stdout.write(JSON.stringify({ policy: text, version, strict, findings: findings.map(f =>
    [Type[f.type], Severity[f.severity], f.directive, f.value ?? null]) }) + '\n');
}
process.stderr.write(`${count} policies, and ${thrown} on which csp_evaluator throws\n`);
