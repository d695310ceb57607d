import type { Reply, WindroseBridge } from '../../electron/bridge.ts';
import type { WindowInput, WindowMethodName, WindowOutput } from '../../electron/contract.ts';

declare global {
  interface Window {
    readonly windrose: WindroseBridge;
  }
}

export type { Reply } from '../../electron/bridge.ts';

/** Asks the shell or the backend. Never rejects: what went wrong is in the reply, as a sentence. */
export function call<M extends WindowMethodName>(method: M, input: WindowInput<M>): Promise<Reply<WindowOutput<M>>> {
  return window.windrose.call(method, input);
}
