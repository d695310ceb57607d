import type { Reply, WindroseBridge } from '../../electron/bridge.ts';
import type { WindowInput, WindowMethodName, WindowOutput } from '../../electron/contract.ts';
import type { Change } from '../../engine/api/changes.ts';

declare global {
  interface Window {
    readonly windrose: WindroseBridge;
  }
}

export type { Reply } from '../../electron/bridge.ts';

/** Asks the shell or the backend. Never rejects: what went wrong is in the reply, as a sentence. */
export async function call<M extends WindowMethodName>(
  method: M,
  input: WindowInput<M>,
): Promise<Reply<WindowOutput<M>>> {
  if (!large.has(method)) return window.windrose.call(method, input);
  return JSON.parse(await window.windrose.read(method, input)) as Reply<WindowOutput<M>>;
}

/** What may be answered with thousands of rows. */
const large: ReadonlySet<WindowMethodName> = new Set<WindowMethodName>([
  'executions.list',
  'executions.watch',
  'executions.at',
  'executions.history',
]);

type Listener = (changes: readonly Change[]) => void;
const listeners = new Set<Listener>();
let stop: (() => void) | null = null;

/** What the backend tells, read once for all who listen. Returns the function that ends it. */
export function onChanges(listener: Listener): () => void {
  listeners.add(listener);
  stop ??= window.windrose.onChanges((text) => {
    const changes = JSON.parse(text) as readonly Change[];
    for (const each of [...listeners]) each(changes);
  });
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stop?.();
    stop = null;
  };
}
