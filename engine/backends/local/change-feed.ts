import type { Change } from '../../api/changes.ts';
import type { Output } from '../../api/methods.ts';
import type { ExecutionTree } from '../../core/execution-tree.ts';
import type { Event } from '../../model/events.ts';
import { type DefinitionLookup, NodeView, type ReportLookup, touchedNodes } from './nodes.ts';

/** At most one batch per frame, in milliseconds: nobody sees more, and a thousand commits cost as much as one. */
const FRAME = 16;

/** Tells what has changed, in batches: of every execution its row in the list, of those that are watched every row. */
export class ChangeFeed {
  private readonly lookup: DefinitionLookup;
  private readonly reportOf: ReportLookup;
  private readonly listeners = new Set<(changes: readonly Change[]) => void>();
  private readonly watched = new Map<string, Watch>();
  /** The newest trees that have not been told of yet. */
  private readonly changed = new Map<string, ExecutionTree>();
  private others: Change[] = [];
  private timer: NodeJS.Timeout | null = null;
  /** The last revision of any tree. Never starts anew, so that a late batch of an earlier watch is known to be old. */
  private revision = 0;

  constructor(lookup: DefinitionLookup, reportOf: ReportLookup = () => null) {
    this.lookup = lookup;
    this.reportOf = reportOf;
  }

  subscribe(listener: (changes: readonly Change[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * All rows of a tree; from now on its changes are told. Nothing falls between the two: changes are gathered before the
   * tree is read, and the rows are those of the newest tree that was told of.
   */
  async watch(rootId: string, load: () => Promise<ExecutionTree>): Promise<Output<'executions.watch'>> {
    const before = this.watched.get(rootId);
    const watch: Watch = before ?? { revision: this.revision, touched: new Set(), latest: null };
    this.watched.set(rootId, watch);
    try {
      const loaded = await load();
      return { revision: watch.revision, nodes: [...new NodeView(watch.latest ?? loaded, this.lookup).all()] };
    } catch (error) {
      // Whoever watches it already goes on watching.
      if (before === undefined && this.watched.get(rootId) === watch) this.watched.delete(rootId);
      throw error;
    }
  }

  unwatch(rootId: string): Record<string, never> {
    this.watched.delete(rootId);
    return {};
  }

  committed(tree: ExecutionTree, events: readonly Event[]): void {
    this.changed.set(tree.rootId, tree);
    const watch = this.watched.get(tree.rootId);
    if (watch !== undefined) {
      watch.latest = tree;
      for (const event of events) for (const id of touchedNodes(tree, event)) watch.touched.add(id);
    }
    this.schedule();
  }

  /** An action of a tree has reported something: only who watches the tree hears of it. */
  reported(rootId: string, actionId: string): void {
    const watch = this.watched.get(rootId);
    if (watch === undefined || watch.latest === null) return;
    watch.touched.add(actionId);
    this.changed.set(rootId, this.changed.get(rootId) ?? watch.latest);
    this.schedule();
  }

  add(change: Change): void {
    this.others.push(change);
    this.schedule();
  }

  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.listeners.clear();
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => this.flush(), FRAME);
  }

  private flush(): void {
    this.timer = null;
    const changes = [...this.changed.values()].flatMap((tree) => this.changesOf(tree));
    const batch = [...changes, ...this.others];
    this.changed.clear();
    this.others = [];
    for (const listener of this.listeners) listener(batch);
  }

  private changesOf(tree: ExecutionTree): readonly Change[] {
    const view = this.view(tree);
    const execution: Change = { type: 'execution', execution: view.root() };
    const watch = this.watched.get(tree.rootId);
    if (watch === undefined || watch.touched.size === 0) return [execution];
    const nodes = [...view.some(watch.touched)];
    watch.touched.clear();
    this.revision += 1;
    watch.revision = this.revision;
    return [execution, { type: 'nodes', rootId: tree.rootId, revision: watch.revision, nodes }];
  }

  private view(tree: ExecutionTree): NodeView {
    return new NodeView(tree, this.lookup, this.reportOf);
  }
}

interface Watch {
  /** Grows with each batch of changed rows. */
  revision: number;
  readonly touched: Set<string>;
  /** The newest tree that was told of, or read for the watch; null while it is being read. */
  latest: ExecutionTree | null;
}
