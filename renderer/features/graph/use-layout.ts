import { useEffect, useState } from 'react';
import type { Loadable } from '../../state/window-state.ts';
import type { GraphModel } from './graph-model.ts';
import type { GraphLayout } from './layout.ts';

const known = new WeakMap<GraphModel, GraphLayout>();

/** Lays the graph out beside the window, which stays free. A graph that was laid out before is there at once. */
export function useLayout(model: GraphModel): Loadable<GraphLayout> {
  const [answer, setAnswer] = useState<{ readonly of: GraphModel; readonly value: Loadable<GraphLayout> } | null>(null);
  useEffect(() => {
    if (known.has(model)) return;
    const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<GraphLayout>) => {
      known.set(model, data);
      setAnswer({ of: model, value: { status: 'loaded', value: data } });
      worker.terminate();
    };
    worker.onerror = ({ message }) => setAnswer({ of: model, value: { status: 'failed', message } });
    worker.postMessage(model);
    return () => worker.terminate();
  }, [model]);
  const layout = known.get(model);
  if (layout !== undefined) return { status: 'loaded', value: layout };
  return answer?.of === model ? answer.value : { status: 'loading' };
}
