import { type KeyboardEvent, useMemo } from 'react';
import type { TaskNode } from '../../../engine/api/resources.ts';
import { ClusterBox } from './cluster-box.tsx';
import { CommandBox } from './command-box.tsx';
import styles from './graph.module.css';
import { allLinks, allPlaces, type GraphModel, scopeIn } from './graph-model.ts';
import type { Box, GraphLayout } from './layout.ts';
import { Legend } from './legend.tsx';
import type { Level, Opened, Pick } from './level.ts';
import { Lines } from './lines.tsx';
import { OpenFrame } from './open-frame.tsx';
import { Plane } from './plane.tsx';
import { TaskBox } from './task-box.tsx';
import { useRovingBoxes } from './use-roving-boxes.ts';

interface DrawingProps {
  readonly name: string;
  readonly model: GraphModel;
  readonly layout: GraphLayout;
  readonly levels: ReadonlyMap<string, Level>;
  readonly opened: Opened;
  /** Places that should be open and cannot be shown, with the reason; null: it comes. */
  readonly missing: ReadonlyMap<string, string | null>;
  readonly taken: ReadonlySet<string>;
  /** The place of what is selected. */
  readonly selected: string | null;
  readonly onSelect: (level: Level, task: string) => void;
  /** Goes into the workflow that a task has run. */
  readonly onEnter: (node: TaskNode) => void;
  /** Opens a place, or closes it: null. */
  readonly onOpen: (place: string, pick: Pick | null) => void;
}

const NOWHERE: Box = { x: 0, y: 0, width: 0, height: 0 };

/** The places and links of a graph, each as it stands now. */
export function Drawing(props: DrawingProps) {
  const { name, model, layout, levels, opened, missing, taken, onSelect, onEnter, onOpen } = props;
  const places = useMemo(() => new Map([...allPlaces(model)].map((place) => [place.id, place])), [model]);
  const links = useMemo(() => new Map([...allLinks(model)].map((link) => [link.id, link])), [model]);
  // While something is being laid out anew, the last picture stays with the places that it has.
  const order = useMemo(() => {
    const walked = [...layout.boxes.keys()].filter((id) => places.get(id) !== undefined);
    return walked.filter((id) => places.get(id)?.kind !== 'command');
  }, [layout, places]);
  const selected = useMemo(() => drawnPlaceOf(props.selected, layout, places), [props.selected, layout, places]);
  const { frame, current, entry, onKeyDown } = useRovingBoxes(order, selected);
  const lines = useMemo(() => <Lines links={links} layout={layout} taken={taken} />, [links, layout, taken]);

  const toggle = (id: string) => {
    const place = places.get(id);
    if (place === undefined || place.kind === 'command') return false;
    if (place.kind === 'task' && place.task.runs.type !== 'WORKFLOW') return false;
    onOpen(id, opened.has(id) ? null : 'all');
    return true;
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'e' && entry !== null && toggle(entry)) event.preventDefault();
    else onKeyDown(event);
  };
  return (
    <section ref={frame} className={styles.frame} aria-label={`Graph of ${name}`}>
      <Plane
        width={layout.width}
        height={layout.height}
        first={layout.boxes.get(order[0] ?? '') ?? NOWHERE}
        target={current === null ? null : (layout.boxes.get(current) ?? null)}
        onKeyDown={onKey}
      >
        {layout.blocks.map((box) => (
          <div
            key={`${box.x} ${box.y}`}
            className={styles.block}
            style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
          />
        ))}
        {/* What is open lies below the lines in it. */}
        {[...layout.boxes].map(([id, box]) => {
          const place = places.get(id);
          if (place === undefined || place.kind === 'command' || place.inside === null) return null;
          return (
            <OpenFrame
              key={id}
              place={place}
              box={box}
              level={place.kind === 'task' ? (levels.get(scopeIn(id)) ?? null) : null}
              outer={levels.get(place.kind === 'task' ? place.scope : (place.tasks[0]?.scope ?? '')) ?? null}
              pick={opened.get(id) ?? 'all'}
              selected={id === selected}
              current={id === entry}
              onSelect={onSelect}
              onEnter={onEnter}
              onOpen={onOpen}
            />
          );
        })}
        {lines}
        {[...layout.boxes].map(([id, box]) => {
          const place = places.get(id);
          if (place === undefined || (place.kind !== 'command' && place.inside !== null)) return null;
          if (place.kind === 'command') return <CommandBox key={id} command={place.command} box={box} />;
          const level = levels.get(place.kind === 'task' ? place.scope : (place.tasks[0]?.scope ?? ''));
          if (level === undefined) return null;
          if (place.kind === 'cluster') {
            return (
              <ClusterBox
                key={id}
                {...{ id, box, level }}
                tasks={place.tasks}
                selected={id === selected}
                current={id === entry}
                onOpen={onOpen}
              />
            );
          }
          const run = level.runs.get(place.task.name);
          return (
            <TaskBox
              key={id}
              id={id}
              task={place.task}
              level={level}
              box={box}
              node={run?.node ?? null}
              count={run?.count ?? 0}
              sum={run?.sum ?? null}
              possible={level.possible === null ? null : level.possible.has(place.task.name)}
              held={level.held}
              problem={opened.has(id) ? missing.get(id) : undefined}
              selected={id === selected}
              current={id === entry}
              onSelect={onSelect}
              onEnter={onEnter}
              onOpen={onOpen}
            />
          );
        })}
      </Plane>
      <Legend links={links.values()} />
    </section>
  );
}

/** The place of a task, or the closed cluster that it is in. */
function drawnPlaceOf(
  place: string | null,
  { boxes }: GraphLayout,
  places: ReadonlyMap<string, ReturnType<typeof allPlaces> extends Generator<infer P> ? P : never>,
): string | null {
  if (place === null || boxes.has(place)) return place;
  for (const each of places.values()) {
    if (each.kind === 'cluster' && each.inside === null && each.tasks.some(({ id }) => id === place)) return each.id;
  }
  return null;
}
