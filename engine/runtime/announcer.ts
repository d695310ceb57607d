import type { ExecutionTree } from '../core/execution-tree.ts';
import type { Event } from '../model/events.ts';
import type { Logger } from '../model/logger.ts';

/**
 * Hears of what was committed for an execution once it is on disk: the events of all its commits that reached the disk
 * together, in their order, and the tree that the last of them left. An event may stand for a moment that the tree is
 * beyond already.
 */
export type CommitListener = (tree: ExecutionTree, events: readonly Event[]) => void;

interface Group {
  readonly durable: Promise<void>;
  /**
   * By root, the one that was committed first first. Only the newest tree of each is held: the copies that were made on
   * the way to it, some dozen kilobytes for each commit, would stay alive until the disk has answered.
   */
  readonly executions: Map<string, Untold>;
  readonly told: Promise<void>;
}

/** What an execution has committed in a group. */
interface Untold {
  tree: ExecutionTree;
  /** Of each commit. */
  readonly events: (readonly Event[])[];
}

/**
 * Tells of commits once they are on disk, those of one execution in their order: what is shown is never ahead of what
 * would be there after a crash.
 */
export class Announcer {
  private readonly log: Logger;
  private readonly summarize: (tree: ExecutionTree) => void;
  private readonly listeners = new Set<CommitListener>();
  /** The newest group of commits that is on its way to the disk. */
  private newest: Group | null = null;

  /** @param summarize called once for each execution of a group, with its newest tree, before anybody hears of it */
  constructor(summarize: (tree: ExecutionTree) => void, log: Logger) {
    this.summarize = summarize;
    this.log = log;
  }

  /** Returns the function that ends it. */
  onCommit(listener: CommitListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * The store gives one promise to what reaches the disk together: what comes one after the other with the same promise is
   * told together. Resolves when it has been told.
   */
  tellOnceDurable(durable: Promise<void>, tree: ExecutionTree, events: readonly Event[]): Promise<void> {
    if (this.newest?.durable !== durable) {
      const executions: Group['executions'] = new Map();
      this.newest = { durable, executions, told: durable.then(() => this.tell(executions)) };
    }
    const { executions, told } = this.newest;
    const known = executions.get(tree.rootId);
    if (known === undefined) executions.set(tree.rootId, { tree, events: [events] });
    else {
      known.tree = tree;
      known.events.push(events);
    }
    return told;
  }

  private tell(executions: Group['executions']): void {
    for (const { tree } of executions.values()) this.guard(tree, () => this.summarize(tree));
    for (const { tree, events } of executions.values()) {
      const all = events.flat();
      for (const listener of this.listeners) this.guard(tree, () => listener(tree, all));
    }
    // Else the trees would be held until the next commit.
    if (this.newest?.executions === executions) this.newest = null;
  }

  /** What goes wrong with one execution, or with one listener, is no concern of the others. */
  private guard(tree: ExecutionTree, part: () => void): void {
    try {
      part();
    } catch (error) {
      this.log.error(`What became of the execution ${tree.rootId} could not be told.`, error);
    }
  }
}
