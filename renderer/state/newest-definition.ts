import { useEffect, useState } from 'react';
import type { WorkflowNode, WorkflowSummary } from '../../engine/api/resources.ts';
import { loadText } from './document-actions.ts';
import { useStore } from './store.ts';
import type { Loadable } from './window-state.ts';

/** What the library has now in the place of what an execution runs by. */
export type Newest =
  | { readonly type: 'same' }
  | { readonly type: 'changed'; readonly text: string; readonly updatedAt: number }
  | { readonly type: 'deleted' };

interface Asked {
  readonly key: string;
  readonly value: Loadable<string>;
}

/** Compares the text that a workflow execution runs by with the one of the library, also when that changes. */
export function useNewest({ name, namespace = '' }: WorkflowNode, text: string): Loadable<Newest> {
  const summary = useStore(({ workflows }) =>
    workflows.status === 'loaded' ? (findSummary(workflows.value, name, namespace) ?? null) : undefined,
  );
  const key = summary ? `${summary.namespace}/${name} ${summary.updatedAt}` : '';
  const [asked, setAsked] = useState<Asked | null>(null);
  const at = summary?.namespace ?? null;
  useEffect(() => {
    if (at === null) return;
    let stale = false;
    void loadText({ kind: 'workflow', name, namespace: at }).then((reply) => {
      if (stale) return;
      const value: Loadable<string> = reply.ok
        ? { status: 'loaded', value: reply.output }
        : { status: 'failed', message: reply.error.message };
      setAsked({ key, value });
    });
    return () => {
      stale = true;
    };
  }, [key, at, name]);

  if (summary === null) return { status: 'loaded', value: { type: 'deleted' } };
  if (summary === undefined || asked?.key !== key) return { status: 'loading' };
  if (asked.value.status !== 'loaded') return asked.value;
  const newest = asked.value.value;
  return {
    status: 'loaded',
    value: newest === text ? { type: 'same' } : { type: 'changed', text: newest, updatedAt: summary.updatedAt },
  };
}

/** A namespace also sees what is in the default one. */
function findSummary(workflows: readonly WorkflowSummary[], name: string, namespace: string) {
  return (
    workflows.find((each) => each.name === name && each.namespace === namespace) ??
    workflows.find((each) => each.name === name && each.namespace === '')
  );
}
