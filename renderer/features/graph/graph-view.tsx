import { Fragment, useEffect, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { WorkflowNode } from '../../../engine/api/resources.ts';
import { useDefinition } from '../../state/definitions.ts';
import { showNode } from '../../state/execution-actions.ts';
import { nodeOf, pathTo, workflowOf } from '../../state/nodes.ts';
import { useStore } from '../../state/store.ts';
import type { NodeKey } from '../../state/window-state.ts';
import { Message } from '../../ui/message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Graph } from './graph.tsx';
import styles from './graph-view.module.css';
import type { Opened } from './level.ts';
import { selectedPlace } from './selected-place.ts';

/** The definition of the selected workflow execution as a graph that follows how it goes. */
export function GraphView() {
  const [opened, setOpened] = useState<Opened>(new Map());
  const shown = useShownWorkflow(opened);
  if (shown === null) return <Message title="There is no workflow here">An action that runs alone has none.</Message>;
  return (
    <div className={styles.view}>
      <Path workflow={shown} />
      <div className={styles.graph}>
        <Defined key={shown.id} workflow={shown} opened={opened} onOpened={setOpened} />
      </div>
    </div>
  );
}

/** The workflow of the selection, unless that is already there, open within the one that is shown. */
function useShownWorkflow(opened: Opened): WorkflowNode | null {
  const last = useRef<NodeKey | null>(null);
  const shown = useStore((state) => {
    if (state.selected === null) return null;
    const before = last.current === null ? null : nodeOf(state, last.current);
    const stays = before !== null && selectedPlace(state, before, opened) !== 'elsewhere';
    return before?.kind === 'workflow' && stays ? before : workflowOf(state, state.selected);
  });
  useEffect(() => {
    last.current = shown;
  }, [shown]);
  return shown;
}

/** The workflow executions that this one is nested in. */
function Path({ workflow }: { readonly workflow: WorkflowNode }) {
  const path = useStore(useShallow((state) => pathTo(state, workflow)));
  const above = path.slice(0, -1).filter((node) => node.kind === 'workflow');
  if (above.length === 0) return null;
  return (
    <nav className={styles.path} aria-label="Nested in">
      {above.map((step) => (
        <Fragment key={step.id}>
          <button type="button" className={styles.step} onClick={() => showNode(step)}>
            {step.name}
          </button>
          <span aria-hidden="true">/</span>
        </Fragment>
      ))}
      <span className={styles.here}>
        {workflow.index === null ? workflow.name : `[${workflow.index}] ${workflow.name}`}
      </span>
    </nav>
  );
}

interface DefinedProps {
  readonly workflow: WorkflowNode;
  readonly opened: Opened;
  readonly onOpened: (opened: Opened) => void;
}

function Defined({ workflow, opened, onOpened }: DefinedProps) {
  const definition = useDefinition(workflow, workflow.name);
  switch (definition.status) {
    case 'loading':
      return <Skeleton label="Loading the graph" />;
    case 'failed':
      return <Message title="The graph cannot be shown">{definition.message}</Message>;
    case 'loaded': {
      const { workflow: known, beside } = definition.value;
      if (known === null) {
        return <Message title="The graph cannot be shown">The text of the definition is not understood here.</Message>;
      }
      return <Graph {...{ workflow, beside, opened, onOpened }} definition={known} />;
    }
  }
}
