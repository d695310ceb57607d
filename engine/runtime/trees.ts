import { setImmediate as endOfTurn } from 'node:timers/promises';
import { applyAll } from '../core/apply.ts';
import { documentInSlices, type ExecutionDocument, treeInSlices, treeOfHead } from '../core/document.ts';
import { type ExecutionTree, emptyTree } from '../core/execution-tree.ts';
import { isOwed } from '../core/outstanding.ts';
import type { Commit } from '../model/events.ts';
import type { ActionExecutionId, WorkflowExecutionId } from '../model/ids.ts';
import { isCompleted } from '../model/states.ts';
import type { Listed } from '../store/execution-list.ts';
import type { Snapshot } from '../store/execution-writer.ts';
import type { Store } from '../store/store.ts';

export interface LiveTree {
  readonly tree: ExecutionTree;
  /** How many commits the tree contains. */
  readonly position: number;
  /** Resolves when all of it is on disk; null when it came from there. */
  readonly durable: Promise<void> | null;
  /** Whether later commits were lost to a damaged file, as a sentence. */
  readonly lost: string | null;
}

/** With more trees than this in memory, those that have ended go as soon as their documents are written. */
const KEPT = 50;
/** Milliseconds of reading after which others have their turn. */
const TURN = 8;

/** The newest tree of every execution that goes on, in memory; others are read from the store when somebody asks. */
export class Trees<S extends Listed> {
  private readonly store: Store<Commit, ExecutionDocument, S>;
  private readonly summarize: (tree: ExecutionTree) => S;
  private readonly live = new Map<string, LiveTree>();
  private readonly loading = new Map<string, Promise<LiveTree | null>>();

  constructor(store: Store<Commit, ExecutionDocument, S>, summarize: (tree: ExecutionTree) => S) {
    this.store = store;
    this.summarize = summarize;
  }

  /** What is in memory. */
  get(rootId: string): LiveTree | undefined {
    return this.live.get(rootId);
  }

  /** Every tree in memory: all that go on are. */
  *all(): Iterable<ExecutionTree> {
    for (const { tree } of this.live.values()) yield tree;
  }

  /** Reads the tree unless it is in memory; null when there is none of the id. @throws StoreError */
  async load(rootId: string): Promise<LiveTree | null> {
    const known = this.live.get(rootId);
    if (known !== undefined) return known;
    const loading = this.loading.get(rootId) ?? this.read(rootId);
    this.loading.set(rootId, loading);
    try {
      const live = await loading;
      // Forgotten meanwhile, or somebody else who waited for it has it already, and commands may have been decided.
      if (this.loading.get(rootId) !== loading) return this.live.get(rootId) ?? null;
      if (live !== null) this.keep(rootId, live);
      return live;
    } finally {
      if (this.loading.get(rootId) === loading) this.loading.delete(rootId);
    }
  }

  /** What can be seen of a large tree before it has been read; null when it is in memory, or small. */
  async glance(rootId: string): Promise<ExecutionTree | null> {
    if (this.live.has(rootId)) return null;
    const head = await this.store.head(rootId);
    return head === null || this.live.has(rootId) ? null : treeOfHead(head);
  }

  keep(rootId: string, live: LiveTree): void {
    this.live.set(rootId, live);
  }

  /** Also what is being read now: it was deleted. */
  forget(rootId: string): void {
    this.loading.delete(rootId);
    this.live.delete(rootId);
  }

  /** The tree in memory that holds an action; null when none does. */
  rootOfAction(id: ActionExecutionId): string | null {
    for (const [rootId, { tree }] of this.live) if (tree.actions.has(id)) return rootId;
    return null;
  }

  /** For the store, which writes documents when it sees fit. A tree that has ended can be read again from there. */
  snapshot(rootId: string): Snapshot<ExecutionDocument, S> | null {
    const live = this.live.get(rootId);
    if (live === undefined) return null;
    const { tree, position } = live;
    const isFinal = hasEnded(tree) && !isOwed(tree);
    if (this.live.size > KEPT && isFinal) this.live.delete(rootId);
    return {
      get document() {
        return documentOf(tree);
      },
      summary: this.summarize(tree),
      position,
      isFinal,
    };
  }

  private async read(rootId: string): Promise<LiveTree | null> {
    const stored = await this.store.load(rootId);
    if (stored === null) return null;
    const { document, commits, position, lost } = stored;
    let tree = document === null ? emptyTree(rootId as WorkflowExecutionId) : await finished(treeInSlices(document));
    let turn = performance.now();
    for (const { at, events } of commits) {
      tree = applyAll(tree, events, at);
      if (performance.now() - turn < TURN) continue;
      await endOfTurn();
      turn = performance.now();
    }
    return { tree, position, durable: null, lost };
  }
}

/** At once, or in slices, so that nobody waits for the document of a large tree. */
function documentOf(tree: ExecutionTree): ExecutionDocument | Promise<ExecutionDocument> {
  const making = documentInSlices(tree);
  const { done, value } = making.next();
  return done ? value : finished(making);
}

async function finished<T>(making: Generator<void, T, void>): Promise<T> {
  let turn = performance.now();
  for (;;) {
    const { done, value } = making.next();
    if (done) return value;
    if (performance.now() - turn < TURN) continue;
    await endOfTurn();
    turn = performance.now();
  }
}

function hasEnded(tree: ExecutionTree): boolean {
  const root = tree.workflows.get(tree.rootId as WorkflowExecutionId);
  const action = tree.actions.get(tree.rootId as ActionExecutionId);
  return isCompleted((root ?? action)?.state ?? 'ERROR');
}
