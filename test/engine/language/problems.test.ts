import { describe, expect, test } from 'vitest';
import { checkActions, checkWorkbook, checkWorkflows } from '../../../engine/language/check-definitions.ts';
import { problemsOf } from './workflow-of.ts';

test('everything that is wrong is said at once, in the order of the text', () => {
  expect(
    problemsOf(`version: '2.0'
w:
  inputs: []
  input: [a, a]
  output: hello
  tasks:
    first:
      actoin: std.noop
      retry: {count: 3}
      on-success: [secnd, second]
    second:
      timeout: soon
      join: 3
      publish: {x: "<% $. %>"}
`),
  ).toEqual([
    '4:14-15 a stands in the list twice.',
    "5:11-16 'output' of workflow 'w' must be a dictionary (name: value), not the text 'hello'.",
    "8:7-13 Unknown attribute 'actoin' of task 'first'. Did you mean 'action'?",
    "9:14-24 'delay' is missing in 'retry' of task 'first'.",
    "10:20-25 Task 'secnd' not found. Did you mean 'second'?",
    "12:16-20 'timeout' of task 'second' must be a whole number (0 or more) or one expression, not the text 'soon'.",
    "13:13-14 Not enough inbound tasks for task with 'join' [task_name=second, join=3, inbound_tasks=1]: it would wait for ever.",
    expect.stringMatching(/^14:2\d-2\d Parse error: unexpected end of statement/),
  ]);
});

describe('a suggestion', () => {
  const suggestionFor = (task: string): string | null | undefined =>
    checkWorkflows(`version: '2.0'\nw: {tasks: {build_image: {target: x}, deploy: {target: x}, t: {${task}}}}`)
      .problems[0]?.suggestion;

  test('is the name that was probably meant', () => {
    expect(suggestionFor('on-success: build-image')).toBe('build_image');
    expect(suggestionFor('on-success: delpoy')).toBe('deploy');
    expect(suggestionFor('on-success: fial')).toBe('fail');
    expect(suggestionFor('onError: fail')).toBe('on-error');
    expect(suggestionFor('with_items: i in <% $.l %>')).toBe('with-items');
  });

  test('is not made up', () => {
    expect(suggestionFor('on-success: something_else')).toBeNull();
    expect(suggestionFor('requires: deploy')).toBeNull();
  });
});

describe('the place of a wrong expression', () => {
  const placeOf = (lines: string): string => {
    const [problem] = checkWorkflows(`version: '2.0'\nw:\n  tasks:\n    t:\n${lines}`).problems;
    return `${problem?.line}:${problem?.column}`;
  };

  test.each([
    ['      publish: {x: <% ? %>}', '5:23'],
    ['      publish: {x: "<% ? %>"}', '5:24'],
    ["      publish: {x: 'it''s <% ? %>'}", '5:30'],
    ['      publish: {x: "\\ta\\x41 <% ? %>"}', '5:32'],
    ['      action: std.echo output=<% ? %>', '5:34'],
    ['      action: "std.echo  output=\'<% ? %>\'"', '5:37'],
    ['      retry: count=1 delay=<% ? %>', '5:31'],
    ['      with-items: i in <% ? %>', '5:27'],
    ['      on-success: [{fail: <% ? %>}]', '5:30'],
    ['      publish:\n        x: |\n          one\n          <% ? %>\n', '8:14'],
    ['      publish:\n        x: >\n          one\n          <% ? %>\n', '8:14'],
    ['      publish:\n        x: one\n          two\n\n          <% ? %>\n', '9:14'],
  ])('%j', (lines, place) => {
    expect(placeOf(lines)).toBe(place);
  });
});

describe('what Mistral lets pass', () => {
  test.each([
    ['unknown attributes of a workflow', 'w: {whatever: 1, tasks: {t: {target: x}}}'],
    ['a description that is empty', "w: {description: '', tasks: {t: {target: x}}}"],
    ['names of tasks with spaces, and those even with nothing in them', 'w: {tasks: {"my task": {}, other-task: {}}}'],
    [
      'wrong expressions deeper than one level, and in output-on-error',
      'w: {output-on-error: {x: "<% ( %>"}, tasks: {t: {publish: {x: [["<% ( %>"]]}}}}',
    ],
    ['what begins with &, * or @, as plain text', 'w: {tasks: {t: {input: {a: *.txt, b: &x, c: @home}}}}'],
    ['one key twice', 'w: {tasks: {t: {action: no.such}, t: {action: std.noop}}}'],
    ['any version', 'w: {tasks: {t: {target: x}}}'],
  ])('%s', (_what, text) => {
    expect(problemsOf(`version: 1\n${text}`)).toEqual([]);
  });
});

describe('what YAML reads in another way than it was meant', () => {
  test.each([
    ['w: {tasks: {yes: {target: x}}}', '2:13-16 YAML reads the key yes as true; put it in quotes.'],
    [
      'w: {tasks: {t: {publish: {day: 2020-01-01}}}}',
      '2:32-42 This is a date in YAML, which Mistral does not take here; put it in quotes to use it as text.',
    ],
    ['w: {tasks: {t: {action: }}}', "2:25-26 'action' of task 't' must be text, not nothing."],
    ['w:\n  tasks:\n    t:', "4:5-6 A task must be a dictionary with attributes such as 'action'; 't' is nothing."],
    [
      'w:\n  tasks:\n    t: &x {target: y}',
      "4:18-19 Definition could not be parsed: A ':' cannot stand here (mapping values are not allowed here): put the text in quotes, or give the key a line of its own. There are no anchors in definitions: & and * begin plain text.",
    ],
    ['7: {tasks: {t: {target: x}}}', '2:1-2 YAML reads the key 7 as the number 7; put it in quotes.'],
  ])('%j', (text, problem) => {
    expect(problemsOf(`version: '2.0'\n${text}`)[0]).toBe(problem);
  });
});

test('ad-hoc actions are read with their inline parameters', () => {
  const { actions, problems } = checkActions(`version: '2.0'
greet:
  description: says hello
  tags: [x]
  base: std.echo output="hello <% $.who %>"
  base-input: {delay: 1, output: lost}
  input: [who, mood: fine]
  output: <% $ %>!
`);
  expect(problems).toEqual([]);
  expect(actions).toEqual([
    {
      line: 2,
      definition: {
        name: 'greet',
        description: 'says hello',
        tags: ['x'],
        base: 'std.echo',
        baseInput: { delay: 1, output: 'hello <% $.who %>' },
        input: [{ name: 'who' }, { name: 'mood', default: 'fine' }],
        output: '<% $ %>!',
      },
    },
  ]);
});

test('a workbook has its workflows and actions under their short names', () => {
  const { workbook, problems } = checkWorkbook(`version: '2.0'
name: book
description: two things
actions: {greet: {base: std.noop}}
workflows:
  version: '2.0'
  main: {tasks: {t: {action: greet}}}
`);
  expect(problems).toEqual([]);
  expect(workbook).toMatchObject({ name: 'book', description: 'two things', tags: [], actions: [{ name: 'greet' }] });
  expect(workbook?.workflows.map(({ name }) => name)).toEqual(['main']);
});

test('a workbook without a name, with the wrong version or an unknown section is refused', () => {
  expect(checkWorkbook('version: 2.0\nworkflow: {}\n').problems.map(({ message }) => message)).toEqual([
    "'name' is missing in the workbook.",
    "Unsupported DSL version: a workbook must have version: '2.0' (in quotes), not the number 2.0.",
    "Unknown attribute 'workflow' of the workbook. Did you mean 'workflows'?",
  ]);
});

test('a text of nothing is refused', () => {
  expect(problemsOf('')).toEqual(["1:1-1 'version' is a required property: begin the text with version: '2.0'."]);
  expect(problemsOf("version: '2.0'")).toEqual(['1:1-15 There must be at least one workflow in the text.']);
  expect(problemsOf('just words')[0]).toContain("must be a dictionary that begins with version: '2.0'");
});
