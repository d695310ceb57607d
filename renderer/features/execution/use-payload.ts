import { useEffect, useRef, useState } from 'react';
import type { Payload, PayloadField } from '../../../engine/api/methods.ts';
import type { Node } from '../../../engine/api/resources.ts';
import { isCompleted } from '../../../engine/model/states.ts';
import { call } from '../../state/client.ts';
import { pastOf } from '../../state/past.ts';
import { useStore } from '../../state/store.ts';

/** A node that changes all the time is asked for its payload this often at most, in milliseconds. */
const PAUSE = 400;

export type PayloadState =
  | { readonly status: 'loading' }
  | { readonly status: 'loaded'; readonly payload: Payload }
  | { readonly status: 'failed'; readonly message: string };

interface Answer {
  readonly key: string;
  /** Whether the node had ended when it was asked. */
  readonly ended: boolean;
  readonly state: PayloadState;
}

/**
 * A part of a node, asked for when it is looked at and again whenever the node has changed. What is known of the same
 * node stays until the new answer is there. `limit` is in characters.
 */
export function usePayload(node: Node, field: PayloadField, limit: number): PayloadState {
  const { rootId, id } = node;
  const position = useStore((state) => pastOf(state, rootId)?.position ?? null);
  const key = `${rootId} ${id} ${field} ${limit} ${position ?? 'now'}`;
  const [answer, setAnswer] = useState<Answer | null>(null);
  const ended = isCompleted(node.state);
  const askedAt = useRef({ key: '', at: 0 });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the node changes as an object whenever anything of it changes
  useEffect(() => {
    let stale = false;
    const ask = async () => {
      askedAt.current = { key, at: Date.now() };
      const reply = await call('nodes.payload', {
        rootId,
        id,
        field,
        limit,
        ...(position !== null && { position }),
      });
      if (stale) return;
      setAnswer({
        key,
        ended,
        state: reply.ok
          ? { status: 'loaded', payload: reply.output }
          : { status: 'failed', message: reply.error.message },
      });
    };
    const { key: lastKey, at } = askedAt.current;
    const wait = lastKey === key ? Math.max(0, at + PAUSE - Date.now()) : 0;
    const timer = window.setTimeout(() => void ask(), wait);
    return () => {
      stale = true;
      window.clearTimeout(timer);
    };
  }, [key, node]);

  if (answer?.key !== key) return { status: 'loading' };
  // It has ended since: what was not there then may be there now.
  const { state } = answer;
  const outdated = state.status === 'loaded' && state.payload.type === 'none' && answer.ended !== ended;
  return outdated ? { status: 'loading' } : state;
}
