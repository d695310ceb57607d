import { Fragment, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { WorkflowNode } from '../../../engine/api/resources.ts';
import type { WorkflowDefinition } from '../../../engine/language/definition.ts';
import { useDefinition } from '../../state/definitions.ts';
import { showNode } from '../../state/execution-actions.ts';
import { pathTo, workflowOf } from '../../state/nodes.ts';
import { useStore } from '../../state/store.ts';
import { Message } from '../../ui/message.tsx';
import { useLate } from '../../ui/use-late.ts';
import { Graph } from './graph.tsx';
import { graphModel } from './graph-model.ts';
import styles from './graph-view.module.css';
import { useLayout } from './use-layout.ts';

/** More tasks than these take too long to lay out, and nobody could read them. */
const MOST_TASKS = 2000;

/** The definition of the selected workflow execution as a graph that follows how it goes. */
export function GraphView() {
  const workflow = useStore((state) => (state.selected === null ? null : workflowOf(state, state.selected)));
  if (workflow === null)
    return <Message title="There is no workflow here">An action that runs alone has none.</Message>;
  return (
    <div className={styles.view}>
      <Path workflow={workflow} />
      <div className={styles.graph}>
        <Defined key={workflow.id} workflow={workflow} />
      </div>
    </div>
  );
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

function Defined({ workflow }: { readonly workflow: WorkflowNode }) {
  const definition = useDefinition(workflow, workflow.name);
  const late = useLate(definition.status === 'loading');
  switch (definition.status) {
    case 'loading':
      return late ? <Message title="Loading…" /> : null;
    case 'failed':
      return <Message title="The graph cannot be shown">{definition.message}</Message>;
    case 'loaded': {
      const known = definition.value.workflow;
      if (known === null) {
        return <Message title="The graph cannot be shown">The text of the definition is not understood here.</Message>;
      }
      if (known.tasks.size > MOST_TASKS) {
        return (
          <Message title="The graph is too large to be drawn">
            {`It has ${known.tasks.size.toLocaleString('en')} tasks, and up to ${MOST_TASKS.toLocaleString('en')} can be drawn. The tree shows all that have been run.`}
          </Message>
        );
      }
      return <LaidOut workflow={workflow} definition={known} />;
    }
  }
}

interface LaidOutProps {
  readonly workflow: WorkflowNode;
  readonly definition: WorkflowDefinition;
}

function LaidOut({ workflow, definition }: LaidOutProps) {
  const model = useMemo(() => graphModel(definition), [definition]);
  const layout = useLayout(model);
  const late = useLate(layout.status === 'loading');
  switch (layout.status) {
    case 'loading':
      return late ? <Message title="Laying out the graph…" /> : null;
    case 'failed':
      return <Message title="The graph cannot be laid out">{layout.message}</Message>;
    case 'loaded':
      return <Graph workflow={workflow} definition={definition} model={model} layout={layout.value} />;
  }
}
