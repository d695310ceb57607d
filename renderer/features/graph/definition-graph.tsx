import { useMemo, useRef } from 'react';
import type { WorkflowDefinition } from '../../../engine/language/definition.ts';
import { Message } from '../../ui/message.tsx';
import { useLate } from '../../ui/use-late.ts';
import { CommandBox } from './command-box.tsx';
import styles from './graph.module.css';
import { type GraphModel, graphModel, placeId } from './graph-model.ts';
import type { GraphLayout } from './layout.ts';
import { Legend } from './legend.tsx';
import { Lines } from './lines.tsx';
import { Plane } from './plane.tsx';
import { TaskBox } from './task-box.tsx';
import { useLayout } from './use-layout.ts';
import { useRovingBoxes } from './use-roving-boxes.ts';

interface DefinitionGraphProps {
  readonly definition: WorkflowDefinition;
  /** The task that is being looked at elsewhere. */
  readonly selected: string | null;
  readonly onSelect: (task: string) => void;
}

/** More tasks than these take too long to lay out, and nobody could read them. */
const MOST_TASKS = 2000;

/** A workflow as a graph, without any execution. The last layout stays until the next is there. */
export function DefinitionGraph(props: DefinitionGraphProps) {
  const { size } = props.definition.tasks;
  if (size > MOST_TASKS) {
    return (
      <Message title="The graph is too large to be drawn">
        {`It has ${size.toLocaleString('en')} tasks, and up to ${MOST_TASKS.toLocaleString('en')} can be drawn.`}
      </Message>
    );
  }
  return <LaidOut {...props} />;
}

function LaidOut({ definition, selected, onSelect }: DefinitionGraphProps) {
  const model = useMemo(() => graphModel(definition), [definition]);
  const layout = useLayout(model);
  const last = useRef<{ readonly model: GraphModel; readonly layout: GraphLayout } | null>(null);
  if (layout.status === 'loaded') last.current = { model, layout: layout.value };
  const late = useLate(layout.status === 'loading' && last.current === null);
  if (layout.status === 'failed') return <Message title="The graph cannot be laid out">{layout.message}</Message>;
  if (last.current === null) return late ? <Message title="Laying out the graph…" /> : null;
  return <Drawn name={definition.name} {...last.current} selected={selected} onSelect={onSelect} />;
}

interface DrawnProps extends Pick<DefinitionGraphProps, 'selected' | 'onSelect'> {
  readonly name: string;
  readonly model: GraphModel;
  readonly layout: GraphLayout;
}

const none: ReadonlySet<string> = new Set();

function Drawn({ name, model, layout, selected, onSelect }: DrawnProps) {
  const places = useMemo(() => new Map(model.places.map((place) => [place.id, place])), [model]);
  const order = useMemo(
    () => [...layout.boxes.keys()].filter((place) => places.get(place)?.kind === 'task'),
    [layout, places],
  );
  const chosen = selected === null ? null : placeId(selected);
  const { frame, current, entry, onKeyDown } = useRovingBoxes(order, chosen);
  const lines = useMemo(() => <Lines model={model} layout={layout} taken={none} />, [model, layout]);
  const first = layout.boxes.get(order[0] ?? '') ?? { x: 0, y: 0, width: 0, height: 0 };
  return (
    <section ref={frame} className={styles.frame} aria-label={`Graph of ${name}`}>
      <Plane
        width={layout.width}
        height={layout.height}
        first={first}
        target={current === null ? null : (layout.boxes.get(current) ?? null)}
        onKeyDown={onKeyDown}
      >
        {lines}
        {[...layout.boxes].map(([id, box]) => {
          const place = places.get(id);
          if (place === undefined) return null;
          if (place.kind === 'command') return <CommandBox key={id} command={place.command} box={box} />;
          return (
            <TaskBox
              key={id}
              task={place.task}
              box={box}
              node={null}
              count={0}
              possible={null}
              held={false}
              selected={id === chosen}
              current={id === entry}
              onSelect={onSelect}
              onEnter={nothing}
            />
          );
        })}
      </Plane>
      <Legend links={model.links} />
    </section>
  );
}

function nothing(): void {}
