import { useEffect, useMemo, useRef, useState } from 'react';
import type { HistoryFilter, Output } from '../../engine/api/methods.ts';
import type { HistoryEvent } from '../../engine/api/resources.ts';
import { call } from './client.ts';
import { nodeOf } from './nodes.ts';
import { pastOf } from './past.ts';
import { isUnderWay } from './state-look.ts';
import { getState, useStore } from './store.ts';
import { getRow } from './table.ts';

const PAGE = 1000;
/** Where little matches, pages are asked for until there are so many events more. */
const ENOUGH = 200;
/** More events than these are not kept: those farthest from what is looked at go, and are fetched again. */
const KEPT = 20_000;
/** An execution in which something happens all the time is asked this often at most, in milliseconds. */
const PAUSE = 100;
/** What was refused is asked for again after so many milliseconds. */
const AGAIN = 1000;

/** A stretch of the history of an execution: the events of the commits behind `start` up to `end`, the oldest first. */
export interface History {
  /** `loading`: a page is on its way. `failed`: it could not be had, because of what `error` says, and is asked for again. */
  readonly status: 'loading' | 'loaded' | 'failed';
  /** Another array exactly when there are others: what follows the end goes by it. */
  readonly events: readonly HistoryEvent[];
  readonly start: number;
  readonly end: number;
  /** There is more on this side, which can be fetched. */
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
  /** The newest commit that is known. */
  readonly last: number;
  readonly error: string | null;
}

type Direction = 'before' | 'after';

const nothing = { events: [], start: 0, end: 0, hasBefore: false, hasAfter: false, last: 0, error: null };
const unknown: History = { status: 'loading', ...nothing };

/**
 * The part of the history of an execution that is looked at. Its end is kept up to date for as long as it is shown: of one
 * that runs the end is what is shown first, of others the start.
 */
export function useHistory(rootId: string, filter: HistoryFilter) {
  const [history, setHistory] = useState(unknown);
  const follower = useRef<Follower | null>(null);
  // The root changes as an object whenever anything happens below it.
  const root = useStore((state) => {
    const now = pastOf(state, rootId)?.now;
    return now === undefined ? nodeOf(state, { rootId, id: rootId }) : getRow(now.nodes, rootId);
  });
  useEffect(() => {
    const following = followHistory(rootId, filter, setHistory);
    follower.current = following;
    return following.stop;
  }, [rootId, filter]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has changed does not matter, only that it has
  useEffect(() => follower.current?.look(), [root]);
  const load = useMemo(
    () => ({
      /** More of it, to either side. */
      before: () => follower.current?.load('before'),
      after: () => follower.current?.load('after'),
      /** Another part of it in the place of what is there. */
      start: () => follower.current?.jump('after'),
      end: () => follower.current?.jump('before'),
    }),
    [],
  );
  return { history, load };
}

interface Follower {
  /** Something may have happened. */
  readonly look: () => void;
  readonly load: (direction: Direction) => void;
  /** To the start of the history (what comes `after` it), or to its end, once the page that is on its way is there. */
  readonly jump: (direction: Direction) => void;
  readonly stop: () => void;
}

/**
 * Fetches what `useHistory` shows.
 *
 * @param tell called after each page, and when one was refused
 */
export function followHistory(id: string, filter: HistoryFilter, tell: (history: History) => void): Follower {
  let known = unknown;
  let asking = false;
  let again = false;
  let jumpTo: Direction | null = null;
  let stopped = false;
  let timer: number | undefined;
  let retry: number | undefined;

  const ask = async (direction: Direction, from: 'here' | 'anew', most: number): Promise<void> => {
    asking = true;
    window.clearTimeout(retry);
    let found = 0;
    for (let isFirst = from === 'anew'; ; isFirst = false) {
      const cursor = isFirst ? null : String(direction === 'after' ? known.end : known.start);
      const reply = await call('executions.history', { id, direction, cursor, limit: PAGE, filter });
      if (stopped) return;
      if (!reply.ok) {
        known = { ...known, status: 'failed', error: reply.error.message };
        retry = window.setTimeout(() => void ask(direction, isFirst ? 'anew' : 'here', most), AGAIN);
        break;
      }
      const page = reply.output;
      found += page.events.length;
      const isEnough = !page.more || found >= most;
      known = { ...joined(isFirst ? null : known, page, direction), status: isEnough ? 'loaded' : 'loading' };
      if (isEnough || jumpTo !== null) break;
      tell(known);
    }
    asking = false;
    tell(known);
    if (jumpTo !== null) jump(jumpTo);
    else if (again) look();
  };
  const jump = (direction: Direction): void => {
    jumpTo = asking ? direction : null;
    if (!asking) void ask(direction, 'anew', ENOUGH);
  };
  const look = (): void => {
    again = asking;
    if (asking || known.hasAfter) return;
    timer ??= window.setTimeout(() => {
      timer = undefined;
      if (asking) again = true;
      else void ask('after', 'here', Number.POSITIVE_INFINITY);
    }, PAUSE);
  };
  const root = nodeOf(getState(), { rootId: id, id });
  const isSearch = filter.text.trim() !== '' || filter.types !== null || filter.nodeId !== null;
  void ask(root !== null && isUnderWay(root) && !isSearch ? 'before' : 'after', 'anew', ENOUGH);
  return {
    look,
    load: (direction) => {
      const hasMore = direction === 'before' ? known.hasBefore : known.hasAfter;
      if (!asking && hasMore && known.status !== 'failed') void ask(direction, 'here', ENOUGH);
    },
    jump,
    stop: () => {
      stopped = true;
      window.clearTimeout(timer);
      window.clearTimeout(retry);
    },
  };
}

/** What is known with a page that adjoins it; null: nothing is. */
export function joined(
  known: Omit<History, 'status'> | null,
  page: Output<'executions.history'>,
  direction: Direction,
): Omit<History, 'status'> {
  const [start, end] = [Number(page.start), Number(page.end)];
  const { last, more } = page;
  if (known === null) {
    const has = { hasBefore: direction === 'before' && more, hasAfter: direction === 'after' && more };
    return { ...nothing, events: page.events, start, end, last, ...has };
  }
  if (direction === 'before') {
    const events = [...page.events, ...known.events];
    const whole = { ...known, events, start, last, hasBefore: more, error: null };
    const cut = firstOfCommit(events, KEPT);
    if (cut === null) return whole;
    return { ...whole, events: events.slice(0, cut.index), end: cut.position - 1, hasAfter: true };
  }
  const events = page.events.length === 0 ? known.events : [...known.events, ...page.events];
  const whole = { ...known, events, end, last, hasAfter: more, error: null };
  const cut = firstOfCommit(events, events.length - KEPT);
  if (cut === null) return whole;
  return { ...whole, events: events.slice(cut.index), start: cut.position - 1, hasBefore: true };
}

/** The first event from there on that begins a commit: what was committed at once stays together. */
function firstOfCommit(events: readonly HistoryEvent[], from: number) {
  for (let index = Math.max(1, from); from > 0 && index < events.length; index += 1) {
    const position = events[index]?.position ?? 0;
    if (position !== events[index - 1]?.position) return { index, position };
  }
  return null;
}
