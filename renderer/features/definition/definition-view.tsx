import { useMemo } from 'react';
import type { WorkflowNode } from '../../../engine/api/resources.ts';
import { useDefinition } from '../../state/definitions.ts';
import { selectedTaskName, workflowOf } from '../../state/nodes.ts';
import { useStore } from '../../state/store.ts';
import { Message } from '../../ui/message.tsx';
import { useLate } from '../../ui/use-late.ts';
import { blockAt } from '../../ui/yaml-block.ts';
import { YamlText } from '../../ui/yaml-text.tsx';
import styles from './definition-view.module.css';

/** The text that the selected workflow execution runs by, with the selected task marked. */
export function DefinitionView() {
  const workflow = useStore((state) => (state.selected === null ? null : workflowOf(state, state.selected)));
  if (workflow === null)
    return <Message title="There is no workflow here">An action that runs alone has none.</Message>;
  return <Text workflow={workflow} />;
}

function Text({ workflow }: { readonly workflow: WorkflowNode }) {
  const definition = useDefinition(workflow, workflow.name);
  const late = useLate(definition.status === 'loading');
  const task = useStore((state) => selectedTaskName(state, workflow));
  const loaded = definition.status === 'loaded' ? definition.value : null;
  const mark = useMemo(() => {
    const line = task === null ? undefined : loaded?.workflow?.tasks.get(task)?.line;
    return loaded === null || line === undefined ? null : blockAt(loaded.text, line);
  }, [loaded, task]);
  switch (definition.status) {
    case 'loading':
      return late ? <Message title="Loading…" /> : null;
    case 'failed':
      return <Message title="The definition cannot be shown">{definition.message}</Message>;
    case 'loaded':
      return (
        <div className={styles.scroll}>
          <YamlText label={`Definition of ${workflow.name}`} text={definition.value.text} mark={mark} />
        </div>
      );
  }
}
