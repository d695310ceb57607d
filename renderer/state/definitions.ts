import { useEffect, useState } from 'react';
import type { WorkflowDefinition } from '../../engine/language/definition.ts';
import { call } from './client.ts';
import { findWorkflow } from './find-workflow.ts';
import type { Loadable, NodeKey } from './window-state.ts';

/** Larger texts are not fetched, in characters. */
const LIMIT = 2_000_000;
/** In characters: reading more than this takes longer than a frame. */
const AT_ONCE = 60_000;
/** How many are kept, so that going back and forth asks for nothing. */
const KEPT = 12;

/** What an execution runs by. It never changes, also when the library has something newer. */
export interface Definition {
  readonly text: string;
  /** Null when the text is not understood: it comes from elsewhere, or from another version. */
  readonly workflow: WorkflowDefinition | null;
}

const kept = new Map<string, Definition>();

/** The definition of a workflow execution, fetched once. `name` is that of its workflow; the text may have several. */
export function useDefinition({ rootId, id }: NodeKey, name: string): Loadable<Definition> {
  const key = `${rootId} ${id}`;
  const [answer, setAnswer] = useState<{ readonly key: string; readonly value: Loadable<Definition> } | null>(null);
  const known = kept.get(key);
  useEffect(() => {
    if (kept.has(key)) return;
    let stale = false;
    void load({ rootId, id }, name).then((value) => {
      if (stale) return;
      if (value.status === 'loaded') keep(key, value.value);
      setAnswer({ key, value });
    });
    return () => {
      stale = true;
    };
  }, [key, rootId, id, name]);
  if (known !== undefined) return { status: 'loaded', value: known };
  return answer?.key === key ? answer.value : { status: 'loading' };
}

async function load({ rootId, id }: NodeKey, name: string): Promise<Loadable<Definition>> {
  const reply = await call('nodes.payload', { rootId, id, field: 'definition', limit: LIMIT });
  if (!reply.ok) return { status: 'failed', message: reply.error.message };
  const payload = reply.output;
  switch (payload.type) {
    case 'none':
      return { status: 'failed', message: 'The execution was stored without its definition.' };
    case 'tooLarge':
      return { status: 'failed', message: `The definition has ${payload.size.toLocaleString('en')} characters.` };
    case 'json':
    case 'text':
      return { status: 'loaded', value: { text: payload.text, workflow: await read(payload.text, name) } };
  }
}

/** A text that takes longer than a frame is read beside the window. */
function read(text: string, name: string): Promise<WorkflowDefinition | null> {
  if (text.length <= AT_ONCE) return Promise.resolve(findWorkflow(text, name));
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./find-workflow-worker.ts', import.meta.url), { type: 'module' });
    const answer = (found: WorkflowDefinition | null) => {
      worker.terminate();
      resolve(found);
    };
    worker.onmessage = ({ data }: MessageEvent<WorkflowDefinition | null>) => answer(data);
    worker.onerror = () => answer(null);
    worker.postMessage({ text, name });
  });
}

function keep(key: string, definition: Definition): void {
  kept.set(key, definition);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
}
