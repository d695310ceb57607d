import { evaluate } from '../expressions/evaluate.ts';
import type { Scope } from '../expressions/scope.ts';
import type { TaskExecutionId, WorkflowExecutionId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { Decision } from './decision.ts';
import { type ExecutionTree, taskIn, workflowIn } from './execution-tree.ts';
import { finalContext } from './rules/end-workflow.ts';
import { taskScope, workflowScope } from './scope.ts';
import type { World } from './world.ts';

/** Where an expression is tried: a task sees what it saw when it started, a workflow what its `output` would see now. */
export interface ExpressionPlace {
  readonly tree: ExecutionTree;
  readonly id: TaskExecutionId | WorkflowExecutionId;
}

/**
 * The value of a text with expressions, as the engine would get it at this place; without one, where there are no variables.
 * Nothing comes of it.
 *
 * @throws ExpressionError when it cannot be evaluated
 */
export function tryExpression(text: string, place: ExpressionPlace | null, world: World): Json {
  return evaluate(text, place === null ? nowhere(world) : scopeAt(place, world));
}

function scopeAt({ tree, id }: ExpressionPlace, world: World): Scope {
  const decision = new Decision(tree, world, 0);
  if (tree.tasks.has(id as TaskExecutionId)) return taskScope(decision, taskIn(tree, id as TaskExecutionId));
  const workflow = workflowIn(tree, id as WorkflowExecutionId);
  return workflowScope(decision, workflow, finalContext(decision, workflow.id));
}

function nowhere(world: World): Scope {
  return { get: () => undefined, keys: () => [], world, mistral: null };
}
