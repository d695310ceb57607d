import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../engine/expressions/evaluate.ts';
import { ExpressionError } from '../../../engine/expressions/expression-error.ts';
import { parseJson } from '../../../engine/expressions/python/json-parse.ts';
import { encodeJson, type Json, type JsonObject } from '../../../engine/model/json.ts';
import { oracleScope } from '../../conformance/expression-oracles.ts';

/**
 * What Mistral's own evaluators made of expressions that once came out differently here: the first line has the data
 * that all of them see.
 */
const [first, ...cases] = readFileSync(new URL('recorded.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => parseJson(line) as JsonObject);

function outcome(text: string): string {
  try {
    return encodeJson(evaluate(text, oracleScope(first?.data as JsonObject)));
  } catch (error) {
    if (error instanceof ExpressionError) return 'an error';
    throw error;
  }
}

describe('as Mistral does', () => {
  test.each(cases.map(({ text, result }) => [String(text), result] as const))('%s', (text, result) => {
    expect(outcome(text)).toBe(result === undefined ? 'an error' : encodeJson(result as Json));
  });
});
