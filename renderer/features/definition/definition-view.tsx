import { lazy, Suspense, useMemo, useState } from 'react';
import type { WorkflowNode } from '../../../engine/api/resources.ts';
import { type Definition as Known, useDefinition } from '../../state/definitions.ts';
import { type Newest, useNewest } from '../../state/newest-definition.ts';
import { selectedTaskName, workflowOf } from '../../state/nodes.ts';
import { useStore } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { Message } from '../../ui/message.tsx';
import { moment } from '../../ui/moment.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { blockAt } from '../../ui/yaml-block.ts';
import { YamlText } from '../../ui/yaml-text.tsx';
import styles from './definition-view.module.css';

const Changes = lazy(async () => ({ default: (await import('../../ui/code-editor/changes.tsx')).Changes }));

/** The text that the selected workflow execution runs by, with the selected task marked; and what the library has now. */
export function DefinitionView() {
  const workflow = useStore((state) => (state.selected === null ? null : workflowOf(state, state.selected)));
  if (workflow === null)
    return <Message title="There is no workflow here">An action that runs alone has none.</Message>;
  return <Definition key={workflow.id} workflow={workflow} />;
}

function Definition({ workflow }: { readonly workflow: WorkflowNode }) {
  const definition = useDefinition(workflow, workflow.name);
  switch (definition.status) {
    case 'loading':
      return <Skeleton label="Loading the definition" />;
    case 'failed':
      return <Message title="The definition cannot be shown">{definition.message}</Message>;
    case 'loaded':
      return <Loaded workflow={workflow} definition={definition.value} />;
  }
}

interface LoadedProps {
  readonly workflow: WorkflowNode;
  readonly definition: Known;
}

function Loaded({ workflow, definition }: LoadedProps) {
  const { text } = definition;
  const newest = useNewest(workflow, text);
  const [comparing, setComparing] = useState(false);
  const changed = newest.status === 'loaded' && newest.value.type === 'changed' ? newest.value : null;
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <p className={styles.sentence} role="status">
          {newest.status === 'loaded' ? sentence(newest.value) : newest.status === 'failed' ? newest.message : ''}
        </p>
        {changed !== null && (
          <Button aria-pressed={comparing} onClick={() => setComparing(!comparing)}>
            What has changed
          </Button>
        )}
      </div>
      {changed !== null && comparing ? (
        <div className={styles.changes}>
          <Suspense>
            <Changes label={`Changes of ${workflow.name} since`} before={text} after={changed.text} />
          </Suspense>
        </div>
      ) : (
        <Text workflow={workflow} definition={definition} />
      )}
    </div>
  );
}

function sentence(newest: Newest): string {
  switch (newest.type) {
    case 'same':
      return 'As it is in the library.';
    case 'changed':
      return `The library has a newer definition, of ${moment(newest.updatedAt)}. This execution goes by its own.`;
    case 'deleted':
      return 'The library does not have this workflow any more. This execution has its own copy and goes by that.';
  }
}

function Text({ workflow, definition: { text, workflow: known } }: LoadedProps) {
  const task = useStore((state) => selectedTaskName(state, workflow));
  const mark = useMemo(() => {
    const line = task === null ? undefined : known?.tasks.get(task)?.line;
    return line === undefined ? null : blockAt(text, line);
  }, [known, text, task]);
  return (
    <div className={styles.scroll}>
      <YamlText label={`Definition of ${workflow.name}`} text={text} mark={mark} />
    </div>
  );
}
