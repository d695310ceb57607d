import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowExecutionId } from '../../engine/model/ids.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { isCompleted } from '../../engine/model/states.ts';
import { StoreError } from '../../engine/store/store-error.ts';
import { type Opened, openEngine, temporaryFolder } from '../engine/runtime/engine-fixture.ts';
import { type Fault, type Operation, WatchedDisk } from '../engine/store/watched-disk.ts';
import { type PartOptions, spread, type Trial, together, tried } from './part.ts';
import { startWitness, type Witness } from './witness.ts';

/** Lives are tried so many at a time: most of them wait for something. */
const TOGETHER = 6;

/** What a disk may do to one operation, or, when it lasts, to all that follow until it has refused so many. */
interface Kind {
  readonly name: string;
  readonly fault: Fault;
  readonly refusals: number;
  readonly meets: (operation: Operation) => boolean;
}

const anything = (): boolean => true;
/** A full disk still reads, renames and removes. */
const takesRoom = (operation: Operation): boolean =>
  ['open', 'write', 'datasync', 'makeFolder', 'copy', 'syncFolder'].includes(operation);
const kinds: readonly Kind[] = [
  { name: 'ENOSPC', fault: { code: 'ENOSPC' }, refusals: 1, meets: takesRoom },
  { name: 'EIO', fault: { code: 'EIO' }, refusals: 1, meets: anything },
  { name: 'EPERM', fault: { code: 'EPERM' }, refusals: 1, meets: anything },
  { name: 'a short write', fault: { take: 9 }, refusals: 1, meets: (operation) => operation === 'write' },
  { name: 'ENOSPC for a while', fault: { code: 'ENOSPC' }, refusals: 7, meets: takesRoom },
  { name: 'EIO for a while', fault: { code: 'EIO' }, refusals: 7, meets: anything },
];

/** A disk that misbehaves once its operation of this number has come. */
class FaultyDisk extends WatchedDisk {
  operations = 0;
  met = '';
  private left: number;

  constructor(at: number, kind: Kind | null) {
    super();
    this.left = kind?.refusals ?? 0;
    this.fault = (operation, path) => {
      this.operations += 1;
      if (kind === null || this.operations < at || this.left === 0 || !kind.meets(operation)) return null;
      this.left -= 1;
      this.met ||= `${operation} ${path.split(/[/\\]/).slice(-2).join('/')}`;
      return kind.fault;
    };
  }
}

const text = `version: '2.0'
asks:
  input: [witness]
  tasks:
    a: {action: std.noop, on-success: ask}
    ask: {action: "std.http url='<% $.witness %>/<% execution().id %>'", safe-rerun: true, on-success: b}
    b: {action: std.echo output=1, publish: {x: <% task().result %>}}
computes:
  input: [text]
  tasks:
    w: {with-items: i in <% range(9) %>, action: std.echo output=<% $.i %>, publish: {all: <% task().result %>}}
    x: {action: std.echo output=<% $.text %>}
`;

/** Large enough for a file of its own. */
const inputs = (witness: Witness): Readonly<Record<string, JsonObject>> => ({
  asks: { witness: witness.address },
  computes: { text: 'A value that is too large for a line. '.repeat(2000) },
});

/** Saved before the crash, and never again. */
const kept = "version: '2.0'\nkept: {tasks: {a: {action: std.noop}}}\n";

/** What people were answered and told. */
interface Told {
  readonly started: Set<string>;
  readonly ended: Map<string, string>;
  readonly deleted: Set<string>;
  readonly messages: Set<string>;
}

/**
 * Lets the disk refuse every operation of a life of the engine, and of a start after a crash, one after the other; and
 * some for a while. Nothing that was answered or told may be lost, and whatever is said must be a sentence for people.
 */
export async function* faults({ count }: PartOptions): AsyncGenerator<Trial> {
  await using witness = await startWitness();
  await using folder = await temporaryFolder('faults');
  yield await tried('a full disk holds the engine up until there is room', () => fullDisk(join(folder.path, 'full')));

  const usual = new FaultyDisk(0, null);
  const before = nothingTold();
  await live(join(folder.path, 'usual'), usual, witness, before);
  const crashed = join(folder.path, 'crashed');
  const left = await crash(crashed, witness);
  const again = new FaultyDisk(0, null);
  await cp(crashed, join(folder.path, 'again'), { recursive: true });
  await live(join(folder.path, 'again'), again, witness, nothingTold());

  const planned = [
    ...planOf(usual.operations).map((each) => ({ ...each, from: null })),
    ...planOf(again.operations).map((each) => ({ ...each, from: crashed })),
  ];
  const one = async ({ at, kind, from }: (typeof planned)[number]): Promise<Trial> => {
    const disk = new FaultyDisk(at, kind);
    const trial = await tried(`${kind.name} at operation ${at}`, async () => {
      await using own = await temporaryFolder('fault');
      const data = join(own.path, 'data');
      if (from !== null) await cp(from, data, { recursive: true });
      const told = nothingTold();
      if (from !== null) for (const id of left) told.started.add(id);
      await live(data, disk, witness, told);
      judgeMessages(told);
      await judge(data, told, witness);
      if (from !== null) await judgeCatalog(data, told);
    });
    const what = from === null ? trial.what : `${trial.what} of a start after a crash`;
    return { ...trial, what: `${what}: ${disk.met || 'not met'}`, met: { 'faults met': disk.met === '' ? 0 : 1 } };
  };
  yield* together(
    spread(planned, count).map((each) => () => one(each)),
    TOGETHER,
  );
}

function planOf(operations: number): readonly { readonly at: number; readonly kind: Kind }[] {
  return Array.from({ length: operations }, (_, index) => kinds.map((kind) => ({ at: index + 1, kind }))).flat();
}

function nothingTold(): Told {
  return { started: new Set(), ended: new Map(), deleted: new Set(), messages: new Set() };
}

/** Opens the engine, again when it is refused, and does everything with it that leads to operations of the disk. */
async function live(folder: string, disk: FaultyDisk, witness: Witness, told: Told): Promise<void> {
  const opened = await insisting(told, () =>
    openEngine(folder, [], { disk, durability: 'durable', retryDelay: 1, segmentBytes: 2000 }),
  );
  const { engine, library, store } = opened;
  store.onProblems((problems) => {
    for (const { message } of problems) told.messages.add(message);
  });
  for (const { message } of store.problems()) told.messages.add(message);
  engine.onCommit((tree) => {
    const root = tree.workflows.get(tree.rootId as WorkflowExecutionId);
    if (root !== undefined && isCompleted(root.state)) told.ended.set(root.id, root.state);
  });
  try {
    await insisting(told, () => library.save(text, ''));
    const run = async (workflow: string): Promise<string> => {
      const id = await opened.start(workflow, inputs(witness)[workflow]);
      told.started.add(id);
      await opened.ended(id);
      return id;
    };
    const [first] = await Promise.all([run('asks'), run('computes')]);
    await store.flush();
    await insisting(told, () => engine.delete(first ?? ''));
    told.deleted.add(first ?? '');
    await Promise.all([run('asks'), ...[...told.started].filter((id) => id !== first).map((id) => opened.ended(id))]);
  } finally {
    await opened.close();
  }
}

/** Does it again when it is refused with a sentence, as a person would; not for ever. */
async function insisting<T>(told: Told, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreError) || attempt === 10) throw error;
      told.messages.add(error.message);
    }
  }
}

/** A folder as a crash leaves it, with executions in files and in the journal. Returns those that are in it. */
async function crash(folder: string, witness: Witness): Promise<readonly string[]> {
  await using own = await temporaryFolder('crash');
  const opened = await openEngine(own.path);
  try {
    await opened.library.save(text, '');
    await opened.library.save(kept, '');
    const ids: string[] = [];
    for (const flushed of [true, false]) {
      for (const workflow of ['asks', 'computes']) {
        const id = await opened.start(workflow, inputs(witness)[workflow]);
        ids.push(id);
        await opened.ended(id);
      }
      if (flushed) await opened.store.flush();
    }
    // The last two are in the journal only: what is written in the background comes later.
    await cp(own.path, folder, { recursive: true });
    return ids;
  } finally {
    await opened.close();
  }
}

function judgeMessages({ messages }: Told): void {
  for (const message of messages) {
    const isSentence = /^[A-Z“].*\.$/s.test(message) && !/ENOSPC|EIO|EPERM|undefined|\[object/.test(message);
    if (!isSentence) throw new Error(`it says: ${message}`);
  }
}

/** On a disk that is well again, everything is there, and there is nothing to complain about. */
async function judge(folder: string, told: Told, witness: Witness): Promise<void> {
  const opened: Opened = await openEngine(folder);
  try {
    for (const id of told.started) {
      const tree = await opened.engine.tree(id);
      if (told.deleted.has(id)) {
        if (tree !== null) throw new Error(`${id} was deleted and is there`);
        continue;
      }
      const state = tree?.workflows.get(id as WorkflowExecutionId)?.state;
      if (state === undefined) throw new Error(`${id} was started and is gone`);
      if (state !== 'SUCCESS') throw new Error(`${id} is ${state}`);
      for (const { name } of tree?.actions.values() ?? []) {
        if (name === 'std.http' && !witness.requests.has(`/${id}`)) throw new Error(`${id} asked nobody`);
      }
    }
    const problems = opened.store.problems().map(({ message }) => message);
    if (problems.length > 0) throw new Error(problems.join('\n'));
  } finally {
    await opened.close();
  }
}

/** A catalog that cannot be read is kept aside, and that is said; one bad moment of the disk is no reason for it. */
async function judgeCatalog(folder: string, told: Told): Promise<void> {
  const opened = await openEngine(folder);
  const isThere = opened.library.get('kept', '') !== null;
  await opened.close();
  const isTold = [...told.messages].some((message) => /“catalog.json” is damaged.*It is kept as/.test(message));
  if (!isThere && !isTold) throw new Error('a workflow is gone, and nothing was said');
}

/** Nothing outside happens and nothing is decided without end while the disk is full; then everything goes on. */
async function fullDisk(folder: string): Promise<void> {
  let requests = 0;
  await using witness = await startWitness(() => {
    requests += 1;
  });
  const disk = new WatchedDisk();
  const opened = await openEngine(folder, [], { disk, durability: 'durable', retryDelay: 1 });
  try {
    const endless =
      "version: '2.0'\nendless: {tasks: {s: {action: std.noop, on-success: a}, a: {action: std.noop, on-success: b}, b: {action: std.noop, on-success: a}}}\n";
    await opened.library.save(text, '');
    const { problems } = await opened.library.save(endless, '');
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    const id = await opened.start('endless');
    disk.fault = (operation) => (takesRoom(operation) ? { code: 'ENOSPC' } : null);
    const started = opened.start('asks', { witness: witness.address });
    await new Promise<void>((resolve) => opened.store.onProblems(() => resolve()));
    const size = async (): Promise<number> => (await opened.engine.tree(id))?.tasks.size ?? 0;
    const before = await size();
    for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    const grown = (await size()) - before;
    if (grown > 1) throw new Error(`${grown} more tasks were started while the disk was full`);
    if (requests > 0) throw new Error('somebody was asked before the commit was on the disk');
    const [problem] = opened.store.problems();
    if (!/the disk is full; make room on it.*goes on as soon as it can/.test(problem?.message ?? '')) {
      throw new Error(`it says: ${problem?.message}`);
    }
    disk.fault = () => null;
    const tree = await opened.ended(await started);
    if (tree.workflows.get(tree.rootId as WorkflowExecutionId)?.state !== 'SUCCESS') throw new Error('it failed');
    if (requests !== 1) throw new Error(`somebody was asked ${requests} times`);
    if ((await size()) <= before) throw new Error('the other execution does not go on');
    if (opened.store.problems().length > 0) throw new Error('the trouble is over and still told');
  } finally {
    disk.fault = () => null;
    await opened.close();
  }
}
