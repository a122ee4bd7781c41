// SPDX-License-Identifier: GPL-3.0-or-later

// Prints how many full evaluations of the policy in FILE csp_evaluator does in a second.
// Usage: node csp-evaluator-rate.mjs PACKAGE-DIRECTORY FILE

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [directory, file] = process.argv.slice(2);
const load = name => createRequire(import.meta.url)(resolve(directory, 'dist', name));
const { CspEvaluator } = load('evaluator.js');
const { CspParser } = load('parser.js');
const policy = readFileSync(file, 'utf8');

function run(milliseconds) {
  const start = performance.now();
  let n = 0;
  for (; performance.now() - start < milliseconds; n++)
    new CspEvaluator(new CspParser(policy).csp).evaluate();
  return n / (performance.now() - start) * 1000;
}

run(1000); // lets the compiler warm up
console.log(Math.round(run(2000)));
