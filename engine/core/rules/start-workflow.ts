import { evaluate } from '../../expressions/evaluate.ts';
import type { WorkflowDefinition } from '../../language/definition.ts';
import type { TaskExecutionId, WorkflowExecutionId } from '../../model/ids.ts';
import { fromEntries, isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Decision } from '../decision.ts';
import { workflowIn } from '../execution-tree.ts';
import { WorkflowFailure } from '../failure.ts';
import { invalidInput } from '../invalid-input.ts';
import { workflowScope } from '../scope.ts';
import type { FoundWorkflow } from '../world.ts';
import { createTask } from './create-task.ts';
import { satisfiedTasks } from './reverse-requires.ts';
import { targetTask } from './reverse-target.ts';

/**
 * Starts a workflow: checks its input, fills in the defaults, evaluates its environment and its `vars`, and creates the
 * tasks that nothing leads to.
 *
 * @throws WorkflowFailure or ExpressionError, before any event, when it cannot start
 */
export function startWorkflow(
  decision: Decision,
  found: FoundWorkflow,
  options: {
    readonly id: WorkflowExecutionId;
    readonly parentTaskId: TaskExecutionId | null;
    readonly index: number;
    readonly input: JsonObject;
    readonly params: JsonObject;
    readonly description: string;
  },
): void {
  const { definition } = found;
  const input = completeInput(definition, options.input);
  const params = { ...options.params, env: environment(decision, options.params) };
  if (definition.type === 'reverse') targetTask(definition, params);
  decision.attempt(() => {
    if (!decision.tree.definitions.has(found.definitionId)) {
      decision.emit({ type: 'DefinitionUsed', id: found.definitionId, source: found.source });
    }
    const { name, namespace, workbook, definitionId } = found;
    const { id, parentTaskId, index, description } = options;
    const which = { id, parentTaskId, index, name, namespace, workbook, definitionId, description };
    decision.emit({ type: 'WorkflowStarted', ...which, input, params });
    // `vars` see the input and the environment, and not each other.
    const context = evaluate(definition.vars, workflowScope(decision, workflowIn(decision.tree, options.id)));
    if (isObject(context)) decision.emit({ type: 'VarsSet', id: options.id, context });
  });
  for (const name of startTasks(definition, params)) createTask(decision, options.id, name, []);
  // In a reverse workflow whose tasks require one another in a circle nothing can start: it is done at once.
  decision.touched.add(options.id);
}

/** A direct workflow starts what nothing leads to; a reverse one what its target needs and needs nothing itself. */
function startTasks(definition: WorkflowDefinition, params: JsonObject): readonly string[] {
  if (definition.type === 'direct') return definition.graph.start;
  return satisfiedTasks(definition, targetTask(definition, params), () => false);
}

/** The declared inputs with their defaults. @throws WorkflowFailure when one is missing or not declared */
function completeInput(definition: WorkflowDefinition, given: JsonObject): JsonObject {
  const kind = definition.type === 'direct' ? 'DirectWorkflowSpec' : 'ReverseWorkflowSpec';
  const problem = invalidInput(definition.name, kind, definition.input, given);
  if (problem !== null) throw new WorkflowFailure(problem);
  const defaults = definition.input.filter((each) => !Object.hasOwn(given, each.name));
  return fromEntries([
    ...Object.entries(given),
    ...defaults.map((each): [string, Json] => [each.name, each.default ?? null]),
  ]);
}

/** An environment may be given by its name or as a dictionary, and its values may refer to each other. */
function environment(decision: Decision, params: JsonObject): JsonObject {
  const { env = null } = params;
  const variables = typeof env === 'string' && env !== '' ? decision.world.environment(env) : env;
  if (variables === null && typeof env === 'string' && env !== '') {
    throw new WorkflowFailure(`Environment is not found: ${env}`);
  }
  if (variables === null || variables === '' || (isObject(variables) && Object.keys(variables).length === 0)) return {};
  if (!isObject(variables)) {
    throw new WorkflowFailure('Unexpected value type for environment: give its name or a dictionary.');
  }
  if (params.evaluate_env === false) return variables;
  const scope = {
    get: (name: string) => (name === '__env' ? variables : undefined),
    keys: () => ['__env'],
    world: decision.world,
    mistral: {
      env: () => variables,
      execution: () => null,
      task: () => null,
      tasks: () => [],
      executions: () => [],
      global: () => null,
    },
  };
  return evaluate(variables, scope) as JsonObject;
}
