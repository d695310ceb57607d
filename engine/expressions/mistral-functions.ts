import type { Json, JsonObject } from '../model/json.ts';
import { ExpressionError } from './expression-error.ts';
import { asPython } from './python/data-value.ts';
import { dumpJson } from './python/json-dump.ts';
import { parseJson } from './python/json-parse.ts';
import { toJson } from './python/to-json.ts';
import { isTrue } from './python/truth.ts';
import { typeName, type Value } from './python/value.ts';
import { dumpYaml } from './python/yaml-dump.ts';
import { parseYaml } from './python/yaml-parse.ts';
import type { MistralData, Scope } from './scope.ts';

/** The functions that Mistral adds to both languages. Arguments come in the order of {@link MISTRAL_FUNCTIONS}. */
export interface MistralFunction {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly fallback?: Json }[];
  run(scope: Scope, args: readonly Value[]): Value;
}

export const MISTRAL_FUNCTIONS: readonly MistralFunction[] = [
  {
    name: 'env',
    parameters: [],
    run: (scope) => asPython(scope.mistral?.env() ?? null),
  },
  {
    name: 'execution',
    parameters: [],
    run: (scope) => asPython(data(scope, 'execution').execution()),
  },
  {
    name: 'executions',
    parameters: ['id', 'root_execution_id', 'state', 'from_time', 'to_time'].map((name) => ({ name, fallback: null })),
    run: (scope, args) => asPython(data(scope, 'executions').executions(executionFilter(args))),
  },
  {
    name: 'task',
    parameters: [{ name: 'task_name', fallback: null }],
    run: (scope, [name = null]) => {
      const found = data(scope, 'task');
      return asPython(isTrue(name) ? found.task(text(name, 'task_name')) : found.task());
    },
  },
  {
    name: 'tasks',
    parameters: [
      { name: 'workflow_execution_id', fallback: null },
      { name: 'recursive', fallback: false },
      { name: 'state', fallback: null },
      { name: 'flat', fallback: false },
    ],
    run: (scope, [executionId = null, recursive = false, state = null, flat = false]) =>
      asPython(
        data(scope, 'tasks').tasks({
          executionId: isTrue(executionId) ? text(executionId, 'workflow_execution_id') : null,
          recursive: isTrue(recursive),
          state: isTrue(state) ? text(state, 'state') : null,
          flat: isTrue(flat),
        }),
      ),
  },
  {
    name: 'global',
    parameters: [{ name: 'var_name' }],
    run: (scope, [name = null]) => asPython(data(scope, 'global').global(text(name, 'var_name'))),
  },
  {
    name: 'uuid',
    parameters: [],
    run: (scope) => scope.world.newId(),
  },
  {
    name: 'json_parse',
    parameters: [{ name: 'data' }],
    run: (_scope, [source = null]) => asPython(parseJson(text(source, 'data'))),
  },
  {
    name: 'json_dump',
    parameters: [{ name: 'data' }],
    run: (_scope, [value = null]) => dumpJson(value, { indent: '    ', sortKeys: false, onlyJson: false }),
  },
  {
    // Mistral 15 has it, later ones no longer; it does what json_dump does.
    name: 'json_pp',
    parameters: [{ name: 'data' }],
    run: (_scope, [value = null]) =>
      dumpJson(value, { indent: '    ', sortKeys: false, onlyJson: false })
        .replaceAll('\\n', '\n')
        .replaceAll(' \n', '\n'),
  },
  {
    name: 'yaml_parse',
    parameters: [{ name: 'data' }],
    run: (_scope, [source = null]) => parseYaml(text(source, 'data')),
  },
  {
    name: 'yaml_dump',
    parameters: [{ name: 'data' }],
    run: (_scope, [value = null]) => dumpYaml(value),
  },
];

function data(scope: Scope, name: string): MistralData {
  if (scope.mistral === null) throw new ExpressionError(`${name}() needs an execution, and there is none here.`);
  return scope.mistral;
}

function text(value: Value, parameter: string): string {
  if (typeof value === 'string') return value;
  throw new ExpressionError(`The argument '${parameter}' has to be a text, not ${typeName(value)}.`);
}

function executionFilter(args: readonly Value[]): JsonObject {
  const names = ['id', 'root_execution_id', 'state', 'from_time', 'to_time'];
  const given = names.map((name, index) => [name, toJson(args[index] ?? null)] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== null));
}
