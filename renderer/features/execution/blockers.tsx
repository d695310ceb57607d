import type { TaskNode } from '../../../engine/api/resources.ts';
import { pickTask, showNode } from '../../state/execution-actions.ts';
import { isHeld, nodeOf } from '../../state/nodes.ts';
import { useNowIn } from '../../state/past.ts';
import { isUnderWay, lookOf, looks } from '../../state/state-look.ts';
import { useStore } from '../../state/store.ts';
import { formatSeconds } from '../../ui/duration.ts';
import { Glyph } from '../../ui/glyph.tsx';
import styles from './blockers.module.css';

interface BlockersProps {
  readonly node: TaskNode;
  readonly waitsFor: NonNullable<TaskNode['waitsFor']>;
}

/** The tasks that a task waits for, each of which can be gone to. */
export function Blockers({ node, waitsFor }: BlockersProps) {
  return (
    <ul className={styles.blockers} aria-label="Waits for">
      {waitsFor.map(({ name, id }) => (
        <li key={name}>
          {id === null ? <NotStarted node={node} name={name} /> : <Blocker rootId={node.rootId} id={id} name={name} />}
        </li>
      ))}
    </ul>
  );
}

function Blocker({ rootId, id, name }: { readonly rootId: string; readonly id: string; readonly name: string }) {
  const node = useStore((state) => nodeOf(state, { rootId, id }));
  const held = useStore((state) => node !== null && isHeld(state, node));
  const goesOn = node !== null && isUnderWay(node) && !held;
  const now = useNowIn(rootId, goesOn);
  const look = node === null ? 'RUNNING' : lookOf(node);
  const { glyph, family, word } = looks[look];
  return (
    <button type="button" className={styles.blocker} onClick={() => showNode({ rootId, id })}>
      <Glyph name={glyph} family={family} still />
      <span className={styles.name}>{name}</span>
      <span className={styles.state}>
        {word.toLowerCase()}
        {goesOn && node.startedAt !== null && ` for ${formatSeconds(now - node.startedAt)}`}
      </span>
    </button>
  );
}

function NotStarted({ node, name }: { readonly node: TaskNode; readonly name: string }) {
  const { glyph, family, word } = looks.IDLE;
  return (
    <button
      type="button"
      className={styles.blocker}
      onClick={() => node.parentId !== null && pickTask({ rootId: node.rootId, id: node.parentId }, name)}
    >
      <Glyph name={glyph} family={family} still />
      <span className={styles.name}>{name}</span>
      <span className={styles.state}>{word.toLowerCase()}</span>
    </button>
  );
}
