import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../engine/expressions/evaluate.ts';
import type { MistralData, Scope } from '../../../engine/expressions/scope.ts';
import type { Json, JsonObject } from '../../../engine/model/json.ts';
import { oracleScope } from '../../conformance/expression-oracles.ts';

/** An execution that answers with what it was asked. */
function executionScope(data: JsonObject = {}): Scope {
  const mistral: MistralData = {
    env: () => ({ region: 'eu', hosts: ['a', 'b'] }),
    execution: () => ({ id: 'e1', name: 'wf' }),
    task: (name?: string) =>
      name === 'gone' ? null : { name: name ?? 'current', result: [1, [2, 'x']], state: 'SUCCESS' },
    tasks: (filter) => [{ ...filter }],
    executions: (filter) => [filter, filter],
    global: (name) => `global ${name}`,
  };
  return { ...oracleScope(data), mistral };
}

const run = (text: string): Json => evaluate(text, executionScope());

describe("Mistral's functions", () => {
  test.each([
    ['<% task().result %>', '{{ task().result }}', [1, [2, 'x']]],
    ['<% task(t1).name %>', "{{ task('t1').name }}", 't1'],
    ['<% task(gone) %>', "{{ task('gone') }}", null],
    ['<% env().hosts[1] %>', '{{ env().hosts[1] }}', 'b'],
    ['<% $__env.region %>', '{{ __env.region }}', 'eu'],
    ['<% execution().id %>', '{{ execution().id }}', 'e1'],
    ["<% global('x') %>", "{{ global('x') }}", 'global x'],
    ['<% json_parse(\'{"a": [1]}\').a[0] %>', '{{ json_parse(\'{"a": [1]}\').a[0] }}', 1],
    ["<% yaml_parse('a: [1, two]') %>", "{{ yaml_parse('a: [1, two]') }}", { a: [1, 'two'] }],
  ])('mean the same in both languages: %s', (yaql, jinja, expected) => {
    expect(run(yaql)).toEqual(expected);
    expect(run(jinja)).toEqual(expected);
  });

  test('take named arguments, spelled as each language spells them', () => {
    const filter = { executionId: 'e', recursive: true, state: 'ERROR', flat: false };
    expect(run("<% tasks(workflowExecutionId => 'e', recursive => true, state => ERROR) %>")).toEqual([filter]);
    expect(run("{{ tasks(workflow_execution_id='e', recursive=true, state='ERROR') }}")).toEqual([filter]);
    expect(run('<% tasks() %>')).toEqual([{ executionId: null, recursive: false, state: null, flat: false }]);
  });

  test('give Python lists, unlike the data, which YAQL has as tuples', () => {
    expect(run('<% str(task().result) %>')).toBe("[1, [2, 'x']]");
    expect(evaluate('<% str($.list) %>', executionScope({ list: [1, [2, 'x']] }))).toBe("(1, (2, 'x'))");
  });

  test('list executions for Jinja2; YAQL can only count them', () => {
    expect(run("{{ executions(state='ERROR') | length }}")).toBe(2);
    expect(run("{{ executions(id='x')[0] }}")).toEqual({ id: 'x' });
    expect(() => run('<% executions() %>')).toThrow('Use {{ executions() }}');
    expect(() => run('<% executions().first().name %>')).toThrow();
    expect(run('<% executions(state => ERROR).len() %>')).toBe(2);
  });

  test('are errors where there is no execution, save env(), which is null', () => {
    expect(evaluate('<% env() %>', oracleScope({}))).toBe(null);
    expect(() => evaluate('<% task(x) %>', oracleScope({}))).toThrow('task() needs an execution');
    expect(() => evaluate("{{ global('x') }}", oracleScope({}))).toThrow('global() needs an execution');
  });

  test('take ids, time and chance from what they are given', () => {
    const world = { now: Date.UTC(2026, 1, 3, 4, 5, 6, 789), newId: () => 'the-id', random: () => 0.25 };
    const scope = { ...oracleScope({}), world };
    expect(evaluate('<% uuid() %>', scope)).toBe('the-id');
    expect(evaluate('{{ uuid() }}', scope)).toBe('the-id');
    expect(evaluate('<% random() %>', scope)).toBe(0.25);
    expect(evaluate('<% random(1, 4) %>', scope)).toBe(2);
    expect(evaluate('<% now() %>', scope)).toBe('2026-02-03T04:05:06.789000');
    expect(evaluate('{{ [1, 2, 3, 4] | random }}', scope)).toBe(2);
  });
});
