// SPDX-License-Identifier: GPL-3.0-or-later

// Writes cases of structured fields, each with what the npm package structured-headers
// makes of it: KIND TAB percent-encoded text TAB percent-encoded canonical form, or "!"
// where it refuses the text; "=" stands for nothing. Usage: node structured-fields.mjs PACKAGE-DIRECTORY COUNT

import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

const [directory, count] = process.argv.slice(2);
const load = name => import(pathToFileURL(resolve(directory, 'dist', name)).href);
const { default: Parser } = await load('parser.js');
const { Token } = await load('token.js');
const { DisplayString } = await load('displaystring.js');

class Decimal { constructor(text) { this.text = text; } }

// JavaScript has one type for integers and decimals: keep the difference.
const parseNumber = Parser.prototype.parseIntegerOrDecimal;
Parser.prototype.parseIntegerOrDecimal = function () {
  const start = this.pos;
  const number = parseNumber.call(this);
  const text = this.input.slice(start, this.pos);
  if (!text.includes('.')) return number;
  const plain = Math.abs(number).toString();
  const sign = number < 0 ? '-' : '';
  return new Decimal(sign + (plain.includes('.') ? plain : plain + '.0'));
};

const bytes = buffer => Buffer.from(buffer).toString('base64');
const display = text => '%"' + [...Buffer.from(text, 'utf8')].map(byte =>
  byte < 0x20 || byte > 0x7e || byte === 0x25 || byte === 0x22
    ? '%' + byte.toString(16).padStart(2, '0') : String.fromCharCode(byte)).join('') + '"';

function bare(value) {
  if (typeof value === 'number') return (value + 0 === 0 ? 0 : value).toString();
  if (value instanceof Decimal) return value.text;
  if (typeof value === 'string') return '"' + value.replace(/["\\]/g, '\\$&') + '"';
  if (value instanceof Token) return value.toString();
  if (value instanceof DisplayString) return display(value.toString());
  if (value instanceof Date) return '@' + value.getTime() / 1000;
  if (typeof value === 'boolean') return value ? '?1' : '?0';
  return ':' + bytes(value) + ':';
}

const parameters = map => [...map].map(([key, value]) =>
  ';' + key + (value === true ? '' : '=' + bare(value))).join('');
const item = ([value, map]) => (Array.isArray(value)
  ? '(' + value.map(item).join(' ') + ')' : bare(value)) + parameters(map);
const member = ([key, value]) => value[0] === true
  ? key + parameters(value[1]) : key + '=' + item(value);

const canonical = {
  item: text => item(new Parser(text).parseItem()),
  list: text => new Parser(text).parseList().map(item).join(', '),
  dictionary: text => [...new Parser(text).parseDictionary()].map(member).join(', '),
};

// A small repeatable generator.
let state = 20260101;
function random(limit) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor(state / 4294967296 * limit);
}
const pick = list => list[random(list.length)];
const repeat = (most, make, separator) =>
  Array.from({ length: random(most + 1) }, make).join(separator);

const numbers = ['0', '-0', '1', '-17', '007', '999999999999999', '-999999999999999', '1000000000000000',
  '1.5', '-0.25', '0.0', '1.000', '123456789012.125', '1234567890123.1', '1.', '1.1234', '.5', '--1', '1e3', '-'];
const strings = ['""', '"a"', '"a b;c,d"', '"\\""', '"\\\\"', '"\\n"', '"open', '"\t"', '"é"', '"\x7f"', "'a'"];
const tokens = ['a', 'self', '*', '*a', 'A/b:c', 'a!#$%&\'*+-.^_`|~z', 'none', 'a"b', 'https://a.com', '_a', '/a'];
const sequences = ['::', ':YQ==:', ':YQ:', ':YWJj:', ':YR==:', ':Y:', ':YQ=:', ':Y=Q=:', ':====:', ':Y Q:', ':-_:', ':YQ=='];
const booleans = ['?0', '?1', '?', '?2', '?true', '?10'];
const displays = ['%""', '%"f%c3%bc"', '%"f%C3%BC"', '%"%"', '%"%zz"', '%"%ff"', '%"%c3"', '%"a%22b%25"', '%a', '%"%0a"', '%"ü"'];
const keys = ['a', 'b', 'camera', 'a-b_c.d*1', '*k', 'A', '1a', '-a', '', 'é', 'report-to'];
const all = [numbers, strings, tokens, sequences, booleans, displays];
const good = ['1', '1.5', '"a"', 'self', '*', ':YQ==:', '?1', '?0', '%"f%c3%bc"'];

const value = () => random(4) ? pick(good) : pick(pick(all));
const key = () => random(6) ? keys[random(5)] : pick(keys);
const space = () => random(5) ? '' : pick([' ', '  ', '\t', ' \t ']);
const parameter = () => ';' + space() + key() + (random(3) ? '=' + value() : '');
const withParameters = () => value() + (random(3) ? '' : repeat(3, parameter, ''));
const inner = () => '(' + space() + repeat(4, withParameters, random(12) ? ' ' : pick(['', ',', '\t', '  ']))
  + space() + (random(20) ? ')' : '') + (random(4) ? '' : parameter());
const either = () => random(3) ? withParameters() : inner();
const entry = () => key() + (random(5) ? pick(['=', '=', '=', '=', ' =', '= ']).slice(0, random(20) ? 1 : 2) + either() : repeat(2, parameter, ''));
const separator = () => random(15) ? pick([', ', ',', ' ,', ',\t']) : pick([' ', ',,', ';', '']);
function joined(make) {
  let text = '';
  const n = random(5);
  for (let i = 0; i < n; i++) text += (i ? separator() : space()) + make();
  return text + space() + (random(25) ? '' : ',');
}
const make = { item: () => space() + withParameters() + space(), list: () => joined(either), dictionary: () => joined(entry) };

// Where the package departs from RFC 9651, no case is written: dates inside a larger
// field, which it refuses, and characters beyond Latin-1 or a byte order mark.
function write(kind, text) {
  let result;
  try {
    result = encodeURIComponent(canonical[kind](text)) || '=';
  } catch (error) {
    result = '!';
  }
  console.log([kind, encodeURIComponent(text) || '=', result].join('\t'));
}

const dates = ['@0', '@-1', '@1659578233', '@1.5', '@', '@a', '@8640000000000', '@1000000000000000'];
const features = ['geolocation=(), camera=(), microphone=()', "camera 'none'; microphone 'none'", "camera='none'",
  'camera=("https://a",self)', 'camera=(),', 'camera=() microphone=()', 'Camera=()', 'camera', 'camera=none',
  'camera=(https://a.com)', 'camera=*', 'camera=self', 'camera=(self "https://*.example.com");report-to=main',
  'camera=(self), camera=*', 'camera=("https://a" "https://b")', 'camera=(', 'camera=)', '*=()'];
const items = ['same-origin', 'same-origin;', 'same-origin ;x=y', 'same-origin; report-to="x"', ' require-corp ',
  'require-corp, require-corp', 'unsafe-none;a;b=?0;c="d"', '"same-origin"', ''];

for (const text of [].concat(...all, dates, items)) write('item', text);
for (const text of features) write('dictionary', text);
for (const kind of ['list', 'dictionary']) for (const text of ['', ' ', ',', 'a', 'a,', 'a,b', '()', '(a b)', '(a  b )', 'a=1', 'a=(1 2);x'])
  write(kind, text);
for (let i = 0; i < Number(count); i++) {
  const kind = pick(['item', 'list', 'dictionary']);
  write(kind, make[kind]());
}
