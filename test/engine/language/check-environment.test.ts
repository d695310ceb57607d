import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkEnvironment, environmentText } from '../../../engine/language/check-environment.ts';
import { Float, type JsonObject } from '../../../engine/model/json.ts';
import { toJsonText } from '../../../engine/model/json-text.ts';

test('an environment is its name and its variables, in YAML or in JSON', () => {
  const expected = { name: 'lab', description: '', variables: { region: 'north', retries: 3 } };
  expect(checkEnvironment('name: lab\nvariables:\n  region: north\n  retries: 3\n').environment).toEqual(expected);
  expect(checkEnvironment(JSON.stringify({ name: 'lab', variables: expected.variables })).environment).toEqual(
    expected,
  );
});

test.each([
  ['variables: {}\n', 1, "'name' is missing"],
  ['name: lab\n', 1, "'variables' is missing"],
  ['name: lab\nvariables: 3\n', 2, "'variables' of the environment must be a dictionary"],
  ['name: lab\nvarables: {}\n', 2, "Did you mean 'variables'?"],
  ['- a\n', 1, 'An environment must be a dictionary'],
  ['name: [lab\n', 1, ''],
])('%j is refused with its place', (text, line, sentence) => {
  const { environment, problems } = checkEnvironment(text);
  expect(environment).toBeNull();
  expect(problems.map((problem) => problem.line)).toContain(line);
  expect(problems.map(({ message }) => message).join(' ')).toContain(sentence);
});

test('what is written for an environment is read as the same environment', () => {
  expect(checkEnvironment(environmentText('lab', { half: new Float(1), no: null })).environment?.variables).toEqual({
    half: new Float(1),
    no: null,
  });
  const variables = fc.dictionary(
    fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
    fc.jsonValue({ maxDepth: 3 }),
  );
  fc.assert(
    fc.property(variables, (given) => {
      const value = JSON.parse(JSON.stringify(given)) as JsonObject;
      const { environment, problems } = checkEnvironment(environmentText('lab', value));
      expect(problems).toEqual([]);
      expect(toJsonText(environment?.variables ?? null)).toBe(toJsonText(value));
    }),
    { numRuns: 200 },
  );
});
