import { parseArgs } from 'node:util';
import { cuts } from './cuts.ts';
import { damage } from './damage.ts';
import { faults } from './faults.ts';
import { kills } from './kills.ts';
import type { Part } from './part.ts';

/**
 * `npm run torture`: tears at the store and the engine on it, and prints what they did not survive. `--only <part>` (more
 * than once if need be) only some parts, `--count N` so many trials of each part instead of the usual number, `--seed N`
 * other random places than those of the first time.
 */
const parts: ReadonlyMap<string, { readonly part: Part; readonly usual: number; readonly what: string }> = new Map([
  ['cuts', { part: cuts, usual: 100_000, what: 'the journal cut after every commit and inside of lines' }],
  ['kills', { part: kills, usual: 200, what: 'the backend killed under load' }],
  ['faults', { part: faults, usual: 100_000, what: 'operations that the disk refuses' }],
  ['damage', { part: damage, usual: 2000, what: 'bits flipped, files cut off, parts zeroed' }],
]);

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [...parts.keys()] },
    count: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});

let passed = 0;
let failed = 0;
for (const name of values.only) {
  const found = parts.get(name);
  if (found === undefined) throw new Error(`There is no part ${name}. There are: ${[...parts.keys()].join(', ')}.`);
  const started = performance.now();
  let trials = 0;
  let wrongs = 0;
  const figures = new Map<string, number>();
  for await (const { what, wrong, met } of found.part({
    seed: Number(values.seed),
    count: Number(values.count ?? found.usual),
  })) {
    trials += 1;
    for (const [figure, value] of Object.entries(met ?? {})) figures.set(figure, (figures.get(figure) ?? 0) + value);
    if (wrong !== null) {
      wrongs += 1;
      console.log(`${name}: ${what}\n    ${wrong.replaceAll('\n', '\n    ')}`);
    }
    note(`${name}: ${trials} tried, ${wrongs} failed: ${what}`);
  }
  note('');
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${name}: ${found.what}: ${trials - wrongs} passed, ${wrongs} failed in ${seconds} s`);
  for (const [figure, value] of figures) console.log(`  ${value} ${figure}`);
  passed += trials - wrongs;
  failed += wrongs;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** What it is at, for somebody who waits in front of a terminal. */
function note(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text.slice(0, process.stderr.columns - 1)}`);
}
