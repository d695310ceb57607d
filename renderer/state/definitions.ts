import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from './client.ts';
import type { FoundWorkflow } from './find-workflow.ts';
import { useStore } from './store.ts';
import type { Loadable, NodeKey, WindowState } from './window-state.ts';

/** Larger texts are not fetched, in characters. */
const LIMIT = 2_000_000;
/** In characters: reading more than this takes longer than a frame. */
const AT_ONCE = 60_000;
/** How many are kept, so that going back and forth asks for nothing. */
const KEPT = 12;

/** What an execution runs by. It never changes, also when the library has something newer. */
export interface Definition extends FoundWorkflow {
  readonly text: string;
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

/** Where the text of a workflow comes from that is wanted beside others: what an execution runs by, or the library. */
export type WantedDefinition =
  | { readonly type: 'execution'; readonly key: string; readonly node: NodeKey; readonly name: string }
  | { readonly type: 'library'; readonly key: string; readonly name: string; readonly namespace: string };

/**
 * Several definitions, by the keys under which they are wanted, and the function that says which are: it asks for those that
 * are not there, for those that the library has newer by now, and again for one that could not be had once it is wanted anew.
 */
export function useDefinitions() {
  const [answers, setAnswers] = useState<ReadonlyMap<string, Loadable<Definition>>>(new Map());
  const workflows = useStore((state) => state.workflows);
  const asked = useRef(new Map<string, number | null>());
  const failed = useRef(new Set<string>());
  const want = useCallback(
    (wanted: readonly WantedDefinition[]) => {
      for (const key of failed.current) {
        if (wanted.some((each) => each.key === key)) continue;
        failed.current.delete(key);
        asked.current.delete(key);
      }
      for (const each of wanted) {
        const version = each.type === 'execution' ? null : versionIn(workflows, each);
        if (asked.current.has(each.key) && asked.current.get(each.key) === version) continue;
        asked.current.set(each.key, version);
        void (each.type === 'execution' ? load(each.node, each.name) : loadFromLibrary(each)).then((answer) => {
          if (asked.current.get(each.key) !== version) return;
          if (answer.status === 'failed') failed.current.add(each.key);
          setAnswers((before) => new Map(before).set(each.key, answer));
        });
      }
    },
    [workflows],
  );
  return { answers, want };
}

/** When a workflow was saved last; null when the library has none of the name. */
function versionIn(
  workflows: WindowState['workflows'],
  { name, namespace }: Extract<WantedDefinition, { type: 'library' }>,
): number | null {
  if (workflows.status !== 'loaded') return null;
  return workflows.value.find((each) => each.name === name && each.namespace === namespace)?.updatedAt ?? null;
}

async function loadFromLibrary({
  name,
  namespace,
}: Extract<WantedDefinition, { type: 'library' }>): Promise<Loadable<Definition>> {
  const reply = await call('workflows.get', { name, namespace });
  if (!reply.ok) return { status: 'failed', message: reply.error.message };
  const { text } = reply.output;
  return { status: 'loaded', value: await read(text, name) };
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
      return { status: 'loaded', value: await read(payload.text, name) };
  }
}

/**
 * A workflow in a text that is there already, or null while it is looked for. In another text it is looked for anew, and the
 * last answer stays meanwhile.
 *
 * @param text null while it is on its way
 */
export function useFound(text: string | null, name: string): FoundWorkflow | null {
  const [found, setFound] = useState<FoundWorkflow | null>(null);
  useEffect(() => {
    if (text === null) return;
    let stale = false;
    void read(text, name).then((definition) => !stale && setFound(definition));
    return () => {
      stale = true;
    };
  }, [text, name]);
  return found;
}

/** A text that takes longer than a frame is read beside the window. */
async function read(text: string, name: string): Promise<Definition> {
  if (text.length <= AT_ONCE) {
    // All of the language, which the first picture of the window does without.
    const { findWorkflow } = await import('./find-workflow.ts');
    return { text, ...findWorkflow(text, name) };
  }
  const found = await new Promise<FoundWorkflow>((resolve) => {
    const worker = new Worker(new URL('./find-workflow-worker.ts', import.meta.url), { type: 'module' });
    const answer = (of: FoundWorkflow): void => {
      worker.terminate();
      resolve(of);
    };
    worker.onmessage = ({ data }: MessageEvent<FoundWorkflow>) => answer(data);
    worker.onerror = () => answer({ workflow: null, beside: [] });
    worker.postMessage({ text, name });
  });
  return { text, ...found };
}

function keep(key: string, definition: Definition): void {
  kept.set(key, definition);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
}
