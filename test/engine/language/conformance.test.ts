import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkActions, checkWorkbook, checkWorkflows } from '../../../engine/language/check-definitions.ts';
import { runYamlOracle } from '../../conformance/yaml-oracle.ts';

const CORPUS = join(import.meta.dirname, '../../conformance');

interface Case {
  readonly id: string;
  readonly definitions: readonly { readonly kind: 'workflow' | 'workbook' | 'action'; readonly yaml: string }[];
  readonly expect: { readonly valid?: boolean; readonly definition?: number };
}

const CHECKS = { workflow: checkWorkflows, workbook: checkWorkbook, action: checkActions };

const CASES = readdirSync(join(CORPUS, 'cases'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(CORPUS, 'cases', name), 'utf8')) as Case);

test('every definition that Mistral refused is refused, and every other one is accepted', () => {
  const different = CASES.flatMap(({ id, definitions, expect: { valid, definition: refusedIndex } }) =>
    definitions.flatMap(({ kind, yaml }, index) => {
      const { problems } = CHECKS[kind](yaml);
      const shouldBeRefused = valid === false && index === refusedIndex;
      if (shouldBeRefused === problems.length > 0) return [];
      return [`${id} [${index}]: ${problems.map(({ message }) => message).join(' ') || 'accepted'}`];
    }),
  );
  expect(CASES.length).toBeGreaterThan(300);
  expect(different).toEqual([]);
});

test('every YAML text is read as PyYAML reads it', () => {
  const results = runYamlOracle(CORPUS);
  expect(results.length).toBeGreaterThan(100);
  expect(results.filter(({ passed }) => !passed)).toEqual([]);
});
