// SPDX-License-Identifier: GPL-3.0-or-later

// Writes responses, one JSON object a line, each with what the Content-Security-Policy test of the
// npm package @mdn/mdn-http-observatory makes of it. That release does not part a value at its
// commas, which is done here. Usage: node csp-observatory.mjs PACKAGE-DIRECTORY COUNT [SEED]

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [directory, count, seed = '20260101'] = process.argv.slice(2);
const load = name => import(pathToFileURL(resolve(directory, 'src', name)).href);
const { contentSecurityPolicyTest } = await load('analyzer/tests/csp.js');
const { getScoreModifier } = await load('grader/grader.js');

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

const names = ['default-src', 'script-src', 'style-src', 'object-src', 'img-src', 'media-src', 'font-src',
  'base-uri', 'form-action', 'frame-ancestors', 'connect-src', 'report-uri', 'report-to', 'sandbox',
  'x', 'y-src', 'upgrade-insecure-requests'];
const sources = ["'none'", "'self'", "'unsafe-inline'", "'unsafe-eval'", "'strict-dynamic'", "'nonce-abc'",
  "'sha256-abc='", "'sha512-x'", 'data:', 'blob:', 'https:', 'http:', 'ftp:', '*', 'http://*', 'https://*',
  'https://*.*', 'http://*.*', 'http://a.b', 'https://a.b', 'https://a.b/', 'https://a.b/c', 'https://a.b/c/',
  'https://a.b/c/d', 'https://a.b/%63/', 'https://a.b/%zz', 'https://a.b/%ff/x', 'a.b', 'a.b/c', 'a.b/', '*.a.b',
  'wss://a.b', '/csp', "'", "'unsafe", '_x', '~x', '0', 'é', '/', 'a.b//', 'httpx'];
const letterCase = text => chance(0.1) ? text.toUpperCase() : text;

function policy() {
  const used = [...names].sort(() => random() - 0.5).slice(0, 1 + below(6));
  if (chance(0.1)) used.push(pick(['report-uri', 'report-to', ...used]));
  return used.map(name => letterCase(name) + repeat(pick([0, 1, 1, 2, 3, 5, 9]), () =>
    pick([' ', ' ', ' ', '  ', '\t', '\n', '\u00a0']) + letterCase(pick(sources))).join(''))
    .join(pick(['; ', ';', ' ;; ', ';\r\n'])) + pick(['', '', ';', ' ']);
}

for (let n = 0; n < Number(count); n++) {
  const headers = chance(0.02) ? [pick(['', ';;;;;;;', 'a', 'img-src', 'x;', 'ab-src  '])]
    : repeat(pick([0, 1, 1, 1, 1, 1, 2, 2, 3]), policy);
  const reportOnly = chance(0.3);
  const https = chance(0.8);
  const fields = { 'content-security-policy': headers };
  const output = contentSecurityPolicyTest({
    responses: { auto: { headers: { ...fields, get: () => reportOnly ? 'img-src *' : null } } },
    session: { url: new URL(https ? 'https://x.y/' : 'http://x.y/') },
  });
  process.stdout.write(JSON.stringify({ headers: chance(0.3) && headers.length ? [headers.join(',')] : headers,
    reportOnly, https, result: output.result, modifier: getScoreModifier(output.result), pass: output.pass,
    frameAncestors: Boolean(output.data?.['frame-ancestors']),
    true: Object.keys(output.policy ?? {}).filter(key => output.policy[key]) }) + '\n');
}
