import { Play } from 'lucide-react';
import type { WorkflowSummary } from '../../../engine/api/resources.ts';
import type { GraphOf } from '../../state/graph-of.ts';
import { openRunForm } from '../../state/run-actions.ts';
import { Button } from '../../ui/button.tsx';
import { moment } from '../../ui/moment.ts';
import { count } from './count.ts';
import { CronTriggersOf } from './cron-triggers-of.tsx';
import { DefinitionText, EditButton, useText } from './definition-text.tsx';
import { DeleteDefinition } from './delete-definition.tsx';
import { Detail, DetailSection } from './detail.tsx';
import { GraphSection } from './graph-section.tsx';
import { InputTable } from './input-table.tsx';
import { RecentExecutions } from './recent-executions.tsx';
import { Statistics } from './statistics.tsx';

interface WorkflowDetailProps {
  readonly workflow: WorkflowSummary;
  readonly graph: GraphOf;
}

/** One workflow of the library: what it takes, how it went the last times, its graph and its text. */
export function WorkflowDetail({ workflow, graph }: WorkflowDetailProps) {
  const { name, namespace, description, tags, type, updatedAt } = workflow;
  const key = { kind: 'workflow', name, namespace } as const;
  const text = useText(key, updatedAt);
  return (
    <Detail
      name={name}
      description={description}
      facts={[
        type === 'reverse' ? 'Reverse workflow' : 'Direct workflow',
        count(workflow.taskCount, 'task'),
        `updated ${moment(updatedAt)}`,
        ...(namespace === '' ? [] : [`namespace ${namespace}`]),
        ...tags,
      ]}
      buttons={
        <>
          <DeleteDefinition
            definition={key}
            consequence="Its text is removed from the library. Its executions stay, and those that are running go on."
            workflows={[name]}
          />
          <EditButton definition={key} />
          <Button
            kind="primary"
            icon={<Play aria-hidden="true" />}
            onClick={() => openRunForm({ name, namespace, input: {} })}
          >
            Run…
          </Button>
        </>
      }
    >
      <DetailSection title="Inputs">
        <InputTable declarations={workflow.input} />
      </DetailSection>
      <DetailSection title="Last executions">
        <Statistics workflow={name} />
        <RecentExecutions workflow={name} />
      </DetailSection>
      <CronTriggersOf workflow={{ name, namespace }} />
      {text.status !== 'failed' && (
        <GraphSection text={text.status === 'loaded' ? text.value : null} name={name} graph={graph} />
      )}
      <DefinitionText name={name} text={text} />
    </Detail>
  );
}
