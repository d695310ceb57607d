import type { Node } from '../../../engine/api/resources.ts';
import { isHeld, messageOf } from '../../state/nodes.ts';
import { lookOf, looks } from '../../state/state-look.ts';
import { useStore } from '../../state/store.ts';
import { formatCountdown } from '../../ui/duration.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { useNow } from '../../ui/use-now.ts';
import styles from './inspector.module.css';
import { StillRunning } from './still-running.tsx';
import { usePayload } from './use-payload.ts';

const LIMIT = 100_000;

/** Why it is in the state it is in: what it waits for, what went wrong, what is still running. */
export function Reason({ node }: { readonly node: Node }) {
  const look = lookOf(node);
  const message = useStore((state) => messageOf(node, isHeld(state, node)));
  if (node.kind === 'workflow' && look === 'PAUSING') return <StillRunning workflow={node} />;
  if (message === null) return null;
  const { glyph, family } = looks[look];
  return (
    <div className={styles.reason} data-family={family}>
      <Glyph name={glyph} family={family} still />
      <div className={styles.reasonText}>
        {look === 'ERROR' || look === 'HANDLED' ? <WholeText node={node} message={message} /> : <p>{message}</p>}
        {node.kind === 'task' && node.dueAt !== null && <Countdown dueAt={node.dueAt} />}
      </div>
    </div>
  );
}

/** The first line is known; the others are fetched. */
function WholeText({ node, message }: { readonly node: Node; readonly message: string }) {
  const state = usePayload(node, 'stateInfo', LIMIT);
  const text = state.status === 'loaded' && state.payload.type === 'text' ? state.payload.text : message;
  return <pre className={styles.text}>{text}</pre>;
}

function Countdown({ dueAt }: { readonly dueAt: number }) {
  const now = useNow(true);
  return <p className={styles.countdown}>{formatCountdown(dueAt - now)} left</p>;
}
