import { useCallback, useState } from 'react';
import type { WorkflowDefinition } from '../../../engine/language/definition.ts';
import { withPlace } from './graph.tsx';
import { placeId } from './graph-model.ts';
import { LaidOut } from './laid-out.tsx';
import type { Level, Opened, Pick } from './level.ts';
import { useLevels } from './use-levels.ts';

interface DefinitionGraphProps {
  readonly definition: WorkflowDefinition;
  /** All workflows of its text: what they run of each other is found there before the library is asked. */
  readonly beside: readonly WorkflowDefinition[];
  /** The task that is being looked at elsewhere. */
  readonly selected: string | null;
  readonly onSelect: (task: string) => void;
}

/** A workflow as a graph, without any execution. */
export function DefinitionGraph({ definition, beside, selected, onSelect }: DefinitionGraphProps) {
  const [opened, setOpened] = useState<Opened>(new Map());
  const shown = useLevels({ definition, beside, workflow: null, namespace: '' }, opened);
  const select = useCallback((level: Level, task: string) => level.scope === '' && onSelect(task), [onSelect]);
  const onOpen = useCallback((place: string, pick: Pick | null) => setOpened((now) => withPlace(now, place, pick)), []);
  return (
    <LaidOut
      name={definition.name}
      {...shown}
      {...{ opened, onOpen }}
      selected={selected === null ? null : placeId(selected)}
      onSelect={select}
      onEnter={nothing}
    />
  );
}

function nothing(): void {}
