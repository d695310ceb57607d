import { useEffect, useRef, useState } from 'react';
import type { HistoryEvent } from '../../engine/api/resources.ts';
import { call } from './client.ts';
import { nodeOf } from './nodes.ts';
import { pastOf } from './past.ts';
import { useStore } from './store.ts';
import { getRow } from './table.ts';

const PAGE = 2000;
/** An execution in which something happens all the time is asked this often at most, in milliseconds. */
const PAUSE = 100;

/** What is known of the history of an execution; the oldest event first. */
export interface History {
  /** `loading`: there is more. `failed`: it ends here because of what `error` says. */
  readonly status: 'loading' | 'loaded' | 'failed';
  readonly events: readonly HistoryEvent[];
  readonly error: string | null;
}

const unknown: History = { status: 'loading', events: [], error: null };

/** The history of an execution, read page by page and then kept up to date for as long as it is shown. */
export function useHistory(rootId: string): History {
  const [known, setKnown] = useState({ rootId, history: unknown });
  const follower = useRef<Follower | null>(null);
  // The root changes as an object whenever anything happens below it.
  const root = useStore((state) => {
    const now = pastOf(state, rootId)?.now;
    return now === undefined ? nodeOf(state, { rootId, id: rootId }) : getRow(now.nodes, rootId);
  });
  useEffect(() => {
    const following = followHistory(rootId, (history) => setKnown({ rootId, history }));
    follower.current = following;
    return following.stop;
  }, [rootId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has changed does not matter, only that it has
  useEffect(() => follower.current?.look(), [root]);
  return known.rootId === rootId ? known.history : unknown;
}

interface Follower {
  /** Something may have happened. */
  readonly look: () => void;
  readonly stop: () => void;
}

function followHistory(rootId: string, tell: (history: History) => void): Follower {
  let cursor: string | null = null;
  let events: readonly HistoryEvent[] = [];
  let asking = false;
  let again = false;
  let stopped = false;
  let timer: number | undefined;

  const ask = async (): Promise<void> => {
    timer = undefined;
    asking = true;
    again = false;
    const reply = await call('executions.history', { id: rootId, cursor, limit: PAGE });
    asking = false;
    if (stopped) return;
    if (!reply.ok) {
      tell({ status: 'failed', events, error: reply.error.message });
      return;
    }
    const { events: page, next, more } = reply.output;
    cursor = next;
    if (page.length > 0) events = [...events, ...page];
    tell({ status: more ? 'loading' : 'loaded', events, error: null });
    if (more) void ask();
    else if (again) look();
  };
  const look = (): void => {
    if (asking) again = true;
    else timer ??= window.setTimeout(() => void ask(), PAUSE);
  };
  void ask();
  return {
    look,
    stop: () => {
      stopped = true;
      window.clearTimeout(timer);
    },
  };
}
