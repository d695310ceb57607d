import { useMemo } from 'react';
import type { WorkflowNode } from '../../../engine/api/resources.ts';
import { useDefinition } from '../../state/definitions.ts';
import { linesOf } from '../../ui/yaml-block.ts';
import { YamlText } from '../../ui/yaml-text.tsx';
import styles from './inspector.module.css';
import { Section } from './section.tsx';

interface TaskDefinitionProps {
  readonly workflow: WorkflowNode;
  readonly name: string;
}

interface DefinitionSectionProps extends TaskDefinitionProps {
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
}

/** The definition of one task, out of that of its workflow. */
export function DefinitionSection({ workflow, name, open, onToggle }: DefinitionSectionProps) {
  return (
    <Section title="Definition" open={open} onToggle={onToggle}>
      <TaskDefinition workflow={workflow} name={name} />
    </Section>
  );
}

export function TaskDefinition({ workflow, name }: TaskDefinitionProps) {
  const definition = useDefinition(workflow, workflow.name);
  const loaded = definition.status === 'loaded' ? definition.value : null;
  const text = useMemo(() => {
    const line = loaded?.workflow?.tasks.get(name)?.line;
    return loaded === null || line === undefined ? null : linesOf(loaded.text, line);
  }, [loaded, name]);
  if (definition.status === 'failed') return <p className={styles.failure}>{definition.message}</p>;
  if (loaded === null) return null;
  if (text === null) return <p className={styles.none}>The definition of this task is not here.</p>;
  return <YamlText label={`Definition of ${name}`} text={text} />;
}
