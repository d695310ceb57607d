import { describe, expect, test } from 'vitest';
import { checkActions, checkWorkflows } from '../../../engine/language/check-definitions.ts';
import { lostText, parseCommand } from '../../../engine/language/inline-parameters.ts';
import { BigInteger, Float } from '../../../engine/model/json.ts';
import { problemsOf, taskOf } from './workflow-of.ts';

function parametersOf(text: string): unknown {
  return Object.fromEntries(
    (parseCommand(`std.echo ${text}`)?.parameters ?? []).map(({ name, value }) => [name, value]),
  );
}

describe('inline parameters', () => {
  test.each([
    ['x="a b"', { x: 'a b' }],
    [`x='say "hi"'`, { x: 'say "hi"' }],
    ['x=""', { x: '' }],
    ['x=12 y=true z=null', { x: 12, y: true, z: null }],
    ['x=[1, 2.0, "a", {"k": null}]', { x: [1, new Float(2), 'a', { k: null }] }],
    ['x=12345678901234567890', { x: new BigInteger(12345678901234567890n) }],
    ['x=<% $.a + 1 %> y={{ _.b }}', { x: '<% $.a + 1 %>', y: '{{ _.b }}' }],
    ['x="<% $.a %>/<% $.b %>"', { x: '<% $.a %>/<% $.b %>' }],
    ['x="a=b c=d"', { x: 'a=b c=d' }],
    ['x=1 x=2', { x: 2 }],
    ['x=1y=2', { x: 1, y: 2 }],
    ['größe=1 a-b_c=2', { größe: 1, 'a-b_c': 2 }],
  ])('%s is understood', (text, expected) => {
    expect(parametersOf(text)).toEqual(expected);
  });

  test.each([
    ['x=word', {}],
    ['x=True y=-5', {}],
    ['x={"a": 1}', {}],
    ['x = 1', {}],
    ['x="never closed', {}],
    ['x=[1, 2', {}],
    ['x=1.5', { x: 1 }],
    ['x=007', { x: '007' }],
    ['x="a\\"b"', { x: 'a\\' }],
    ['x=[not json]', { x: '[not json]' }],
  ])('%s is understood as badly as Mistral does', (text, expected) => {
    expect(parametersOf(text)).toEqual(expected);
  });

  test('the name ends at the first space, bracket, quote or equals sign', () => {
    expect(parseCommand('std.echo  x=1')?.name).toBe('std.echo');
    expect(parseCommand('prefix_<% $.x %> y=1')?.name).toBe('prefix_<%');
    expect(parseCommand('<% $.name %> y=1')?.name).toBe('<% $.name %>');
    expect(parseCommand("fail(msg='two words')")).toMatchObject({ name: 'fail', parameters: [{ value: 'two words' }] });
  });

  test('without a space everything is the name', () => {
    expect(parseCommand("fail(msg='no')")).toEqual({ name: "fail(msg='no')", parameters: [] });
  });

  test('they win over the input', () => {
    expect(taskOf(`{action: "std.echo x='inline' y=1", input: {x: block, z: 2}}`).input).toEqual({
      x: 'inline',
      y: 1,
      z: 2,
    });
  });

  test('they cannot stand beside an input that is one expression', () => {
    expect(taskOf('{action: std.echo, input: "<% $.all %>"}').input).toBe('<% $.all %>');
    expect(problemsOf('version: "2.0"\nw:\n  tasks:\n    t: {action: std.echo x=1, input: "<% $.all %>"}')).toEqual([
      "4:17-29 Task 't' cannot have inline parameters, because its whole 'input' is one text.",
    ]);
  });

  test('a text full of brackets that never close is read in a moment', () => {
    for (const piece of ['x=[', 'x={{', 'x=<%', 'x="', "x='", 'x=', 'x']) {
      expect(parseCommand(`a ${piece.repeat(200_000)}`)?.name).toBe('a');
    }
  });
});

describe('what Mistral passes over in silence', () => {
  test.each([
    ['std.echo output="a", delay=1', []],
    ["fail(msg='two words')", []],
    ['std.echo', []],
    ['std.echo output=hello', ['output=hello']],
    ['local.sleep seconds=0.5', ['.5']],
    ['std.echo x=True y=-5 z=1', ['x=True y=-5']],
    ['std.echo x="a\\"b"', ['b"']],
    ['std.echo x=1 and more', ['and more']],
  ])('of %s is known', (text, lost) => {
    const command = parseCommand(text);
    expect(command === null ? null : lostText(text, command).map((each) => each.text)).toEqual(lost);
  });

  test('is hinted at where it stands, wherever there are inline parameters, and nothing is refused', () => {
    const { workflows, problems, hints } = checkWorkflows(`version: '2.0'
w:
  tasks:
    a:
      action: local.sleep seconds=0.5
      retry: count=3 delay=1.5
      on-success:
        - fail msg=oops
`);
    expect(problems).toEqual([]);
    expect(workflows).toHaveLength(1);
    expect(hints.map(({ line, column, endColumn }) => [line, column, endColumn])).toEqual([
      [5, 36, 38],
      [6, 29, 31],
      [8, 16, 24],
    ]);
    expect(hints[0]?.message).toBe(
      "Mistral passes over '.5' in silence: a value here is \"text\", an expression, a [list], true, false, null or a whole number. Write others with 'input', as a dictionary.",
    );
    expect(checkActions("version: '2.0'\na: {base: std.echo output=hello}").hints).toHaveLength(1);
  });

  test('keeps no problem from being told, however much of it there is', () => {
    const lost = Array.from({ length: 1200 }, (_, at) => `    t${at}: {action: std.echo output=hello}\n`).join('');
    const { workflows, problems, hints } = checkWorkflows(
      `version: '2.0'\nw:\n  tasks:\n${lost}    wrong: {on-success: nowhere}\n`,
    );
    expect(workflows).toEqual([]);
    expect(problems.map(({ message }) => message)).toEqual(["Task 'nowhere' not found."]);
    expect(hints).toHaveLength(1000);
    const many = checkActions(`version: '2.0'\na: {base: "std.echo${' a=1.5'.repeat(8000)}"}`);
    expect(many.hints).toHaveLength(10);
  });
});
