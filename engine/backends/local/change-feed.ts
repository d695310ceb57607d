import type { Change } from '../../api/changes.ts';
import type { Output } from '../../api/methods.ts';
import type { Node } from '../../api/resources.ts';
import type { ExecutionTree } from '../../core/execution-tree.ts';
import type { Event } from '../../model/events.ts';
import { type DefinitionLookup, NodeView, type ReportLookup, touchedNodes } from './nodes.ts';

/** At most one batch per frame, in milliseconds: nobody sees more, and a thousand commits cost as much as one. */
const FRAME = 16;
/**
 * So many rows of a tree are the answer of a watch, and so many follow at once: some screens full, and what the window takes
 * up between two frames.
 */
const FIRST = 1000;
const PAGE = 2500;

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
   * The rows of a tree; from now on its changes are told. Nothing falls between the two: changes are gathered before the
   * tree is read, and the rows are those of the newest tree that was told of. Of a large tree these are the topmost rows;
   * the others follow as changes, a page with each frame, so that neither side stands still for them.
   *
   * @param glance what can be seen of a large tree before all of it has been read: the answer does not wait for the rest
   */
  async watch(
    rootId: string,
    load: () => Promise<ExecutionTree>,
    glance: () => Promise<ExecutionTree | null> = () => Promise.resolve(null),
  ): Promise<Output<'executions.watch'>> {
    const before = this.watched.get(rootId);
    const watch: Watch = before ?? { revision: this.revision, touched: new Set(), latest: null, sending: null };
    this.watched.set(rootId, watch);
    try {
      const seen = before === undefined ? await glance() : null;
      if (seen !== null && watch.latest === null) {
        void this.showRest(rootId, watch, load);
        return { revision: watch.revision, ...this.seenRows(seen) };
      }
      const loaded = await load();
      watch.latest ??= loaded;
      return { revision: watch.revision, ...this.firstRows(rootId, watch, watch.latest) };
    } catch (error) {
      // Whoever watches it already goes on watching.
      if (before === undefined && this.watched.get(rootId) === watch) this.watched.delete(rootId);
      throw error;
    }
  }

  private seenRows(tree: ExecutionTree): Page {
    const nodes = [...this.view(tree).some(first(this.view(tree).byLevel(), FIRST))];
    return { nodes, left: tree.records - nodes.length };
  }

  /** All rows of a tree of which something has been shown, as soon as it is there. */
  private async showRest(rootId: string, watch: Watch, load: () => Promise<ExecutionTree>): Promise<void> {
    const isWatched = (): boolean => this.watched.get(rootId) === watch;
    try {
      const loaded = await load();
      if (!isWatched()) return;
      watch.latest ??= loaded;
      this.tellRows(rootId, watch, this.firstRows(rootId, watch, watch.latest));
    } catch (error) {
      if (!isWatched()) return;
      this.watched.delete(rootId);
      const message = error instanceof Error ? error.message : '';
      for (const listener of this.listeners) listener([{ type: 'watchFailed', rootId, message }]);
    }
  }

  private firstRows(rootId: string, watch: Watch, tree: ExecutionTree): Page {
    const left = tree.workflows.size + tree.tasks.size + tree.actions.size;
    const sending: Sending = { ids: this.view(tree).byLevel(), left, sent: new Set() };
    watch.sending = sending;
    return this.nextPage(rootId, watch, sending, FIRST);
  }

  /** The next rows as they are now. What has come to be since is told of when all of them are sent. */
  private nextPage(rootId: string, watch: Watch, sending: Sending, most: number): Page {
    const { ids, sent } = sending;
    const page = first(ids, most);
    for (const id of page) sent.add(id);
    sending.left = page.length < most ? 0 : sending.left - page.length;
    if (sending.left > 0) setTimeout(() => this.sendPage(rootId, watch, sending), FRAME);
    else watch.sending = null;
    return { nodes: [...this.view(watch.latest as ExecutionTree).some(page)], left: sending.left };
  }

  private sendPage(rootId: string, watch: Watch, sending: Sending): void {
    // It is not watched any more, or was watched anew.
    if (this.watched.get(rootId) !== watch || watch.sending !== sending) return;
    this.tellRows(rootId, watch, this.nextPage(rootId, watch, sending, PAGE));
  }

  private tellRows(rootId: string, watch: Watch, { nodes, left }: Page): void {
    this.revision += 1;
    watch.revision = this.revision;
    for (const listener of this.listeners) listener([{ type: 'nodes', rootId, revision: watch.revision, nodes, left }]);
    if (left > 0 || watch.touched.size === 0 || watch.latest === null) return;
    this.changed.set(rootId, this.changed.get(rootId) ?? watch.latest);
    this.schedule();
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
      for (const event of events) for (const id of touchedNodes(tree, event, this.lookup)) watch.touched.add(id);
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
    // What has not been sent yet is sent as it is then, and nothing comes before what it is shown below.
    const { sending } = watch;
    const ready = sending === null ? [...watch.touched] : [...watch.touched].filter((id) => sending.sent.has(id));
    if (ready.length === 0) return [execution];
    for (const id of ready) watch.touched.delete(id);
    const nodes = [...view.some(ready)];
    this.revision += 1;
    watch.revision = this.revision;
    const left = sending?.left ?? 0;
    return [execution, { type: 'nodes', rootId: tree.rootId, revision: watch.revision, nodes, left }];
  }

  private view(tree: ExecutionTree): NodeView {
    return new NodeView(tree, this.lookup, this.reportOf);
  }
}

/** The next of them, `most` at most. */
function first(ids: Iterator<string, unknown>, most: number): readonly string[] {
  const page: string[] = [];
  while (page.length < most) {
    const next = ids.next();
    if (next.done === true) break;
    page.push(next.value as string);
  }
  return page;
}

/** `left`: so many rows follow. */
interface Page {
  readonly nodes: Node[];
  readonly left: number;
}

interface Watch {
  /** Grows with each batch of changed rows. */
  revision: number;
  readonly touched: Set<string>;
  /** The newest tree that was told of, or read for the watch; null while it is being read. */
  latest: ExecutionTree | null;
  /** While the rows of a large tree are being sent; null when all have been. */
  sending: Sending | null;
}

interface Sending {
  /** Those that are still to be sent. */
  readonly ids: Iterator<string, unknown>;
  left: number;
  /** Those that have been. */
  readonly sent: Set<string>;
}
