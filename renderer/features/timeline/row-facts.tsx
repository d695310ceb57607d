import type { Node } from '../../../engine/api/resources.ts';
import { isHeld } from '../../state/nodes.ts';
import { useNowIn } from '../../state/past.ts';
import { isUnderWay, lookOf, looks, stateInWords } from '../../state/state-look.ts';
import { useStore } from '../../state/store.ts';
import { formatDuration, formatExactTime, formatSeconds } from '../../ui/duration.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { nameOf } from './row-in-words.ts';
import styles from './timeline.module.css';

/** One line about the bar under the pointer, or about the selected one. */
export function RowFacts({ node }: { readonly node: Node }) {
  const { createdAt, startedAt } = node;
  const waited = (startedAt ?? createdAt) - createdAt;
  return (
    <>
      <span className={styles.factName}>{nameOf(node)}</span>
      <StateMark {...looks[lookOf(node)]} word={stateInWords(node)} still />
      {startedAt !== null && (
        <span className={styles.fact}>
          started <time>{formatExactTime(startedAt).slice(11)}</time>
        </span>
      )}
      {waited > 0 && <span className={styles.fact}>after {formatDuration(waited)}</span>}
      <Took node={node} />
    </>
  );
}

function Took({ node }: { readonly node: Node }) {
  const held = useStore((state) => isHeld(state, node));
  const counts = node.finishedAt === null && isUnderWay(node) && !held;
  const now = useNowIn(node.rootId, counts);
  if (node.startedAt === null || (node.finishedAt === null && !counts)) return null;
  return (
    <span className={styles.fact}>
      {node.finishedAt === null
        ? `for ${formatSeconds(now - node.startedAt)}`
        : `took ${formatDuration(node.finishedAt - node.startedAt)}`}
    </span>
  );
}
