import { ChevronDown, Workflow } from 'lucide-react';
import type { TaskNode } from '../../../engine/api/resources.ts';
import { lookOf, looks, stateInWords, worstFirst } from '../../state/state-look.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { titleOf } from './cluster-box.tsx';
import { Counts } from './counts.tsx';
import type { Place } from './graph-model.ts';
import type { Box } from './layout.ts';
import type { Level, Pick } from './level.ts';
import styles from './open-frame.module.css';
import type { Looks } from './task-runs.ts';

interface OpenFrameProps {
  readonly place: Exclude<Place, { kind: 'command' }>;
  readonly box: Box;
  /** Of what is inside of a task; null for a cluster, which is a part of the level around it. */
  readonly level: Level | null;
  readonly outer: Level | null;
  readonly pick: Pick;
  readonly selected: boolean;
  readonly current: boolean;
  readonly onSelect: (level: Level, task: string) => void;
  readonly onEnter: (node: TaskNode) => void;
  readonly onOpen: (place: string, pick: Pick | null) => void;
}

/** The frame around the graph of what is open in its place, with a head that says what it is and which execution is shown. */
export function OpenFrame(props: OpenFrameProps) {
  const { place, box, level, outer, pick, selected, current, onSelect, onOpen, onEnter } = props;
  const title = place.kind === 'task' ? place.task.name : titleOf(place.tasks);
  const what = place.kind === 'task' ? (level?.definition.name ?? place.task.runs.name) : `${place.tasks.length} tasks`;
  const node = place.kind === 'task' ? (outer?.runs.get(place.task.name)?.node ?? null) : null;
  const look = node === null ? null : looks[lookOf(node)];
  const executions = level?.executions ?? [];
  return (
    <div
      className={styles.frame}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      data-selected={selected || undefined}
    >
      <div className={styles.head}>
        <IconButton
          label={`Close ${what}`}
          shortcut="E"
          tabIndex={current ? 0 : -1}
          aria-expanded="true"
          onClick={() => onOpen(place.id, null)}
        >
          <ChevronDown aria-hidden="true" />
        </IconButton>
        <button
          type="button"
          className={styles.title}
          data-place={place.id}
          data-task={place.kind === 'task' ? place.task.name : undefined}
          tabIndex={current ? 0 : -1}
          aria-pressed={selected}
          aria-label={[title, what, ...(look === null ? [] : [look.word]), 'open'].join(', ')}
          onClick={() => {
            if (place.kind === 'cluster') onOpen(place.id, null);
            else if (outer !== null) onSelect(outer, place.task.name);
          }}
        >
          {look !== null && <Glyph name={look.glyph} family={look.family} still={node?.finishedAt !== null} />}
          <span className={styles.name}>{title}</span>
          <span className={styles.what}>{what}</span>
        </button>
        {executions.length > 1 && level !== null && (
          <>
            <select
              className={styles.pick}
              aria-label={`Executions of ${what}`}
              tabIndex={current ? 0 : -1}
              value={pick}
              onChange={(event) => onOpen(place.id, event.target.value)}
            >
              <option value="all">All {executions.length.toLocaleString('en')} together</option>
              {chosenFrom(level).map((each, index) => (
                <option key={each.id} value={each.id}>
                  {`[${each.index ?? index}] ${stateInWords(each)}`}
                </option>
              ))}
            </select>
            {pick === 'all' && <Counts of={looksOf(level)} />}
          </>
        )}
        {node !== null && executions.length === 1 && (
          <IconButton label={`Open the graph of ${what}`} tabIndex={current ? 0 : -1} onClick={() => onEnter(node)}>
            <Workflow aria-hidden="true" />
          </IconButton>
        )}
      </div>
    </div>
  );
}

/** More could not be found in a list. */
const MOST_OPTIONS = 500;

function looksOf({ shown }: Level): Looks {
  const sum: Partial<Record<keyof Looks, number>> = {};
  for (const each of shown) sum[lookOf(each)] = (sum[lookOf(each)] ?? 0) + 1;
  return sum;
}

/** The executions of which one can be chosen: those that most need a look first. */
function chosenFrom(level: Level): Level['executions'] {
  return [...level.executions]
    .sort((a, b) => worstFirst.indexOf(lookOf(a)) - worstFirst.indexOf(lookOf(b)))
    .slice(0, MOST_OPTIONS);
}
