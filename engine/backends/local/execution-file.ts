import { setImmediate as endOfTurn } from 'node:timers/promises';
import { ApiError } from '../../api/api-error.ts';
import { abandon } from '../../core/abandon.ts';
import { apply } from '../../core/apply.ts';
import { type ExecutionTree, emptyTree, taskIn } from '../../core/execution-tree.ts';
import { hasItem } from '../../core/items.ts';
import { isOwed } from '../../core/outstanding.ts';
import type { Commit, Event } from '../../model/events.ts';
import type { ActionExecutionId, TaskExecutionId, WorkflowExecutionId } from '../../model/ids.ts';
import { decodeJson, encodeJson, isObject, type Json, nestsDeeperThan } from '../../model/json.ts';
import { isCompleted } from '../../model/states.ts';
import { definitionIdOf } from '../../runtime/catalog.ts';
import { DEEPEST_RESULT } from '../../runtime/run-action.ts';
import { decodePieces } from '../../store/json-lines.ts';
import type { Reference } from '../../store/large-values.ts';
import { importedCommit } from './event-schema.ts';

/**
 * One execution as one file (`.windrose.json`): JSON that a person can read, a record on a line.
 *
 *     {"windrose":"execution","version":1,"id":"…","exportedAt":"2026-…","summary":{…},
 *     "document":{…},          how it is: for people; an import makes it from the commits
 *     "commits":[{"at":…,"events":[…],"payloads":[[path, sha256], …]}, …],
 *     "values":[{"sha256":"…","value":…}, …],     values above 64 KiB, each once; null stands in their places
 *     "logs":[{"action":"<id>","entries":[…]}, …]}
 */
export const EXECUTION_FILE = { kind: 'execution', version: 1 } as const;

/** In bytes: what an export may become, and what an import is read of. */
export const LARGEST_FILE = 200 * 1024 * 1024;
/** In characters: what is read in one go, of a file that is not laid out as above. */
const LARGEST_WHOLE = 16 * 1024 * 1024;
/** Levels of a record: of what an action may give, and of what stands around it. */
const DEEPEST = DEEPEST_RESULT + 20;
/** Of one record or value, which is read in one go: parts that make up its structure. */
const MOST_PARTS = 5_000_000;
/** Of the log of one action: some more than the store keeps of it (side-logs.ts). */
const MOST_ENTRIES = 20_000;
/** Parts of an entry, and the comma behind it. */
const ENTRY_PARTS = 10;
const TURN = 8;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export interface ImportedExecution {
  readonly commits: readonly Commit[];
  readonly logs: readonly { readonly action: string; readonly entries: readonly unknown[] }[];
}

const TOO_LONG_LOG = 'The log of one of its actions is longer than Windrose keeps any.';

const NOT_JSON = 'It is not JSON, or only a part of it is there.';

const STOOD_STILL =
  'It had not ended when it was exported. An imported execution does nothing by itself, so it was cancelled.';

/**
 * Checks a file that may come from anybody and gives what is to be kept of it. Its root execution gets a new id everywhere,
 * so that it meets no other, not even one that was deleted. One that had not ended is cancelled by one more commit. No name
 * and no path in the file leads anywhere: definitions are only taken under the hash of their text, by which a person has
 * allowed them or not.
 *
 * @param id the new one, a UUID
 * @throws ApiError INVALID, with a sentence
 */
export async function readExecutionFile(bytes: Buffer, id: string, now: number): Promise<ImportedExecution> {
  if (bytes.length > LARGEST_FILE) throw refused('It is larger than 200 MB.');
  const content = await parsed(bytes);
  if (!isObject(content) || content.windrose !== EXECUTION_FILE.kind) {
    throw refused('It holds no execution that was exported from Windrose.');
  }
  if (typeof content.version === 'number' && content.version > EXECUTION_FILE.version) {
    throw refused('It was exported from a newer version of Windrose. Update Windrose to import it.');
  }
  const { id: old, commits, values, logs } = content as Readonly<Record<string, unknown>>;
  if (
    content.version !== EXECUTION_FILE.version ||
    typeof old !== 'string' ||
    !UUID.test(old) ||
    !Array.isArray(commits)
  ) {
    throw damaged('its beginning is not what Windrose writes');
  }
  const large = valuesOf(values);
  const turns = new Turns();
  const renamed: Commit[] = [];
  let tree = emptyTree(id as WorkflowExecutionId);
  const made = new Set<string>();
  for (const [index, given] of commits.entries()) {
    const commit = renameRoot(checkedCommit(given, large, index), old, id);
    for (const event of commit.events) tree = replayed(tree, event, commit.at, made, index);
    renamed.push(commit);
    await turns.next();
  }
  checkTree(tree);
  if (!hasEnded(tree) || isOwed(tree)) {
    const { tree: ended, events } = abandon(tree, STOOD_STILL, now, 'CANCELLED');
    if (isOwed(ended) || !hasEnded(ended)) throw damaged('it cannot be made to stand still');
    renamed.push({ at: now, events });
  }
  return { commits: renamed, logs: await logsOf(logs, tree) };
}

async function parsed(bytes: Buffer): Promise<unknown> {
  await refuseHostile(bytes);
  try {
    return await decodePieces(bytes, LARGEST_WHOLE);
  } catch (error) {
    if (error instanceof RangeError)
      throw refused('It is too large for one that is laid out in another way than Windrose does it.');
    throw refused(NOT_JSON);
  }
}

/** Bytes between two looks at the clock. */
const LOOK = 65_536;
/** Levels of the file around a value. */
const AROUND = 10;
const NEWLINE = 0x0a;
const QUOTE = 0x22;
const OPENING = 0x7b;
const CLOSING = 0x7d;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
/** What the line of a log begins with. */
const LOG = '{"action":';

/** Looks through the bytes before anything is read of them: deep nesting or too much of it would stop everything else. */
async function refuseHostile(bytes: Buffer): Promise<void> {
  const turns = new Turns();
  let depth = 0;
  let parts = 0;
  let isLog = false;
  let isInText = false;
  let look = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (at >= look) {
      look = at + LOOK;
      await turns.next();
    }
    const byte = bytes[at] as number;
    if (isInText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) isInText = false;
      else if (byte === NEWLINE) throw refused(NOT_JSON);
      continue;
    }
    if (byte === QUOTE) {
      isInText = true;
    } else if (byte === NEWLINE) {
      parts = 0;
      isLog = bytes.toString('latin1', at + 1, at + 1 + LOG.length) === LOG;
    } else if (byte === COMMA || byte === COLON) {
      parts++;
    } else {
      // Both kinds of brackets differ in this bit alone.
      const bracket = byte | 0x20;
      if (bracket === OPENING) {
        parts++;
        if (++depth > DEEPEST + AROUND) throw refused('It nests deeper than anything that Windrose writes.');
      } else if (bracket === CLOSING) {
        depth--;
      }
    }
    if (isLog && parts > MOST_ENTRIES * ENTRY_PARTS) throw refused(TOO_LONG_LOG);
    if (parts > MOST_PARTS) throw refused('One of its lines holds more than Windrose reads at once.');
  }
  if (depth > 0 || isInText) throw refused(NOT_JSON);
}

function checkedCommit(given: unknown, large: ReadonlyMap<string, unknown>, index: number): Commit {
  const where = `commit ${index + 1}`;
  if (!isObject(given) || nestsDeeperThan(given, DEEPEST)) throw damaged(`${where} is not what Windrose writes`);
  const { payloads = [], at, events } = given as Readonly<Record<string, unknown>>;
  if (!Array.isArray(payloads)) throw damaged(`${where} refers to no values`);
  const commit = { at, events };
  for (const reference of payloads) putBack(commit, reference as Reference, large, where);
  const checked = importedCommit.safeParse(commit);
  if (checked.success) return commit as Commit;
  const [issue] = checked.error.issues;
  throw damaged(`${where}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}`);
}

/** Only where null stands, and along keys of the value itself: a path is somebody else's text. */
function putBack(commit: object, reference: Reference, large: ReadonlyMap<string, unknown>, where: string): void {
  const [path, sha256] = Array.isArray(reference) ? reference : [[], ''];
  if (!Array.isArray(path) || path.length === 0 || !large.has(sha256)) throw damaged(`${where} lacks a value`);
  let parent: object = commit;
  for (const key of path.slice(0, -1)) {
    const next: unknown = Object.hasOwn(parent, key) ? Reflect.get(parent, key) : null;
    if (typeof next !== 'object' || next === null) throw damaged(`${where} has no place for a value`);
    parent = next;
  }
  const last = path.at(-1) as string;
  const isPlace = Object.hasOwn(parent, last) && Reflect.get(parent, last) === null;
  if (!isPlace) throw damaged(`${where} has no place for a value`);
  // Not an assignment, which would set the prototype where the key is named so.
  Object.defineProperty(parent, last, {
    value: large.get(sha256),
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

function valuesOf(values: unknown): ReadonlyMap<string, unknown> {
  if (!Array.isArray(values)) throw damaged('its values are missing');
  return new Map(
    values.map((each: unknown) => {
      const { sha256, value } = (each ?? {}) as { readonly sha256?: unknown; readonly value?: unknown };
      const isValue = typeof sha256 === 'string' && value !== undefined && !nestsDeeperThan(value as Json, DEEPEST);
      if (!isValue) throw damaged('one of its values is not what Windrose writes');
      return [sha256, value];
    }),
  );
}

async function logsOf(logs: unknown, tree: ExecutionTree): Promise<ImportedExecution['logs']> {
  const turns = new Turns();
  const kept: ImportedExecution['logs'][number][] = [];
  for (const each of Array.isArray(logs) ? (logs as readonly unknown[]) : []) {
    const { action, entries } = (each ?? {}) as { readonly action?: unknown; readonly entries?: unknown };
    // Also where it is laid out in another way.
    if (Array.isArray(entries) && entries.length > MOST_ENTRIES) throw refused(TOO_LONG_LOG);
    const isKnown = typeof action === 'string' && UUID.test(action) && tree.actions.has(action as ActionExecutionId);
    if (isKnown && Array.isArray(entries)) kept.push({ action, entries: entries.filter(isLogEntry) });
    await turns.next();
  }
  return kept;
}

function isLogEntry(entry: unknown): boolean {
  if (!isObject(entry as Json) || nestsDeeperThan(entry as Json, 3)) return false;
  const { at, number, text, source, progress } = entry as Readonly<Record<string, unknown>>;
  if (typeof at !== 'number') return false;
  if (progress === undefined) {
    return (
      typeof number === 'number' && typeof text === 'string' && [null, 'stdout', 'stderr'].includes(source as null)
    );
  }
  const { fraction, text: said } = (progress ?? {}) as Readonly<Record<string, unknown>>;
  return (fraction === null || typeof fraction === 'number') && (said === null || typeof said === 'string');
}

/** As text: the id stands in records, in references and in values that workflows made of it. */
function renameRoot(commit: Commit, old: string, id: string): Commit {
  const text = encodeJson(commit);
  return text.includes(old) ? (decodeJson(text.replaceAll(old, id)) as Commit) : commit;
}

/** Every record is made once and below one that is there: so no way up has no end. */
function replayed(tree: ExecutionTree, event: Event, at: number, made: Set<string>, index: number): ExecutionTree {
  const where = `commit ${index + 1}`;
  if (event.type === 'DefinitionUsed' && definitionIdOf(event.source.kind, event.source.text) !== event.id) {
    throw damaged(`${where} has a definition under a name that is not its own`);
  }
  if (event.type === 'WorkflowStarted' || event.type === 'TaskCreated' || event.type === 'ActionScheduled') {
    const below =
      event.type === 'TaskCreated'
        ? event.workflowId
        : event.type === 'WorkflowStarted'
          ? event.parentTaskId
          : event.taskId;
    const isBelow = below === null ? event.id === (tree.rootId as string) : made.has(below);
    if (made.has(event.id) || !isBelow) throw damaged(`${where} has a record without its place`);
    if (event.type !== 'TaskCreated' && below !== null) {
      const { items } = taskIn(tree, below as TaskExecutionId);
      if (items !== null && !hasItem(items, event.index)) {
        throw damaged(`${where} has a record of an item that there is not`);
      }
    }
    made.add(event.id);
  }
  if (event.type === 'ItemsExpanded' && Object.values(event.values).some((list) => list.length !== event.count)) {
    throw damaged(`${where} has items without values`);
  }
  try {
    return apply(tree, event, at);
  } catch {
    throw damaged(`${where} does not follow from those before it`);
  }
}

function checkTree(tree: ExecutionTree): void {
  const isThere =
    tree.workflows.has(tree.rootId as WorkflowExecutionId) || tree.actions.has(tree.rootId as ActionExecutionId);
  if (!isThere) throw damaged('there is no execution in it');
  for (const { definitionId } of tree.workflows.values()) {
    if (!tree.definitions.has(definitionId)) throw damaged('a definition is missing');
  }
  // What a task sees is made from the tasks before it: in a circle that would have no end.
  const done = new Set<TaskExecutionId>();
  const open = new Set<TaskExecutionId>();
  for (const start of tree.tasks.keys()) {
    const stack = [start];
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      if (open.has(id) || done.has(id)) {
        stack.pop();
        open.delete(id);
        done.add(id);
        continue;
      }
      open.add(id);
      const task = tree.tasks.get(id);
      if (task === undefined) throw damaged('a task is missing');
      for (const { taskId } of task.triggeredBy) {
        if (open.has(taskId)) throw damaged('its tasks lead in a circle');
        if (!done.has(taskId)) stack.push(taskId);
      }
    }
  }
}

function hasEnded(tree: ExecutionTree): boolean {
  const root =
    tree.workflows.get(tree.rootId as WorkflowExecutionId) ?? tree.actions.get(tree.rootId as ActionExecutionId);
  return root !== undefined && isCompleted(root.state);
}

function refused(why: string): ApiError {
  return new ApiError('INVALID', `This file cannot be imported. ${why}`);
}

function damaged(what: string): ApiError {
  return refused(`It is damaged, or was changed: ${what}. Nothing was taken from it.`);
}

/** Others have their turn in a long piece of work. */
export class Turns {
  private since = performance.now();

  async next(): Promise<void> {
    if (performance.now() - this.since < TURN) return;
    await endOfTurn();
    this.since = performance.now();
  }
}
