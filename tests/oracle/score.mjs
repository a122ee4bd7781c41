// SPDX-License-Identifier: GPL-3.0-or-later

// Writes answers' headers, one JSON object a line, each with what the tests of the npm package
// @mdn/mdn-http-observatory make of them: {"headers": [[name, value], ...], "tests": {NAME: "result
// modifier pass"}, "score", "grade"}. That release is of algorithm 4; what algorithm 6 does
// otherwise is done here: a Content-Security-Policy parts at its commas, the lines of
// Cross-Origin-Resource-Policy count together, X-Frame-Options earns points by itself, and the
// embedder and opener policies are judged, as the npm package structured-headers reads them.
// Usage: node score.mjs MODULES-DIRECTORY COUNT [SEED]

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [directory, count, seed = '20260101'] = process.argv.slice(2);
const load = name => import(pathToFileURL(resolve(directory, name)).href);
const observatory = name => load(`@mdn/mdn-http-observatory/src/${name}`);
const { default: Parser } = await load('structured-headers/dist/parser.js');
const { Token } = await load('structured-headers/dist/token.js');
const { contentSecurityPolicyTest } = await observatory('analyzer/tests/csp.js');
const { referrerPolicyTest } = await observatory('analyzer/tests/referrer-policy.js');
const { strictTransportSecurityTest } = await observatory('analyzer/tests/strict-transport-security.js');
const { xContentTypeOptionsTest } = await observatory('analyzer/tests/x-content-type-options.js');
const { xFrameOptionsTest } = await observatory('analyzer/tests/x-frame-options.js');
const { crossOriginResourcePolicyTest } = await observatory('analyzer/tests/cross-origin-resource-policy.js');
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await observatory('grader/charts.js');
const { getGradeForScore, getScoreModifier } = await observatory('grader/grader.js');

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

// Every other answer is tidy, so that high scores come about.
let tidy = false;
const space = () => tidy || chance(0.7) ? '' : pick([' ', '  ', '\t', '\u00a0', '\u2003', '\ufeff', '\v', '\u0085']);
const letterCase = text => tidy || chance(0.85) ? text : pick([text.toUpperCase(), text[0]?.toUpperCase() + text.slice(1)]);
const pad = text => tidy || chance(0.97) ? text : text + pick([' ', ';', ',', 'x', '\u00e9', '\ud83d\ude00']).repeat(pick([100, 240, 256, 1000, 1024, 1100]));
const among = (words, separators) => () => tidy ? words[0] : repeat(pick([1, 1, 1, 1, 2, 3]), () =>
  space() + letterCase(pick(words)) + space()).join(pick(separators));

const ages = ['0', '1', '15551999', '15552000', '15552001', '63072000', '-1', '+15552000', ' 15552000', '"15552000"',
  '15552000x', 'x', '', '1e9', '0x1000000', '1.9', '999999999999999999999999', '\u00a015552000', '015552000', '15552000'.padStart(130, '0')];
const hsts = () => tidy ? pick(['max-age=63072000', 'max-age=63072000; includeSubDomains', 'max-age=1', '']) : repeat(pick([1, 2, 2, 3, 4]), () => space() + letterCase(chance(0.6)
  ? `${pick(['max-age=', 'max-age=', 'max-age=', 'max-age =', 'maxage='])}${pick(ages)}`
  : pick(['includeSubDomains', 'preload', 'x', ''])) + space()).join(pick([';', ';', '; ', ',']));
const referrers = ['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin', 'origin',
  'origin-when-cross-origin', 'unsafe-url', 'no-referrer-when-downgrade', '', 'never', 'no-referrer;', 'always'];
const items = words => () => space() + letterCase(tidy ? words[below(4)] : pick(words)) + space()
  + (tidy || chance(0.8) ? '' : pick([';', '; report-to="a"', ';report-to=a', ' ;a', ';a=', ';A=1', ', x', '"', ';a;b=?0', ';a=(1)', ';a=:YQ==:']));
const opener = ['unsafe-none', 'same-origin-allow-popups', 'same-origin', 'noopener-allow-popups', '"same-origin"',
  'same-origin-plus-COEP', '1', '?1', '', '*', '(same-origin)'];
const embedder = ['unsafe-none', 'require-corp', 'credentialless', 'Require-Corp', '"require-corp"', 'require-corp-x', '5', '', ':YQ==:'];
const policies = ["default-src 'none'", "default-src 'self'", "default-src 'self'; frame-ancestors 'none'", "frame-ancestors *",
  "script-src 'unsafe-inline'", "script-src 'unsafe-eval' https:", "img-src http://a.b; default-src 'none'", "x", '',
  "default-src 'none'; frame-ancestors", "default-src 'none', frame-ancestors 'self'", "img-src a; img-src b", "FRAME-ANCESTORS https:"];

const generators = [
  ['Strict-Transport-Security', hsts],
  ['X-Content-Type-Options', among(['nosniff', 'nosniff', 'nosniff', "'nosniff'", 'none', ''], [',', ';', ' '])],
  ['X-Frame-Options', among(['DENY', 'SAMEORIGIN', 'deny', 'ALLOW-FROM https://a.b', 'allow-fromx', 'ALLOWALL', ''], [',', ', '])],
  ['Referrer-Policy', among(referrers, [',', ', ', ' ', ';'])],
  ['Cross-Origin-Resource-Policy', among(['same-origin', 'same-site', 'cross-origin', 'same-origin', 'none', ''], [',', ', '])],
  ['Cross-Origin-Embedder-Policy', items(embedder)],
  ['Cross-Origin-Opener-Policy', items(opener)],
  ['Content-Security-Policy', () => pick(policies)],
  ['Content-Security-Policy-Report-Only', () => pick(policies) || 'img-src *'],
];

function lines() {
  return generators.flatMap(([name, make]) => repeat(pick([0, 1, 1, 1, 1, 1, 1, 1, 2]), () =>
    [letterCase(name), pad(make())]).slice(0, tidy ? 1 : 2)).sort(() => random() - 0.5);
}

const valuesOf = (headers, name) => headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value);

// The rules of algorithm 6, which the package does not have yet.
function item(values, prefix, known) {
  if (values.length > 1) return `${prefix}-header-invalid`;
  if (!values[0]) return `${prefix}-not-implemented`;
  try {
    const [token] = new Parser(values[0].slice(0, 1024).trim()).parseItem();
    if (token instanceof Token && known.includes(token.toString()))
      return `${prefix}-implemented-with-${token}`;
  } catch {
    // It is no item.
  }
  return `${prefix}-header-invalid`;
}
const added = result => result.endsWith('-header-invalid') ? [-5, false]
  : result.endsWith('-not-implemented') || result.endsWith('-unsafe-none') ? [0, true] : [10, true];

function judge(headers) {
  const response = { verified: true, headers: {} };
  const names = ['strict-transport-security', 'x-content-type-options', 'x-frame-options', 'referrer-policy'];
  for (const name of names) response.headers[name] = valuesOf(headers, name);
  const resource = valuesOf(headers, 'cross-origin-resource-policy');
  if (resource.length) response.headers['cross-origin-resource-policy'] = [resource.join(', ')];
  response.headers['content-security-policy'] = valuesOf(headers, 'content-security-policy').flatMap(value => value.split(','));
  response.headers.get = () => valuesOf(headers, 'content-security-policy-report-only')[0] ?? null;
  const requests = { hostname: 'x.invalid', responses: { auto: response, https: response },
    session: { url: new URL('https://x.invalid/') } };
  const outputs = { 'content-security-policy': contentSecurityPolicyTest, 'referrer-policy': referrerPolicyTest,
    'strict-transport-security': strictTransportSecurityTest, 'x-content-type-options': xContentTypeOptionsTest,
    'x-frame-options': xFrameOptionsTest, 'cross-origin-resource-policy': crossOriginResourcePolicyTest };
  const tests = {};

  for (const [name, test] of Object.entries(outputs)) {
    const { result, pass } = test(requests);
    tests[name] = [result, result === 'x-frame-options-sameorigin-or-deny' ? 5 : getScoreModifier(result), pass];
  }
  for (const [name, prefix, known] of [['cross-origin-embedder-policy', 'coep', embedder.slice(0, 3)],
    ['cross-origin-opener-policy', 'coop', opener.slice(0, 4)]]) {
    const result = item(valuesOf(headers, name), prefix, known);
    tests[name] = [result, ...added(result)];
  }
  return tests;
}

for (let n = 0; n < Number(count); n++) {
  tidy = n % 2 > 0;
  const headers = lines();
  const tests = judge(headers);
  const modifiers = Object.values(tests).map(([, modifier]) => modifier);
  const sum = list => list.reduce((total, modifier) => total + modifier, 100);
  const uncurved = sum(modifiers.filter(modifier => modifier < 0));
  const { score, grade } = getGradeForScore(uncurved >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(modifiers) : uncurved);
  process.stdout.write(JSON.stringify({ headers, tests: Object.fromEntries(Object.entries(tests).map(([name, [result, modifier, pass]]) =>
    [name, `${result} ${modifier} ${pass ? 'pass' : 'fail'}`])), score, grade }) + '\n');
}
