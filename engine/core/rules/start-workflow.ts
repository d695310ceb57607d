import { evaluate } from '../../expressions/evaluate.ts';
import type { WorkflowDefinition } from '../../language/definition.ts';
import type { TaskExecutionId, WorkflowExecutionId } from '../../model/ids.ts';
import { fromEntries, isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Decision } from '../decision.ts';
import { workflowIn } from '../execution-tree.ts';
import { WorkflowFailure } from '../failure.ts';
import { workflowScope } from '../scope.ts';
import type { FoundWorkflow } from '../world.ts';
import { createTask } from './create-task.ts';

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
  decision.attempt(() => {
    if (!decision.tree.definitions.has(found.definitionId)) {
      decision.emit({ type: 'DefinitionUsed', id: found.definitionId, text: found.text });
    }
    const { name, namespace, workbook, definitionId } = found;
    const { id, parentTaskId, index, description } = options;
    const which = { id, parentTaskId, index, name, namespace, workbook, definitionId, description };
    decision.emit({ type: 'WorkflowStarted', ...which, input, params });
    // `vars` see the input and the environment, and not each other.
    const context = evaluate(definition.vars, workflowScope(decision, workflowIn(decision.tree, options.id)));
    if (isObject(context)) decision.emit({ type: 'VarsSet', id: options.id, context });
  });
  for (const name of definition.graph.start) createTask(decision, options.id, name, []);
}

/** The declared inputs with their defaults. @throws WorkflowFailure when one is missing or not declared */
function completeInput(definition: WorkflowDefinition, given: JsonObject): JsonObject {
  const declared = new Set(definition.input.map((each) => each.name));
  const missing = definition.input.filter((each) => each.default === undefined && !Object.hasOwn(given, each.name));
  const unexpected = Object.keys(given).filter((name) => !declared.has(name));
  if (missing.length > 0 || unexpected.length > 0) {
    const kind = definition.type === 'direct' ? 'DirectWorkflowSpec' : 'ReverseWorkflowSpec';
    throw new WorkflowFailure(
      invalidInput(
        definition.name,
        kind,
        missing.map((each) => each.name),
        unexpected,
      ),
    );
  }
  const defaults = definition.input.filter((each) => !Object.hasOwn(given, each.name));
  return fromEntries([
    ...Object.entries(given),
    ...defaults.map((each): [string, Json] => [each.name, each.default ?? null]),
  ]);
}

/** Mistral's wording, which people search for. */
function invalidInput(name: string, kind: string, missing: readonly string[], unexpected: readonly string[]): string {
  const list = (names: readonly string[]): string => `[${names.map((each) => `'${each}'`).join(', ')}]`;
  return [
    `Invalid input [name=${name}, class=${kind}`,
    missing.length > 0 ? `, missing=${list(missing)}` : '',
    unexpected.length > 0 ? `, unexpected=${list(unexpected)}` : '',
    ']',
  ].join('');
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
