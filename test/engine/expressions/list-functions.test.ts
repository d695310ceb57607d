import { describe, expect, test } from 'vitest';
import { listFunctions } from '../../../engine/expressions/list-functions.ts';

describe('the list of functions', () => {
  test('has the names of the parameters that YAQL takes', () => {
    const functions = listFunctions('yaql');
    expect(functions).toContainEqual({
      name: 'substring',
      use: 'method',
      family: 'strings',
      parameters: ['string', 'start', 'length'],
    });
    expect(functions).toContainEqual({
      name: 'tasks',
      use: 'function',
      family: 'mistral',
      parameters: ['workflowExecutionId', 'recursive', 'state', 'flat'],
    });
  });

  test('says what is a filter, a test or a function of Jinja2', () => {
    const uses = listFunctions('jinja').map(({ name, use }) => `${use} ${name}`);
    expect(uses).toEqual(expect.arrayContaining(['filter upper', 'test defined', 'function range', 'function task']));
  });
});
