import { ChevronRight, Layers, Workflow } from 'lucide-react';
import { memo } from 'react';
import type { TaskNode } from '../../../engine/api/resources.ts';
import type { TaskDefinition } from '../../../engine/language/definition.ts';
import { isUnderWay, lookOf, looks } from '../../state/state-look.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Counts, countsInWords } from './counts.tsx';
import type { Box } from './layout.ts';
import type { Level, Pick } from './level.ts';
import styles from './task-box.module.css';
import type { Looks } from './task-runs.ts';

interface TaskBoxProps {
  readonly id: string;
  /** Of the workflow that it is in. */
  readonly level: Level;
  readonly task: TaskDefinition;
  readonly box: Box;
  /** The last time that it ran; null when it has not. */
  readonly node: TaskNode | null;
  readonly count: number;
  /** How many executions have it in which state, where several are looked at together. */
  readonly sum: Looks | null;
  /** Why what it runs cannot be shown in it; null while that is fetched, undefined when nobody asked. */
  readonly problem: string | null | undefined;
  /** It may still be started; null: nothing is being executed, and there is no state to tell. */
  readonly possible: boolean | null;
  /** Its workflow is paused and nothing of it runs. */
  readonly held: boolean;
  readonly selected: boolean;
  /** Tab leads here. */
  readonly current: boolean;
  readonly onSelect: (level: Level, task: string) => void;
  /** Goes into the workflow that the task has run. */
  readonly onEnter: (node: TaskNode) => void;
  /** Opens that workflow in its place. */
  readonly onOpen: (place: string, pick: Pick | null) => void;
}

/** A task: lit when it has run, dimmed when it has not yet, hatched when it can no longer. */
export const TaskBox = memo(function TaskBox(props: TaskBoxProps) {
  const { id, level, task, box, node, count, sum, possible, held, problem, selected, onSelect, onEnter, onOpen } =
    props;
  const look = node === null ? null : looks[lookOf(node)];
  const word = look?.word ?? (possible === null ? null : possible ? looks.IDLE.word : 'Will not run');
  const join = task.join === null ? null : `join ${task.join}`;
  const nested = node !== null && task.runs.type === 'WORKFLOW' && node.childCount > 0;
  const opens = task.runs.type === 'WORKFLOW';
  const name = [
    task.name,
    task.runs.name,
    ...(sum !== null ? [countsInWords(sum)] : word === null ? [] : [word]),
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
        data-place={id}
        data-task={task.name}
        data-nested={nested ? 'both' : opens || undefined}
        tabIndex={props.current ? 0 : -1}
        aria-pressed={selected}
        aria-label={name.join(', ')}
        title={[task.name, task.runs.name, ...(problem ? [problem] : [])].join('\n')}
        onClick={() => onSelect(level, task.name)}
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
        <span className={styles.detail}>
          {sum !== null ? (
            <Counts of={sum} />
          ) : problem !== undefined ? (
            (problem ?? 'Loading…')
          ) : word === null ? (
            task.runs.name
          ) : (
            `${word} · ${task.runs.name}`
          )}
        </span>
      </button>
      {opens && (
        <span className={styles.enter}>
          {nested && (
            <IconButton
              label={`Open the graph of ${task.runs.name}`}
              tabIndex={props.current ? 0 : -1}
              onClick={() => onEnter(node)}
            >
              <Workflow aria-hidden="true" />
            </IconButton>
          )}
          <IconButton
            label={`Show ${task.runs.name} in place`}
            shortcut="E"
            tabIndex={props.current ? 0 : -1}
            aria-expanded="false"
            onClick={() => onOpen(id, problem === undefined ? 'all' : null)}
          >
            <ChevronRight aria-hidden="true" />
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
