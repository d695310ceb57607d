import { Layers, Workflow } from 'lucide-react';
import { memo } from 'react';
import type { TaskNode } from '../../../engine/api/resources.ts';
import type { TaskDefinition } from '../../../engine/language/definition.ts';
import { isUnderWay, lookOf, looks } from '../../state/state-look.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import type { Box } from './layout.ts';
import styles from './task-box.module.css';

interface TaskBoxProps {
  readonly task: TaskDefinition;
  readonly box: Box;
  /** The last time that it ran; null when it has not. */
  readonly node: TaskNode | null;
  readonly count: number;
  /** It may still be started; null: nothing is being executed, and there is no state to tell. */
  readonly possible: boolean | null;
  /** Its workflow is paused and nothing of it runs. */
  readonly held: boolean;
  readonly selected: boolean;
  /** Tab leads here. */
  readonly current: boolean;
  readonly onSelect: (name: string, node: TaskNode | null) => void;
  /** Goes into the workflow that the task has run. */
  readonly onEnter: (node: TaskNode) => void;
}

/** A task: lit when it has run, dimmed when it has not yet, hatched when it can no longer. */
export const TaskBox = memo(function TaskBox(props: TaskBoxProps) {
  const { task, box, node, count, possible, held, selected, onSelect, onEnter } = props;
  const look = node === null ? null : looks[lookOf(node)];
  const word = look?.word ?? (possible === null ? null : possible ? looks.IDLE.word : 'Will not run');
  const join = task.join === null ? null : `join ${task.join}`;
  const nested = node !== null && task.runs.type === 'WORKFLOW' && node.childCount > 0;
  const name = [
    task.name,
    task.runs.name,
    ...(word === null ? [] : [word]),
    ...(count > 1 ? [`ran ${count} times`] : []),
    ...(join === null ? [] : [join]),
  ];
  return (
    <div
      className={styles.box}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      data-ran={node !== null || undefined}
      data-possible={possible === true || undefined}
      data-plan={possible === null || undefined}
      data-family={look?.family}
      data-selected={selected || undefined}
    >
      <button
        type="button"
        className={styles.button}
        data-task={task.name}
        data-nested={nested || undefined}
        tabIndex={props.current ? 0 : -1}
        aria-pressed={selected}
        aria-label={name.join(', ')}
        title={`${task.name}\n${task.runs.name}`}
        onClick={() => onSelect(task.name, node)}
      >
        <span className={styles.line}>
          {look === null && possible === null ? null : look === null ? (
            <Glyph name={possible ? 'circle' : 'slash'} family="inert" />
          ) : (
            <Glyph name={look.glyph} family={look.family} still={held || (node !== null && !isUnderWay(node))} />
          )}
          <span className={styles.name}>{task.name}</span>
          {join !== null && <span className={styles.join}>{join}</span>}
          {task.withItems !== null && <Items node={node} />}
          {count > 1 && <span className={styles.count}>×{count}</span>}
        </span>
        <span className={styles.detail}>{word === null ? task.runs.name : `${word} · ${task.runs.name}`}</span>
      </button>
      {nested && (
        <span className={styles.enter}>
          <IconButton
            label={`Open the graph of ${task.runs.name}`}
            tabIndex={props.current ? 0 : -1}
            onClick={() => onEnter(node)}
          >
            <Workflow aria-hidden="true" />
          </IconButton>
        </span>
      )}
    </div>
  );
});

function Items({ node }: { readonly node: TaskNode | null }) {
  const items = node?.items ?? null;
  return (
    <span className={styles.count}>
      <Layers aria-hidden="true" />
      {items !== null && `${items.succeeded + items.failed}/${items.total}`}
    </span>
  );
}
