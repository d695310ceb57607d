import { useEffect, useRef, useState } from 'react';
import type { ActionNode } from '../../../engine/api/resources.ts';
import { isCompleted } from '../../../engine/model/states.ts';
import { call } from '../../state/client.ts';
import { foldLines, type LogLine, plainLine } from '../../ui/log/log-rows.ts';

/** An action that logs all the time is asked for its lines this often at most, in milliseconds. */
const PAUSE = 300;

interface Log {
  readonly key: string;
  readonly lines: readonly LogLine[];
}

/** What an action has logged: asked for when it is looked at, whenever there is more, and once more when it has ended. */
export function useLog(action: ActionNode | null): readonly LogLine[] {
  const key = action === null ? '' : `${action.rootId} ${action.id}`;
  const [log, setLog] = useState<Log>({ key: '', lines: [] });
  const last = useRef({ key: '', at: 0, number: 0 });
  const ended = action !== null && isCompleted(action.state);
  const newest = action?.logLines ?? 0;
  useEffect(() => {
    // One that runs and has logged nothing yet says so itself.
    if (key === '' || (!ended && newest === 0)) return;
    const [rootId = '', id = ''] = key.split(' ');
    if (last.current.key !== key) last.current = { key, at: 0, number: 0 };
    let stale = false;
    const ask = async () => {
      last.current.at = Date.now();
      const reply = await call('nodes.log', { rootId, id, after: last.current.number });
      if (stale || !reply.ok) return;
      const fresh = reply.output.lines.map((line) => ({ ...line, text: plainLine(line.text) }));
      last.current.number = fresh.at(-1)?.number ?? last.current.number;
      setLog((before) => ({ key, lines: foldLines(before.key === key ? before.lines : [], fresh) }));
    };
    const timer = window.setTimeout(() => void ask(), Math.max(0, last.current.at + PAUSE - Date.now()));
    return () => {
      stale = true;
      window.clearTimeout(timer);
    };
  }, [key, newest, ended]);
  return log.key === key ? log.lines : NONE;
}

const NONE: readonly LogLine[] = [];
