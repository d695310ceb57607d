import type { Scope } from '../expressions/scope.ts';
import { fromEntries, isObject, type Json, type JsonObject } from '../model/json.ts';
import { mergeDeep } from '../model/merge-deep.ts';
import type { TaskExecution, WorkflowExecution } from '../model/records.ts';
import { type Context, emptyContext } from './context.ts';
import type { Decision } from './decision.ts';
import { inboundContext, rootEnvironment, workflowIn } from './execution-tree.ts';
import { mistralData } from './mistral-data.ts';

/**
 * What the expressions of a task see. Names are looked up in this order, as Mistral does: what the engine adds, the
 * item variables, the branch, the workflow's variables and globals, the workflow's input.
 *
 * @param items the variables of one item of a with-items task; a branch variable of the same name wins
 */
export function taskScope(decision: Decision, task: TaskExecution, items: JsonObject = {}, branch?: Context): Scope {
  const workflow = workflowIn(decision.tree, task.workflowId);
  return scope(decision, workflow, task, items, branch ?? inboundContext(decision.tree, task.id));
}

/** What the workflow's own expressions (`output`, `vars`) see. */
export function workflowScope(decision: Decision, workflow: WorkflowExecution, branch: Context = emptyContext): Scope {
  return scope(decision, workflow, null, {}, branch);
}

function scope(
  decision: Decision,
  workflow: WorkflowExecution,
  task: TaskExecution | null,
  items: JsonObject,
  branch: Context,
): Scope {
  const internal = fromEntries([
    ...(task === null ? [] : [['__task_execution', { id: task.id, name: task.name }] as const]),
    ['__env', rootEnvironment(decision.tree)],
    ['__execution', { id: workflow.id }],
  ]);
  const layers = [workflow.context, workflow.input];
  return {
    get(name) {
      if (Object.hasOwn(internal, name)) return internal[name];
      const published = branch.get(name)?.value;
      if (Object.hasOwn(items, name)) return shadowed(items[name] as Json, published);
      if (published !== undefined) return published;
      return layers.find((layer) => Object.hasOwn(layer, name))?.[name];
    },
    keys() {
      return new Set([internal, items, Object.fromEntries(branch), ...layers].flatMap((layer) => Object.keys(layer)));
    },
    world: decision.world,
    mistral: mistralData(decision, workflow, task),
  };
}

/** An item variable gives way to a published variable of its name; two dictionaries are merged. */
function shadowed(item: Json, published: Json | undefined): Json {
  if (published === undefined) return item;
  return isObject(item) && isObject(published) ? mergeDeep(item, published) : published;
}
