import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate } from '../../engine/expressions/evaluate.ts';
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
    ...readLines(dir, 'yaql-trees.jsonl').map(runTree),
  ];
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
  const expected = line.error === true ? 'an error' : show(line.result ?? null, line.unordered === true);
  let actual: string;
  try {
    actual = show(evaluate(text, oracleScope(line.data as JsonObject)), line.unordered === true);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    actual = line.error === true ? 'an error' : `an error: ${error.message}`;
  }
  return result(feature, id, expected, actual);
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
  const passed = expected === actual;
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
