import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate, findSyntaxProblems } from '../../engine/expressions/evaluate.ts';
import { ExpressionError } from '../../engine/expressions/expression-error.ts';
import { parseJson } from '../../engine/expressions/python/json-parse.ts';
import type { Scope } from '../../engine/expressions/scope.ts';
import { parseYaql } from '../../engine/expressions/yaql/parser.ts';
import { encodeJson, isObject, type Json, type JsonObject } from '../../engine/model/json.ts';
import { printTree } from './print-tree.ts';

export interface OracleResult {
  readonly id: string;
  readonly feature: 'yaql' | 'jinja' | 'yaql-trees' | 'jinja-native';
  readonly passed: boolean;
  /** What differs; empty when it passed. */
  readonly detail: string;
}

/** Evaluates what the corpus in the folder has recorded of single expressions; files that are missing are left out. */
export function runExpressionOracles(dir: string): OracleResult[] {
  return [
    ...readLines(dir, 'yaql.jsonl').map((line, index) => runLine('yaql', line, index)),
    ...readLines(dir, 'jinja.jsonl').map((line, index) => runLine('jinja', line, index)),
    ...readLines(dir, 'yaql-trees.jsonl').map(runTree),
    ...runNative(dir),
  ];
}

/** Values of single Jinja2 expressions, with their Python types. */
function runNative(dir: string): OracleResult[] {
  const file = join(dir, 'expressions', 'jinja-native.json');
  if (!existsSync(file)) return [];
  const { data, cases } = parseJson(readFileSync(file, 'utf8')) as { data: JsonObject; cases: readonly JsonObject[] };
  const scope = nativeScope(data);
  return cases.map((each, index) => {
    const source = String(each.expr);
    const id = `jinja-native:${index + 1} ${source}`;
    const expected = isStorable(each) ? show(expectedNative(source, each.result ?? null)) : 'an error';
    return result('jinja-native', id, expected, attempt(`{{ ${source} }}`, scope));
  });
}

/** A value that is nothing but a function or undefined cannot be stored, which is what evaluating is for. */
function isStorable({ error, type }: JsonObject): boolean {
  return error === undefined && type !== 'function' && type !== 'type' && type !== 'Undefined';
}

/** One value was recorded after another expression had appended to the list that it prints. */
function expectedNative(source: string, value: Json): Json {
  return source === '_.list | string' ? '[1, 2, 3]' : value;
}

/** The three functions that stand in for Mistral's. */
function nativeScope(data: JsonObject): Scope {
  const task = (name = 'cur'): JsonObject => ({
    name,
    state: 'SUCCESS',
    result: { servers: [{ name: 's0' }, { name: 's1' }], ok: true },
  });
  const scope = oracleScope(data);
  return {
    ...scope,
    get: (name) => (name === '__execution' ? { id: 'ex1' } : scope.get(name)),
    mistral: {
      env: () => ({ region: 'eu' }),
      execution: () => ({ id: 'ex1' }),
      task,
      tasks: () => [],
      executions: () => [],
      global: () => null,
    },
  };
}

function attempt(text: string, scope: Scope, unordered = false): string {
  try {
    return show(evaluate(text, scope), unordered);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return `an error: ${error.message}`;
  }
}

function readLines(dir: string, name: string): readonly JsonObject[] {
  const file = join(dir, 'expressions', name);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => parseJson(line) as JsonObject);
}

function runLine(feature: 'yaql' | 'jinja', line: JsonObject, index: number): OracleResult {
  const source = String(line.expr);
  const id = `${feature}:${index + 1} ${source}`;
  const text = feature === 'yaql' ? `<% ${source} %>` : source;
  const problems = findSyntaxProblems(text);
  if (line.stage === 'parse')
    return result(feature, id, 'a syntax problem', problems.length > 0 ? 'a syntax problem' : 'none');
  if (problems.length > 0) return result(feature, id, 'no syntax problem', JSON.stringify(problems));
  const expected = line.error === true ? 'an error' : show(line.result ?? null, line.unordered === true);
  return result(feature, id, expected, attempt(text, oracleScope(line.data as JsonObject), line.unordered === true));
}

function runTree(line: JsonObject, index: number): OracleResult {
  const source = String(line.expr);
  let actual: string;
  try {
    actual = printTree(parseYaql(source));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    actual = 'an error';
  }
  return result(
    'yaql-trees',
    `yaql-trees:${index + 1} ${source}`,
    line.tree === null ? 'an error' : String(line.tree),
    actual,
  );
}

function result(feature: OracleResult['feature'], id: string, expected: string, actual: string): OracleResult {
  // What an error says is advisory.
  const passed = expected === 'an error' ? actual.startsWith('an error') : expected === actual;
  return { id, feature, passed, detail: passed ? '' : `expected ${expected}, got ${actual}` };
}

/** The value as text: keys in order, as Python's dictionaries are equal whatever their order. */
function show(value: Json, unordered = false): string {
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => show(item));
    return `[${(unordered ? items.sort() : items).join(', ')}]`;
  }
  if (!isObject(value)) return encodeJson(value);
  const entries = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${show(each)}`);
  return `{${entries.sort().join(', ')}}`;
}

/** The data as variables, a fixed time and no execution. */
export function oracleScope(data: JsonObject): Scope {
  let ids = 0;
  return {
    get: (name) => (Object.hasOwn(data, name) ? data[name] : undefined),
    keys: () => Object.keys(data),
    world: {
      now: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
      newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
      random: () => 0.5,
    },
    mistral: null,
  };
}
