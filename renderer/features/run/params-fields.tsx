import { useEffect, useId, useState } from 'react';
import type { WorkflowSummary } from '../../../engine/api/resources.ts';
import { loadText } from '../../state/document-actions.ts';
import { findWorkflow } from '../../state/find-workflow.ts';
import { useStore } from '../../state/store.ts';
import { Field, TextInput } from '../../ui/field.tsx';
import styles from './input-field.module.css';
import type { RunParams } from './run-params.ts';

interface ParamsFieldsProps {
  readonly workflow: WorkflowSummary;
  readonly params: RunParams;
  readonly onChange: (params: RunParams) => void;
}

/** The environment, where there is one to choose, and the goal of a reverse workflow. */
export function ParamsFields({ workflow, params, onChange }: ParamsFieldsProps) {
  const environments = useStore((state) => (state.environments.status === 'loaded' ? state.environments.value : []));
  const names = new Set(environments.map(({ name }) => name));
  if (params.environment !== '') names.add(params.environment);
  return (
    <>
      {workflow.type === 'reverse' && <Goal workflow={workflow} params={params} onChange={onChange} />}
      {names.size > 0 && (
        <Field label="Environment" note="optional">
          {(control) => (
            <div>
              <select
                {...control}
                className={styles.kind}
                value={params.environment}
                onChange={(event) => onChange({ ...params, environment: event.target.value })}
              >
                <option value="">None</option>
                {[...names].map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </div>
          )}
        </Field>
      )}
    </>
  );
}

function Goal({ workflow, params, onChange }: ParamsFieldsProps) {
  const { name, namespace } = workflow;
  const [tasks, setTasks] = useState<readonly string[]>([]);
  const listId = useId();
  useEffect(() => {
    let current = true;
    void loadText({ kind: 'workflow', name, namespace }).then((reply) => {
      const definition = reply.ok ? findWorkflow(reply.output, name).workflow : null;
      if (current && definition !== null) setTasks([...definition.tasks.keys()]);
    });
    return () => {
      current = false;
    };
  }, [name, namespace]);
  return (
    <Field label="Task to reach" note="the goal of a reverse workflow (task_name)">
      {(control) => (
        <>
          <TextInput
            {...control}
            mono
            list={listId}
            value={params.taskName}
            onChange={(event) => onChange({ ...params, taskName: event.target.value })}
          />
          <datalist id={listId}>
            {tasks.map((task) => (
              <option key={task} value={task} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
