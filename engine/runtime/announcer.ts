import type { ExecutionTree } from '../core/execution-tree.ts';
import type { Event } from '../model/events.ts';
import type { Logger } from '../model/logger.ts';

/** Hears of a commit once it is on disk. */
export type CommitListener = (tree: ExecutionTree, events: readonly Event[]) => void;

interface Group {
  readonly durable: Promise<void>;
  readonly commits: { readonly tree: ExecutionTree; readonly events: readonly Event[] }[];
  readonly told: Promise<void>;
}

/**
 * Tells of commits once they are on disk, in their order: what is shown is never ahead of what would be there after a
 * crash.
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
   * The store gives one promise to everything that reaches the disk together: that is also told together. Resolves when
   * it has been told.
   */
  tellOnceDurable(durable: Promise<void>, tree: ExecutionTree, events: readonly Event[]): Promise<void> {
    if (this.newest?.durable !== durable) {
      const commits: Group['commits'] = [];
      this.newest = { durable, commits, told: durable.then(() => this.tell(commits)) };
    }
    this.newest.commits.push({ tree, events });
    return this.newest.told;
  }

  private tell(commits: Group['commits']): void {
    const newest = new Map(commits.map(({ tree }) => [tree.rootId, tree]));
    for (const tree of newest.values()) this.guard(tree, () => this.summarize(tree));
    for (const { tree, events } of commits) {
      for (const listener of this.listeners) this.guard(tree, () => listener(tree, events));
    }
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
