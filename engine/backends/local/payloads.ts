import type { Payload, PayloadField } from '../../api/methods.ts';
import { toObject } from '../../core/context.ts';
import { type ExecutionTree, inboundContext, taskResult, workflowIn } from '../../core/execution-tree.ts';
import type { ActionExecutionId, TaskExecutionId, WorkflowExecutionId } from '../../model/ids.ts';
import type { Json } from '../../model/json.ts';
import { toJsonText } from '../../model/json-text.ts';
import type { ActionExecution, TaskExecution, WorkflowExecution } from '../../model/records.ts';
import { isCompleted } from '../../model/states.ts';
import type { DefinitionLookup } from './nodes.ts';

const none: Payload = { type: 'none' };

/** One part of one node; null when the tree has no such node. */
export function payloadOf(
  tree: ExecutionTree,
  id: string,
  field: PayloadField,
  limit: number,
  lookup: DefinitionLookup,
): Payload | null {
  const workflow = tree.workflows.get(id as WorkflowExecutionId);
  if (workflow !== undefined) return bounded(ofWorkflow(tree, workflow, field), limit);
  const task = tree.tasks.get(id as TaskExecutionId);
  if (task !== undefined) return bounded(ofTask(tree, task, field, lookup), limit);
  const action = tree.actions.get(id as ActionExecutionId);
  return action === undefined ? null : bounded(ofAction(action, field), limit);
}

function ofWorkflow(tree: ExecutionTree, workflow: WorkflowExecution, field: PayloadField): Payload {
  switch (field) {
    case 'input':
      return json(workflow.input);
    case 'output':
    case 'result':
      return isCompleted(workflow.state) ? json(workflow.output) : none;
    case 'params':
      return json(workflow.params);
    case 'context':
      return json(workflow.context);
    case 'stateInfo':
      return text(workflow.stateInfo);
    case 'definition':
      return text(tree.definitions.get(workflow.definitionId)?.text ?? null);
    case 'published':
      return none;
    default:
      return field satisfies never;
  }
}

function ofTask(tree: ExecutionTree, task: TaskExecution, field: PayloadField, lookup: DefinitionLookup): Payload {
  switch (field) {
    case 'result':
    case 'output': {
      const workflow = workflowIn(tree, task.workflowId);
      const definition = lookup(tree, workflow).tasks.get(task.name);
      const isWithItems = (definition?.withItems ?? null) !== null;
      return isCompleted(task.state) ? json(taskResult(tree, task, isWithItems)) : none;
    }
    case 'published':
      return isCompleted(task.state) ? json(task.published) : none;
    case 'context':
      return task.startedAt === null ? none : json(toObject(inboundContext(tree, task.id)));
    case 'stateInfo':
      return text(task.stateInfo);
    case 'input':
    case 'params':
    case 'definition':
      return none;
    default:
      return field satisfies never;
  }
}

function ofAction(action: ActionExecution, field: PayloadField): Payload {
  switch (field) {
    case 'input':
      return json(action.input);
    case 'output':
    case 'result':
      return action.output === null ? none : json(action.output.result ?? null);
    case 'published':
    case 'context':
    case 'params':
    case 'stateInfo':
    case 'definition':
      return none;
    default:
      return field satisfies never;
  }
}

function json(value: Json): Payload {
  return { type: 'json', text: toJsonText(value) };
}

function text(value: string | null): Payload {
  return value === null ? none : { type: 'text', text: value };
}

function bounded(payload: Payload, limit: number): Payload {
  const isLarge = 'text' in payload && payload.text.length > limit;
  return isLarge ? { type: 'tooLarge', size: payload.text.length } : payload;
}
