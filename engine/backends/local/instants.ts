import { setImmediate as endOfTurn } from 'node:timers/promises';
import { applyAll } from '../../core/apply.ts';
import { type ExecutionTree, emptyTree } from '../../core/execution-tree.ts';
import type { WorkflowExecutionId } from '../../model/ids.ts';
import type { Histories } from './history.ts';

/** An execution as a commit left it. */
export interface Instant {
  readonly tree: ExecutionTree;
  /** The number of that commit; 0 before the first one. */
  readonly position: number;
  /** When it was made, in milliseconds since 1970. */
  readonly at: number;
}

interface Marks {
  /** Instants that are kept, in their order. */
  kept: readonly Instant[];
  /** How many events are between two of them, or a few more. */
  spacing: number;
  /** Until all marks are made; null while nobody makes them. */
  making: Promise<void> | null;
  /** Told of each mark. */
  waiting: (() => void)[];
}

/** The newest tree of an execution and the number of its commits; null when it is not in memory. */
export type NewestTree = (id: string) => { readonly tree: ExecutionTree; readonly position: number } | null;

/** Applying so many events takes some 10 ms. */
const SPACING = 1000;
/** With more marks than this every second one goes: what they do not share takes memory. */
const MARKS = 200;
/** Executions whose marks are kept: those that were looked at last. */
const KEPT = 2;
/** Milliseconds after which others have their turn. */
const TURN = 8;

/**
 * Executions as they were at any of their commits, made from their histories. On the way through a history marks are kept
 * every thousand events, so that only the first look at an instant costs all that was before it, and nothing when they
 * were made ahead. Marks are trees, which share what did not change between them.
 */
export class Instants {
  private readonly histories: Histories;
  private readonly newest: NewestTree;
  private readonly marks = new Map<string, Marks>();

  constructor(histories: Histories, newest: NewestTree) {
    this.histories = histories;
    this.newest = newest;
  }

  /** Makes the marks of an execution in the background: somebody looks at its history and will want to go back in it. */
  async prepare(id: string): Promise<void> {
    const marks = this.marksOf(id);
    marks.making ??= this.walk(id, marks, Number.POSITIVE_INFINITY).then(
      () => this.made(marks),
      (error: unknown) => {
        this.made(marks);
        throw error;
      },
    );
    await marks.making;
  }

  /** After this commit, or after the last one when there are fewer. An execution without commits is an empty tree. */
  async at(id: string, position: number): Promise<Instant> {
    const now = await this.now(id, position);
    if (now !== null) return now;
    const marks = this.marksOf(id);
    // Whoever makes the marks comes by: going there twice at the same time would take twice as long.
    while (marks.making !== null && (marks.kept.at(-1)?.position ?? 0) < position) {
      await new Promise<void>((resolve) => marks.waiting.push(resolve));
    }
    return this.walk(id, marks, position);
  }

  /** The newest tree, when that is what is asked for. */
  private async now(id: string, position: number): Promise<Instant | null> {
    const newest = this.newest(id);
    if (newest === null || newest.position === 0 || position < newest.position) return null;
    for await (const { position: last, commit } of this.histories.history(id, newest.position - 1)) {
      if (last === newest.position) return { tree: newest.tree, position: last, at: commit.at };
    }
    return null;
  }

  private made(marks: Marks): void {
    marks.making = null;
    tell(marks);
  }

  private async walk(id: string, marks: Marks, position: number): Promise<Instant> {
    const begin: Instant = { tree: emptyTree(id as WorkflowExecutionId), position: 0, at: 0 };
    let instant = marks.kept.findLast((mark) => mark.position <= position) ?? begin;
    if (instant.position === position) return instant;
    let since = 0;
    let turn = performance.now();
    for await (const each of this.histories.history(id, instant.position)) {
      if (each.position > position) break;
      const { at, events } = each.commit;
      const tree = applyAll(instant.tree, events, at);
      instant = { tree, position: each.position, at };
      since += events.length;
      if (since >= marks.spacing) {
        keep(marks, instant);
        since = 0;
      }
      if (performance.now() - turn < TURN) continue;
      await endOfTurn();
      turn = performance.now();
    }
    return instant;
  }

  forget(id: string): void {
    this.marks.delete(id);
  }

  private marksOf(id: string): Marks {
    const marks = this.marks.get(id) ?? { kept: [], spacing: SPACING, making: null, waiting: [] };
    this.marks.delete(id);
    this.marks.set(id, marks);
    const [oldest] = this.marks.keys();
    if (this.marks.size > KEPT && oldest !== undefined) this.marks.delete(oldest);
    return marks;
  }
}

function tell(marks: Marks): void {
  const { waiting } = marks;
  marks.waiting = [];
  for (const resolve of waiting) resolve();
}

/** Only behind the last one: before it the marks are as close together as they need to be. */
function keep(marks: Marks, instant: Instant): void {
  if ((marks.kept.at(-1)?.position ?? 0) >= instant.position) return;
  marks.kept = [...marks.kept, instant];
  tell(marks);
  if (marks.kept.length <= MARKS) return;
  marks.kept = marks.kept.filter((_, index) => index % 2 === 1);
  marks.spacing *= 2;
}
