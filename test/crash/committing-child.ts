import { writeSync } from 'node:fs';
import { openStore } from '../../engine/store/open-store.ts';

/**
 * Commits as fast as it can until it is killed, and says on standard output what was acknowledged: `<execution> <n>`.
 * Arguments: the folder, the durability, a prefix for the ids of new executions.
 */
const [folder = '', durability = 'durable', prefix = 'aa'] = process.argv.slice(2);
const { store } = await openStore<number, readonly number[], { readonly createdAt: number; readonly count: number }>(
  folder,
  {
    durability: durability === 'fast' ? 'fast' : 'durable',
    goesOn: () => false,
    log: { info: () => {}, warn: console.error, error: console.error },
    format: { version: 1, upcast: (_kind, value) => value },
    segmentBytes: 20_000,
  },
);
const numbers = new Map<string, number[]>();
store.onCheckpoint((id) => {
  const all = numbers.get(id);
  return all === undefined
    ? null
    : { document: [...all], summary: { createdAt: 1, count: all.length }, position: all.length };
});
writeSync(1, 'ready\n');

async function grow(id: string, commits: number): Promise<void> {
  const all: number[] = [];
  numbers.set(id, all);
  for (let n = 1; n <= commits; n += 1) {
    all.push(n);
    await store.commit(id, n);
    writeSync(1, `${id} ${n}\n`);
  }
}

const endless = [1, 2, 3].map((each) => grow(`${prefix}-endless-${each}`, Number.POSITIVE_INFINITY));
for (let made = 1; ; made += 1) {
  await Promise.all([grow(`${prefix}-short-${made}a`, 3), grow(`${prefix}-short-${made}b`, 7)]);
  if (made % 10 === 0) await Promise.race([store.flush(), ...endless]);
}
