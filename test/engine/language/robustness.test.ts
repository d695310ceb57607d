import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkActions, checkWorkbook, checkWorkflows } from '../../../engine/language/check-definitions.ts';
import type { Problem } from '../../../engine/language/problem.ts';
import { SourceText } from '../../../engine/language/source-text.ts';
import { toJson } from '../../../engine/yaml/node.ts';
import { readYaml } from '../../../engine/yaml/read-yaml.ts';
import { propertyRuns } from '../../property-runs.ts';

const CHECKS = [checkWorkflows, checkWorkbook, checkActions];

/** Pieces that mean something to YAML or to the language, so that random texts get somewhere. */
const PIECES = [
  '\n',
  '\n  ',
  '\n    ',
  ' ',
  ': ',
  ':',
  '- ',
  '? ',
  '[',
  ']',
  '{',
  '}',
  ', ',
  '"',
  "'",
  '|\n',
  '>-\n',
  '#',
  '&a ',
  '*a',
  '!x ',
  '<<: ',
  '%',
  '@',
  '\t',
  '\\',
  '---',
  '...',
  '~',
  'yes',
  '1',
  '1.0',
  '2020-01-01',
  "version: '2.0'\n",
  'w:\n  tasks:\n    ',
  'tasks: ',
  'action: ',
  'on-success: ',
  'join: ',
  'publish: ',
  'retry: ',
  'with-items: ',
  'i in ',
  '<% ',
  ' %>',
  '{{ ',
  ' }}',
  'std.echo x=',
  'fail(msg=',
  ')',
  '__proto__: ',
  'constructor: ',
  '\u2028',
  '\ufeff',
  '😀',
] as const;

const someText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
);

const ATTRIBUTES = [
  'version',
  'name',
  'type',
  'tasks',
  'task-defaults',
  'input',
  'output',
  'vars',
  'tags',
  'description',
  'action',
  'workflow',
  'publish',
  'retry',
  'join',
  'on-success',
  'on-error',
  'on-complete',
  'requires',
  'with-items',
  'branch',
  'next',
  'workflows',
  'actions',
  'base',
  'base-input',
  'a',
  'b',
  '__proto__',
  'toString',
] as const;

/** Values that look like definitions, nested at random. */
const { value: someDefinition } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      1,
      2.5,
      -1,
      '',
      'a',
      'b',
      'all',
      'direct',
      'reverse',
      '2.0',
      '<% $.x %>',
      'std.echo x=1',
      'i in [1]',
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom(...ATTRIBUTES), tie('value')), { maxLength: 5 })
      .map((entries) => Object.fromEntries(entries)),
  ),
}));

function lieWithin(text: string, problems: readonly Problem[]): boolean {
  const lines = text.split(/\r\n|\r|\n/);
  return problems.every(({ line, column, endLine, endColumn, message }) => {
    const first = lines[line - 1];
    const last = lines[endLine - 1];
    if (first === undefined || last === undefined || message === '') return false;
    const inOrder = endLine > line || (endLine === line && endColumn >= column);
    return inOrder && column >= 1 && column <= first.length + 1 && endColumn >= 1 && endColumn <= last.length + 2;
  });
}

describe('whatever the text', () => {
  test('checking ends, and every problem lies within the text', () => {
    fc.assert(
      fc.property(someText, fc.constantFrom(...CHECKS), (text, check) => lieWithin(text, check(text).problems)),
      propertyRuns(2000),
    );
  });

  test('reading YAML gives a value or problems within the text', () => {
    fc.assert(
      fc.property(someText, (text) => {
        const source = new SourceText(text);
        const { errors } = readYaml(text, { anchors: true });
        return lieWithin(
          text,
          errors.map(({ message, start, end }) => source.problem(message, start, end)),
        );
      }),
      propertyRuns(2000),
    );
  });

  test('a definition is either there or there are problems', () => {
    fc.assert(
      fc.property(someDefinition, (body) => {
        const text = JSON.stringify({ version: '2.0', w: body });
        const { workflows, problems } = checkWorkflows(text);
        expect(workflows.length === 0).toBe(problems.length > 0);
        expect(lieWithin(text, problems)).toBe(true);
      }),
      propertyRuns(1000),
    );
  });
});

test('JSON is YAML, and is read with the same values', () => {
  fc.assert(
    // Control characters stand escaped in JSON; DEL and C1 do not, and YAML refuses them.
    fc.property(
      fc.json().filter((text) => !/[\x7f-\x9f\ufffe\uffff]/.test(text) && !text.includes('\\ud')),
      (text) => {
        const { root } = readYaml(text, { anchors: true });
        const plain = JSON.stringify(root === null ? null : toJson(root));
        // Numbers that JavaScript writes with an exponent are text in YAML 1.1.
        fc.pre(!/\de[-+]?\d/i.test(text) && !/\d\.0\b|-0|\d{16}/.test(text));
        return plain === JSON.stringify(JSON.parse(text));
      },
    ),
  );
});

test('10,000 tasks are checked in one go', () => {
  const tasks = Array.from(
    { length: 10_000 },
    (_, number) =>
      `    task_${number}:\n      action: std.echo output=<% $.x %>\n      on-success: [task_${number + 1}]\n      on-error: clean\n`,
  );
  const text = `version: '2.0'\nbig:\n  tasks:\n${tasks.join('')}    task_10000: {join: all}\n    clean: {join: one}\n`;
  const { workflows, problems } = checkWorkflows(text);
  expect(problems).toEqual([]);
  expect(workflows[0]?.definition.tasks.size).toBe(10_002);
  expect(workflows[0]?.definition.graph.inbound.get('clean')).toHaveLength(10_000);
});

test.each(['<%', '{{', '{%', '<% a %', '{{ (', '<% a %>', '"', 'x=['])(
  '%j over and over in one text ends soon',
  (piece) => {
    const block = `        x: |\n          ${piece.repeat(100_000)}`;
    expect(() => checkWorkflows(`version: '2.0'\nw:\n  tasks:\n    t:\n      publish:\n${block}`)).not.toThrow();
  },
);

test('a text of nothing but mistakes does not cost more, and not all of them are told', () => {
  const tasks = Array.from(
    { length: 5000 },
    (_, number) => `    task_${number}: {on-success: [tusk_${number}], foo: 1}\n`,
  );
  const { problems } = checkWorkflows(`version: '2.0'\nbig:\n  tasks:\n${tasks.join('')}`);
  expect(problems).toHaveLength(1000);
});
