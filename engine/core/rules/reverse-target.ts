import type { WorkflowDefinition } from '../../language/definition.ts';
import type { JsonObject } from '../../model/json.ts';
import { WorkflowFailure } from '../failure.ts';

/** @throws WorkflowFailure when the execution does not say which task it is about */
export function targetTask(definition: WorkflowDefinition, params: JsonObject): string {
  const { task_name: name } = params;
  if (typeof name === 'string' && definition.tasks.has(name)) return name;
  const given = name === undefined ? 'None' : String(name);
  throw new WorkflowFailure(
    `Invalid task name [wf_spec=ReverseWorkflowSpec ${definition.name}, task_name=${given}]: ` +
      "a reverse workflow needs the name of its target task in the parameter 'task_name'.",
  );
}
