import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { openSettingsFile } from '../../electron/settings-file.ts';
import type { Backend } from '../../engine/api/backend.ts';
import type { ExecutionSummary } from '../../engine/api/resources.ts';
import { allow } from '../engine/backends/local/allow.ts';
import { temporaryFolder } from '../engine/runtime/engine-fixture.ts';
import { type Observed, observe, openBackend } from './observed.ts';
import { type PartOptions, type Trial, together, tried } from './part.ts';
import { Random } from './random.ts';
import { scenarios } from './scenarios.ts';

/** One file of the folder and what was done to it. */
interface Damage {
  readonly file: string;
  readonly kind: string;
  readonly how: 'flipped' | 'cut' | 'zeroed';
  readonly at: number;
  /** The executions that refer to it, if it is a large value. */
  readonly users: readonly string[];
}

/** What a command prints is kept in a file of its own. */
const spoken = `
spoken:
  tasks:
    s:
      action: local.run
      input:
        command: echo one
`;

/** So many at a time: most of them wait for the disk. */
const TOGETHER = 4;

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * Flips bits, cuts files off and zeroes parts of them, at random places of every kind of file that the app leaves behind,
 * and looks at everything that the app shows then: what differs must have been told, what was damaged must be kept, and
 * nothing else may be harmed.
 */
export async function* damage({ seed, count }: PartOptions): AsyncGenerator<Trial> {
  const random = new Random(seed);
  await using folder = await temporaryFolder('damage');
  const whole = join(folder.path, 'whole');
  await live(whole);
  const copy = join(folder.path, 'copy');
  await cp(whole, copy, { recursive: true });
  const expected = await observe(copy);
  yield await tried('an undamaged folder is nothing to complain about', async () => {
    if (expected.troubles.length > 0) throw new Error(expected.troubles.join('\n'));
  });

  // By size, because their names differ from one time to the next.
  const sizes = new Map<string, number>();
  for (const file of await filesIn(whole)) sizes.set(file, (await readFile(join(whole, file))).length);
  const files = [...sizes.keys()]
    .filter((file) => sizes.get(file) !== 0)
    .sort((a, b) => (sizes.get(a) ?? 0) - (sizes.get(b) ?? 0));
  const kinds = [...new Set(files.map(kindOf))].sort();
  const trials: (() => Promise<Trial>)[] = [];
  while (trials.length < count) {
    const kind = kinds[trials.length % kinds.length] ?? '';
    const ofKind = files.filter((file) => kindOf(file) === kind);
    const file = ofKind[random.below(ofKind.length)] ?? '';
    const bytes = await readFile(join(whole, file));
    const how = random.of(['flipped', 'flipped', 'cut', 'zeroed'] as const);
    const each: Damage = { file, kind, how, at: random.below(bytes.length), users: await usersOf(whole, file) };
    const damaged = damagedBytes(bytes, each, random);
    if (!damaged.equals(bytes)) trials.push(() => suffer(whole, each, damaged, expected));
  }
  yield* together(trials, TOGETHER);
}

async function suffer(whole: string, each: Damage, damaged: Buffer, expected: Observed): Promise<Trial> {
  const { file, kind, how, at } = each;
  const result = await tried(`${file} ${how} at ${at}`, async () => {
    await using own = await temporaryFolder('damaged');
    await cp(whole, own.path, { recursive: true });
    await writeFile(join(own.path, file), damaged);
    await judge(own.path, each, damaged, expected);
  });
  return { ...result, met: { [kind]: 1 } };
}

function damagedBytes(bytes: Buffer, { how, at }: Damage, random: Random): Buffer {
  if (how === 'cut') return bytes.subarray(0, at);
  const damaged = Buffer.from(bytes);
  if (how === 'zeroed') damaged.fill(0, at, Math.min(at + 64, bytes.length));
  else damaged[at] = (damaged[at] ?? 0) ^ (1 << random.below(8));
  return damaged;
}

/** Two lives of the app: what the first left is in files, of the second much is in the journal still. */
async function live(data: string): Promise<void> {
  const { document } = await openSettingsFile(join(data, 'settings.json'));
  const first = await openBackend(data);
  for (const { text } of scenarios) await save(first, text);
  await first.call('environments.save', { name: 'home', variables: { host: 'localhost', ports: [1, 2] } });
  await first.call('actions.save', { text: "version: '2.0'\nshout: {base: std.echo, base-input: {output: loud}}\n" });
  await save(first, 'open: {tasks: {w: {action: std.async_noop}}}');
  await save(first, spoken);
  await allow(first, 'spoken');
  await first.call('secrets.save', { name: 'phrase', value: 'correct horse' });
  await first.call('cronTriggers.save', { name: 'yearly', workflow: 'spoken', pattern: '0 0 1 1 *' });
  await document.write({ theme: 'dark', zoom: 1.25, ui: { 'list.width': 320, selected: 'spoken' } });
  for (const workflow of ['sequence', 'meeting', 'nested', 'failing', 'spoken', 'large']) await ended(first, workflow);
  await first.call('executions.start', { workflow: 'open' });
  await first.close();

  await using own = await temporaryFolder('second');
  const second = join(own.path, 'data');
  await cp(data, second, { recursive: true });
  const backend = await openBackend(second);
  const started = ['sequence', 'items', 'shared'].map((workflow) => ended(backend, workflow));
  await Promise.all([...started, backend.call('executions.start', { workflow: 'open' })]);
  await cp(second, data, { recursive: true });
  await backend.close();
}

async function save(backend: Backend, text: string): Promise<void> {
  const { problems } = await backend.call('workflows.save', { text: `version: '2.0'\n${text}\n` });
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
}

async function ended(backend: Backend, workflow: string): Promise<ExecutionSummary> {
  const input = scenarios.find(({ name }) => name === workflow)?.input ?? {};
  const { id } = await backend.call('executions.start', { workflow, input });
  for (;;) {
    const changed = new Promise<void>((resolve) => {
      const stop = backend.subscribe(() => {
        stop();
        resolve();
      });
    });
    const { executions } = await backend.call('executions.list', { text: id });
    const [execution] = executions;
    if (execution !== undefined && execution.state !== 'RUNNING') return execution;
    await changed;
  }
}

/** What a file is, whatever it is the file of: ids and numbers in its path do not count. */
function kindOf(file: string): string {
  return file
    .replace(ID, '*')
    .replace(/\b[0-9a-f]{16,}\b/g, '*')
    .replace(/(?<=(executions|payloads)\/)[\w-]{2}(?=\/)/, '*')
    .replace(/\d{3,}/g, 'N');
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

async function judge(data: string, each: Damage, damaged: Buffer, expected: Observed): Promise<void> {
  const found = await observe(data);
  const different = differences(expected, found);
  const strangers = different.filter((what) => !mayHarm(each, what));
  if (strangers.length > 0) throw new Error(`it harms ${strangers.slice(0, 5).join(', ')}`);
  if (different.length > 0 && found.troubles.length === 0 && !looksLikeACrash(each)) {
    throw new Error(`nobody is told that these are different: ${different.slice(0, 5).join(', ')}`);
  }
  for (const message of found.troubles) {
    if (!/^[A-Z“].*\.$/s.test(message)) throw new Error(`it says: ${message}`);
  }
  const isKept = await holds(data, each, damaged);
  if (!isKept && different.length > 0 && !looksLikeACrash(each))
    throw new Error(
      `what was damaged is not kept; different: ${different.join(', ')}; told: ${found.troubles.join(' ')}`,
    );

  const again = await observe(data, found.since);
  const changed = differences(found, again).filter((what) => !what.startsWith('history '));
  if (changed.length > 0) throw new Error(`a second start changes ${changed.slice(0, 5).join(', ')}`);
  const backend = await openBackend(data);
  try {
    await save(backend, 'probe: {tasks: {a: {action: std.noop}}}');
    const { state } = await ended(backend, 'probe');
    if (state !== 'SUCCESS') throw new Error(`a new execution ends in ${state}`);
  } finally {
    await backend.close();
  }
}

async function usersOf(whole: string, file: string): Promise<readonly string[]> {
  if (!file.startsWith('store/payloads/')) return [];
  const names = await readdir(dirname(join(whole, file)));
  const value = basename(file, '.json');
  return names.filter((name) => name.startsWith(`${value}.used-by.`)).flatMap((name) => name.match(ID) ?? []);
}

function differences(one: Observed, other: Observed): readonly string[] {
  const names = new Set([...one.shown.keys(), ...other.shown.keys()]);
  return [...names].filter((name) => one.shown.get(name) !== other.shown.get(name));
}

/** A file can only harm what is in it. */
function mayHarm({ file, kind, users }: Damage, what: string): boolean {
  if (kind.startsWith('store/payloads/')) return users.some((id) => what.includes(id));
  if (kind === 'settings.json') return what === 'settings';
  if (kind === 'store/catalog.json') return /^(workflow|environment|action) /.test(what);
  if (kind.startsWith('store/journal/')) return /^(listed|node|history|execution) /.test(what);
  const [id] = file.match(ID) ?? [];
  return id !== undefined && what.includes(id);
}

/** A journal that ends early is what a crash leaves: what is missing was then never answered. */
function looksLikeACrash({ kind, how }: Damage): boolean {
  return kind.startsWith('store/journal/') && how === 'cut';
}

/** Whether the damaged lines are still there, where they were or under a name that says what they are. */
async function holds(data: string, { file }: Damage, damaged: Buffer): Promise<boolean> {
  // Behind the last of them is at most a part of a line.
  const lines = file.endsWith('.ndjson') ? damaged.subarray(0, damaged.lastIndexOf(10) + 1) : damaged;
  for (const name of await filesIn(data)) {
    if (name !== file && !/\.(damaged|changed)|\/lost\//.test(name)) continue;
    const bytes = await readFile(join(data, name));
    if (bytes.subarray(0, lines.length).equals(lines)) return true;
  }
  return false;
}
