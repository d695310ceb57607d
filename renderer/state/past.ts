import type { Node } from '../../engine/api/resources.ts';
import { call } from './client.ts';
import { getState, update, useStore } from './store.ts';
import { getRow } from './table.ts';
import { type Past, type Tree, treeFrom } from './tree.ts';
import { useNow } from './use-now.ts';
import type { NodeKey, WindowState } from './window-state.ts';

interface Wish {
  readonly rootId: string;
  readonly position: number;
  /** The newest position that is known of the history. */
  readonly last: number;
}

/** What was asked for while another answer was on its way: only the newest matters. */
let next: Wish | null = null;
let asking = false;

/** The instant at which an execution is shown; null: as it is now. */
export function pastOf({ watches }: Pick<WindowState, 'watches'>, rootId: string): Past | null {
  const watch = watches.get(rootId);
  return watch?.status === 'loaded' ? (watch.past ?? null) : null;
}

/**
 * Shows an execution as it was after a commit of its history, in every pane, until `showNow`. What happens meanwhile is
 * kept up to date behind it. Asked faster than answered, only the last wish is shown.
 */
export async function showInstant(wish: Wish): Promise<void> {
  next = wish;
  if (asking) return;
  asking = true;
  for (let now = takeWish(); now !== null; now = takeWish()) await show(now);
  asking = false;
}

function takeWish(): Wish | null {
  const wish = next;
  next = null;
  return wish;
}

async function show({ rootId, position, last }: Wish): Promise<void> {
  const reply = await call('executions.at', { id: rootId, position });
  update((state) => {
    const watch = state.watches.get(rootId);
    if (watch?.status !== 'loaded') return {};
    if (!reply.ok) return { notice: { kind: 'error', message: reply.error.message } };
    const { at, nodes } = reply.output;
    const now = watch.past?.now ?? watch.tree;
    const tree = treeFrom(rootId, { revision: now.revision, nodes });
    const past: Past = { position: reply.output.position, at, last: Math.max(last, reply.output.position), now };
    return {
      watches: new Map(state.watches).set(rootId, { status: 'loaded', tree, past }),
      following: false,
      picked: null,
      selected: state.selected?.rootId === rootId ? nearest(now, tree, state.selected) : state.selected,
    };
  });
}

/** The node itself where it existed, else what it came to be in. */
function nearest(now: Tree, then: Tree, selected: NodeKey): NodeKey {
  for (let id: string | null = selected.id; id !== null; id = getRow<Node>(now.nodes, id)?.parentId ?? null)
    if (getRow(then.nodes, id) !== undefined) return id === selected.id ? selected : { rootId: selected.rootId, id };
  return { rootId: selected.rootId, id: selected.rootId };
}

/** Back to the present. */
export function showNow(rootId: string): void {
  next = null;
  update(({ watches }) => {
    const watch = watches.get(rootId);
    if (watch?.status !== 'loaded' || watch.past === undefined) return {};
    return { watches: new Map(watches).set(rootId, { status: 'loaded', tree: watch.past.now }) };
  });
}

/** The time that an execution is shown at: where it is shown as it was, that instant, which stands still. */
export function useNowIn(rootId: string, ticking: boolean): number {
  const past = useStore((state) => pastOf(state, rootId)?.at ?? null);
  const now = useNow(ticking && past === null);
  return past ?? now;
}

/** For what is reckoned outside of a render. */
export function nowIn(rootId: string): number {
  return pastOf(getState(), rootId)?.at ?? Date.now();
}
