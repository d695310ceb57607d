import { useCallback } from 'react';
import type { TaskNode, WorkflowNode } from '../../../engine/api/resources.ts';
import type { WorkflowDefinition } from '../../../engine/language/definition.ts';
import { pickTask, showNode } from '../../state/execution-actions.ts';
import { lastChildOf } from '../../state/nodes.ts';
import { getState, useStore } from '../../state/store.ts';
import { LaidOut } from './laid-out.tsx';
import type { Level, Opened, Pick } from './level.ts';
import { selectedPlace } from './selected-place.ts';
import { useLevels } from './use-levels.ts';

interface GraphProps {
  readonly workflow: WorkflowNode;
  readonly definition: WorkflowDefinition;
  /** All workflows of the text that it runs by. */
  readonly beside: readonly WorkflowDefinition[];
  readonly opened: Opened;
  readonly onOpened: (opened: Opened) => void;
}

/** The definition of an execution with the states of its tasks; they share their selection with the tree. */
export function Graph({ workflow, definition, beside, opened, onOpened }: GraphProps) {
  const shown = useLevels({ definition, beside, workflow, namespace: workflow.namespace ?? '' }, opened);
  const selected = useStore((state) => selectedPlace(state, workflow, opened));

  const onSelect = useCallback((level: Level, name: string) => {
    const node = level.runs.get(name)?.node;
    const [execution] = level.shown;
    if (node !== undefined) showNode(node);
    else if (execution !== undefined) pickTask({ rootId: execution.rootId, id: execution.id }, name);
  }, []);
  const onEnter = useCallback((node: TaskNode) => {
    const nested = lastChildOf(getState(), node);
    if (nested?.kind === 'workflow') showNode(nested);
  }, []);
  const onOpen = useCallback(
    (place: string, pick: Pick | null) => onOpened(withPlace(opened, place, pick)),
    [opened, onOpened],
  );
  return (
    <LaidOut
      name={workflow.name}
      {...shown}
      {...{ opened, onSelect, onEnter, onOpen }}
      selected={selected === 'elsewhere' ? null : selected}
    />
  );
}

/** What is open once a place was opened, or closed: null. */
export function withPlace(opened: Opened, place: string, pick: Pick | null): Opened {
  const next = new Map(opened);
  if (pick === null) next.delete(place);
  else next.set(place, pick);
  return next;
}
