import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { applyAll } from '../../engine/core/apply.ts';
import { toDocument } from '../../engine/core/document.ts';
import { type ExecutionTree, emptyTree } from '../../engine/core/execution-tree.ts';
import type { WorkflowExecutionId } from '../../engine/model/ids.ts';
import { type Opened, openEngine, temporaryFolder } from '../engine/runtime/engine-fixture.ts';
import { drive, outcome } from './drive.ts';
import { type PartOptions, spread, type Trial, together, tried } from './part.ts';
import { Random } from './random.ts';
import { eventTypes, type Scenario, scenarios } from './scenarios.ts';

/** Cuts are tried so many at a time: most of them wait for something. */
const TOGETHER = 12;

/** What was left of a whole life of the engine, with nothing in documents yet. */
interface Life {
  readonly name: string;
  readonly folder: string;
  readonly journal: Buffer;
  /** Where each line of the journal ends. */
  readonly ends: readonly number[];
  readonly started: ReadonlyMap<string, Ended>;
}

interface Ended {
  readonly scenario: Scenario;
  readonly outcome: readonly string[];
}

interface Cut {
  readonly life: Life;
  readonly at: number;
  /** Whether the engine is closed once more before it goes on, so that it starts from documents. */
  readonly closed: boolean;
}

/**
 * Cuts the journal after every commit and at every byte of the last line, lets the engine go on from there, and compares
 * where it gets to with where it got without the cut: for each scenario by itself, and for all of them in one journal.
 */
export async function* cuts({ seed, count }: PartOptions): AsyncGenerator<Trial> {
  const random = new Random(seed);
  await using folder = await temporaryFolder('cuts');
  const lives: Life[] = [];
  for (const scenario of scenarios) {
    yield await tried(`${scenario.name} comes to an end`, async () => {
      lives.push(await live(join(folder.path, scenario.name), [scenario]));
    });
  }
  yield await tried('all scenarios at once come to an end', async () => {
    lives.push(await live(join(folder.path, 'together'), scenarios));
  });
  yield await tried('every kind of event was met', () => everyKindOfEvent(lives));

  const planned = lives.flatMap((life) => planOf(life, random));
  const wanted = spread(planned, count).map((cut) => () => tried(nameOf(cut), () => recover(cut)));
  yield* together(wanted, TOGETHER);
}

async function live(folder: string, wanted: readonly Scenario[]): Promise<Life> {
  const opened = await openEngine(folder);
  const started = new Map<string, Ended>();
  try {
    for (const scenario of wanted) {
      const { problems } = await opened.library.save(`version: '2.0'\n${scenario.text}`, '');
      if (problems.length > 0) throw new Error(`${scenario.name}: ${JSON.stringify(problems)}`);
    }
    const run = async (scenario: Scenario): Promise<void> => {
      const id = await opened.start(scenario.name, scenario.input, scenario.params);
      started.set(id, { scenario, outcome: outcome(await drive(opened, id, scenario)) });
    };
    await Promise.all(wanted.map(run));
    // The segment that is being written is never removed: it has everything from the first commit on.
    const segments = await readdir(join(folder, 'journal'));
    if (segments.length !== 1) throw new Error(`${segments.length} segments`);
    const journal = await readFile(join(folder, 'journal', segments[0] ?? ''));
    const ends: number[] = [];
    for (let at = journal.indexOf(10); at !== -1; at = journal.indexOf(10, at + 1)) ends.push(at + 1);
    const name = wanted.length === 1 ? (wanted[0]?.name ?? '') : 'together';
    return { name, folder, journal, ends, started };
  } finally {
    await opened.close();
  }
}

/** After every commit twice, at every byte of the last line, and at one byte of every other line. */
function planOf(life: Life, random: Random): readonly Cut[] {
  const { ends, journal } = life;
  const lastLine = ends.at(-2) ?? 0;
  const bytes = Array.from({ length: journal.length - lastLine - 1 }, (_, index) => lastLine + 1 + index);
  const inLines = ends.slice(0, -2).map((end, index) => end + 1 + random.below((ends[index + 1] ?? end) - end - 1));
  return [
    ...ends.flatMap((at) => [
      { life, at, closed: false },
      { life, at, closed: true },
    ]),
    ...[...inLines, ...bytes].map((at) => ({ life, at, closed: false })),
  ];
}

function nameOf({ life: { name, journal }, at, closed }: Cut): string {
  return `${name}, cut at ${at} of ${journal.length} bytes${closed ? ', and closed once' : ''}`;
}

async function recover({ life, at, closed }: Cut): Promise<void> {
  await using folder = await temporaryFolder('cut');
  await mkdir(join(folder.path, 'journal'));
  for (const name of ['catalog.json', 'payloads'].filter((each) => existsSync(join(life.folder, each)))) {
    await cp(join(life.folder, name), join(folder.path, name), { recursive: true });
  }
  await writeFile(join(folder.path, 'journal/00000001.ndjson'), life.journal.subarray(0, at));
  if (closed) {
    const before = await openEngine(folder.path);
    await before.engine.stop();
    await before.store.close();
  }
  const opened = await openEngine(folder.path);
  try {
    const { summaries } = await opened.store.list({ cursor: null, limit: 100 });
    if (summaries.length > life.started.size) throw new Error(`there are ${summaries.length} executions`);
    const goOn = async ([id, { scenario, outcome: expected }]: [string, Ended]) => {
      if (!opened.store.has(id)) return 0;
      const tree = await drive(opened, id, scenario);
      const found = outcome(tree);
      if (!isDeepStrictEqual(found, expected)) throw new Error(differences(scenario.name, expected, found));
      await replays(opened, tree);
      return 1;
    };
    const recovered = await Promise.all([...life.started].map(goOn));
    const begun = life.ends.filter((end) => end <= at).length;
    if (begun > 0 && recovered.every((each) => each === 0)) throw new Error('the execution is gone');
    const problems = opened.store.problems().map(({ message }) => message);
    if (problems.length > 0) throw new Error(problems.join('\n'));
  } finally {
    await opened.close();
  }
}

/** The history is whole, and gives the very tree that the engine holds. */
async function replays(opened: Opened, tree: ExecutionTree): Promise<void> {
  let replayed = emptyTree(tree.rootId as WorkflowExecutionId);
  let last = 0;
  for await (const { position, commit } of opened.store.history(tree.rootId)) {
    if (position !== last + 1) throw new Error(`commit ${position} follows commit ${last}`);
    last = position;
    replayed = applyAll(replayed, commit.events, commit.at);
  }
  if (!isDeepStrictEqual(toDocument(replayed), toDocument(tree))) throw new Error('the history gives another tree');
}

async function everyKindOfEvent(lives: readonly Life[]): Promise<void> {
  const text = lives.map(({ journal }) => journal.toString()).join('');
  const missing = eventTypes.filter((type) => !text.includes(`{"type":"${type}"`));
  if (missing.length > 0) throw new Error(`no scenario leads to ${missing.join(', ')}`);
}

function differences(name: string, expected: readonly string[], found: readonly string[]): string {
  const only = (some: readonly string[], others: readonly string[]): string =>
    some
      .filter((line) => !others.includes(line))
      .map((line) => line.slice(0, 300))
      .join('\n  ');
  return `${name} ends differently:\n  ${only(expected, found)}\ninstead:\n  ${only(found, expected)}`;
}
