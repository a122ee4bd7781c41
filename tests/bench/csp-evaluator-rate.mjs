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

// Of the process's own time: others on the machine do not count.
const used = since => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};

function run(seconds) {
  const start = process.cpuUsage();
  let n = 0;
  for (; used(start) < seconds; n += 10)
    for (let i = 0; i < 10; i++) new CspEvaluator(new CspParser(policy).csp).evaluate();
  return n / used(start);
}

run(1); // lets the compiler warm up
console.log(Math.round(run(2)));
