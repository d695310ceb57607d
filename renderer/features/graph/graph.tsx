import { useCallback, useMemo } from 'react';
import type { TaskNode, WorkflowNode } from '../../../engine/api/resources.ts';
import type { WorkflowDefinition } from '../../../engine/language/definition.ts';
import { pickTask, showNode } from '../../state/execution-actions.ts';
import { branchesTo, lastChildOf, selectedTaskName, treeOf } from '../../state/nodes.ts';
import { lookOf } from '../../state/state-look.ts';
import { getState, useStore } from '../../state/store.ts';
import { CommandBox } from './command-box.tsx';
import styles from './graph.module.css';
import { type GraphModel, placeId } from './graph-model.ts';
import type { Box, GraphLayout } from './layout.ts';
import { Legend } from './legend.tsx';
import { Lines } from './lines.tsx';
import { Plane } from './plane.tsx';
import { mayStillRun, takenLinks } from './progress.ts';
import { TaskBox } from './task-box.tsx';
import { type TaskRun, taskRuns } from './task-runs.ts';
import { useRovingBoxes } from './use-roving-boxes.ts';

interface GraphProps {
  readonly workflow: WorkflowNode;
  readonly definition: WorkflowDefinition;
  readonly model: GraphModel;
  readonly layout: GraphLayout;
}

const NOWHERE: Box = { x: 0, y: 0, width: 0, height: 0 };

/** The places and links of a graph, each as it stands now. */
export function Graph({ workflow, definition, model, layout }: GraphProps) {
  const { rootId, id } = workflow;
  const runs = useTaskRuns(workflow);
  const possible = useMemo(() => mayStillRun(definition, runs, workflow.state), [definition, runs, workflow.state]);
  const taken = useMemo(() => takenLinks(model, runs), [model, runs]);
  const selectedTask = useStore((state) => selectedTaskName(state, workflow));
  const selected = selectedTask === null ? null : placeId(selectedTask);

  const places = useMemo(() => new Map(model.places.map((place) => [place.id, place])), [model]);
  const order = useMemo(
    () => [...layout.boxes.keys()].filter((place) => places.get(place)?.kind === 'task'),
    [layout, places],
  );
  const { frame, current, entry, onKeyDown } = useRovingBoxes(order, selected);
  const first = layout.boxes.get(order[0] ?? '') ?? NOWHERE;

  const onSelect = useCallback(
    (name: string, node: TaskNode | null) => (node === null ? pickTask({ rootId, id }, name) : showNode(node)),
    [rootId, id],
  );
  const onEnter = useCallback((node: TaskNode) => {
    const nested = lastChildOf(getState(), node);
    if (nested?.kind === 'workflow') showNode(nested);
  }, []);

  const lines = useMemo(() => <Lines model={model} layout={layout} taken={taken} />, [model, layout, taken]);
  const held = lookOf(workflow) === 'PAUSED';
  return (
    <section ref={frame} className={styles.frame} aria-label={`Graph of ${workflow.name}`}>
      <Plane
        width={layout.width}
        height={layout.height}
        first={first}
        target={current === null ? null : (layout.boxes.get(current) ?? null)}
        onKeyDown={onKeyDown}
      >
        {lines}
        {[...layout.boxes].map(([placeOfBox, box]) => {
          const place = places.get(placeOfBox);
          if (place === undefined) return null;
          if (place.kind === 'command') return <CommandBox key={place.id} command={place.command} box={box} />;
          const { name } = place.task;
          const run = runs.get(name);
          return (
            <TaskBox
              key={place.id}
              task={place.task}
              box={box}
              node={run?.node ?? null}
              count={run?.count ?? 0}
              possible={possible.has(name)}
              held={held}
              selected={place.id === selected}
              current={place.id === entry}
              onSelect={onSelect}
              onEnter={onEnter}
            />
          );
        })}
      </Plane>
      <Legend links={model.links} />
    </section>
  );
}

/** Changes when something of the tree does, not with everything else in the window. */
function useTaskRuns(workflow: WorkflowNode): ReadonlyMap<string, TaskRun> {
  const tree = useStore((state) => treeOf(state, workflow.rootId));
  const { rootId, id } = workflow;
  return useMemo(() => {
    const branch = tree === null ? undefined : branchesTo(getState(), { rootId, id }).at(-1);
    return tree === null || branch === undefined ? new Map() : taskRuns(tree, branch);
  }, [tree, rootId, id]);
}
