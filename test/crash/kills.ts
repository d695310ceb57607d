import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundle } from '../../electron/build/bundle.mjs';
import { openLocalBackend } from '../../engine/backends/local/local-backend.ts';
import { temporaryFolder } from '../engine/runtime/engine-fixture.ts';
import { type Figures, type PartOptions, type Trial, tried } from './part.ts';
import { Random } from './random.ts';
import { readStored, type StoredExecution } from './read-stored.ts';
import { startWitness, type Witness } from './witness.ts';

/** So many kills one after the other in one folder; then the engine may come to an end. */
const LIVES = 10;
/** A child that says nothing for so long, in milliseconds, is stuck. */
const PATIENCE = 30_000;

const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** What the children of one folder were answered and told. */
interface Said {
  /** Ids by token. */
  readonly started: Map<string, string>;
  readonly ended: Map<string, string>;
  /** Asked for; whether it happened is only known when it was answered, too. */
  readonly deleting: Set<string>;
  readonly deleted: Set<string>;
}

/**
 * Kills the app's backend under load at random moments, and compares what the next start finds with what was answered,
 * told and done outside before. Every second life is in `fast` mode: a kill takes nothing from that either.
 */
export async function* kills({ seed, count }: PartOptions): AsyncGenerator<Trial> {
  const program = await bundle(join(import.meta.dirname, 'engine-child.ts'));
  const random = new Random(seed);
  for (let done = 0; done < count; done += LIVES) {
    await using folder = await temporaryFolder('kills');
    await using witness = await startWitness();
    const said: Said = { started: new Map(), ended: new Map(), deleting: new Set(), deleted: new Set() };
    const data = join(folder.path, 'data');
    for (let life = 0; life < Math.min(LIVES, count - done); life += 1) {
      const number = done + life + 1;
      yield await tried(`kill ${number}`, async () => {
        const mode = life % 2 === 0 ? 'durable' : 'fast';
        await killed([program, data, witness.address, `t${number}`, String(random.below(2 ** 31)), mode], said, random);
        const copy = join(folder.path, `copy-${number}`);
        await cp(data, copy, { recursive: true });
        judge(await readStored(copy), said, witness);
      });
    }
    const met = (): Figures => ({
      'executions acknowledged': said.started.size,
      'ends told': said.ended.size,
      deletions: said.deleted.size,
      'requests outside': [...witness.requests.values()].reduce((sum, each) => sum + each, 0),
    });
    const end = await tried(`everything that ran at kill ${done + LIVES} comes to an end`, async () => {
      await finish(data);
      const stored = await readStored(data);
      const open = stored.executions.filter(({ state }) => state === 'RUNNING');
      if (open.length > 0) throw new Error(`${open.length} executions are still RUNNING`);
      judge(stored, said, witness);
    });
    yield { ...end, met: met() };
  }
}

/** Starts a child, kills it while it starts or after some of what it says, and notes what it said. */
async function killed(args: readonly string[], said: Said, random: Random): Promise<void> {
  const child = spawn(process.execPath, [...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const whileOpening = random.below(4) === 0;
  let left = whileOpening ? 1 : 2 + random.below(200);
  const delay = random.below(whileOpening ? 80 : 8);
  let complaints = '';
  child.stderr.on('data', (data) => {
    complaints += data;
  });
  let wasKilled = false;
  const kill = (): void => {
    wasKilled = true;
    child.kill('SIGKILL');
  };
  const stuck = setTimeout(kill, PATIENCE);
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    note(said, line);
    left -= 1;
    if (left === 0) setTimeout(kill, delay);
  });
  try {
    await Promise.all([once(child, 'exit'), once(lines, 'close')]);
  } finally {
    clearTimeout(stuck);
  }
  if (!wasKilled || complaints !== '') throw new Error(`the child complained or ended by itself: ${complaints}`);
  if (left > 0) throw new Error(`the child was stuck ${left} lines before its end`);
}

function note(said: Said, line: string): void {
  const [what, first = '', second = ''] = line.split(' ');
  if (what === 'started') said.started.set(first, second);
  else if (what === 'ended') said.ended.set(first, second);
  else if (what === 'deleting') said.deleting.add(first);
  else if (what === 'deleted') said.deleted.add(first);
}

/** Lets the engine go on until nothing runs any more. */
async function finish(folder: string): Promise<void> {
  const backend = await openLocalBackend({ folder, log: silent });
  try {
    const deadline = performance.now() + PATIENCE;
    const isOver = async () => (await backend.call('executions.list', { state: 'RUNNING', limit: 1 })).total === 0;
    while (performance.now() < deadline && !(await isOver())) {
      await new Promise<void>((resolve) => {
        const stop = backend.subscribe(() => {
          stop();
          clearTimeout(timer);
          resolve();
        });
        const timer = setTimeout(() => {
          stop();
          resolve();
        }, 1000);
      });
    }
  } finally {
    await backend.close();
  }
}

function judge(
  stored: { executions: readonly StoredExecution[]; problems: readonly string[] },
  said: Said,
  witness: Witness,
): void {
  const wrongs = [...stored.problems];
  const byId = new Map(stored.executions.map((each) => [each.id, each]));
  const byToken = new Map<string, StoredExecution>();
  for (const each of stored.executions) {
    if (byToken.has(each.token)) wrongs.push(`${each.token} was started twice`);
    byToken.set(each.token, each);
  }
  for (const [token, id] of said.started) {
    if (!said.deleting.has(id) && byToken.get(token)?.id !== id) wrongs.push(`${token} was started and is gone`);
  }
  for (const [id, state] of said.ended) {
    const found = byId.get(id);
    if (found !== undefined && found.state !== state) wrongs.push(`${id} was ${state} and is ${found.state}`);
  }
  for (const id of said.deleted) if (byId.has(id)) wrongs.push(`${id} was deleted and is there`);
  const mayBeGone = new Set([...said.started].filter(([, id]) => said.deleting.has(id)).map(([token]) => token));
  for (const [path, times] of witness.requests) {
    const [, kind = '', token = ''] = path.split('/');
    if (kind === 'once' && times > 1) wrongs.push(`${path} was asked for ${times} times`);
    const isScheduled = byToken.get(token)?.actions.some(({ url }) => url.endsWith(path)) ?? mayBeGone.has(token);
    if (!isScheduled) wrongs.push(`${path} was asked for before its commit was there`);
  }
  for (const { token, actions } of stored.executions) {
    for (const { url, state } of actions) {
      if (state === 'SUCCESS' && !witness.requests.has(new URL(url).pathname)) {
        wrongs.push(`${token} says that ${url} was asked for, and it was not`);
      }
    }
  }
  if (wrongs.length > 0) throw new Error(wrongs.join('\n'));
}
