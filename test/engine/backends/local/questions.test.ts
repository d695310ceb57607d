import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkInput } from '../../../../engine/actions/action.ts';
import { localAsk } from '../../../../engine/actions/local-ask.ts';
import type { Backend } from '../../../../engine/api/backend.ts';
import type { Change } from '../../../../engine/api/changes.ts';
import type { Question } from '../../../../engine/api/resources.ts';
import { openLocalBackend } from '../../../../engine/backends/local/local-backend.ts';
import { Questions } from '../../../../engine/backends/local/questions.ts';
import type { JsonObject } from '../../../../engine/model/json.ts';
import { until } from '../../actions/processes.ts';
import { Simulation } from '../../core/simulation.ts';
import { temporaryFolder } from '../../runtime/engine-fixture.ts';
import { allow } from './allow.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let backend: Backend;
let told: (readonly Question[])[];

beforeEach(async () => {
  folder = await temporaryFolder('questions');
  await open();
});
afterEach(async () => {
  await backend.close();
  await folder[Symbol.asyncDispose]();
});

async function open(): Promise<void> {
  backend = await openLocalBackend({
    folder: folder.path,
    log: { info: () => {}, warn: () => {}, error: console.error },
  });
  told = [];
  backend.subscribe((changes: readonly Change[]) => {
    for (const change of changes) if (change.type === 'questions') told.push(change.questions);
  });
}

async function ask(input: JsonObject): Promise<{ readonly rootId: string; readonly id: string }> {
  const text = `version: '2.0'\nasking:\n  input: [given]\n  tasks:\n    t:\n      action: local.ask\n      input: <% $.given %>\n`;
  await backend.call('workflows.save', { text });
  await allow(backend, 'asking');
  const { id: rootId } = await backend.call('executions.start', { workflow: 'asking', input: { given: input } });
  const { id } = await until(() => told.at(-1)?.find((each) => each.rootId === rootId) ?? null);
  return { rootId, id };
}

async function outcome(rootId: string, id: string): Promise<readonly [string, unknown]> {
  const state = await until(async () => {
    const { nodes } = await backend.call('executions.watch', { id: rootId });
    const root = nodes.find((node) => node.id === rootId);
    return root === undefined || root.state === 'RUNNING' ? null : root.state;
  });
  const payload = await backend.call('nodes.payload', { rootId, id, field: 'result' });
  return [state, 'text' in payload ? JSON.parse(payload.text) : null];
}

describe('a question', () => {
  test('is told of and listed until it is answered, and the answer is the result', async () => {
    const { rootId, id } = await ask({ question: 'Go on?', details: 'It costs a little.', yes: 'Go on' });
    expect(await backend.call('questions.list', {})).toEqual([
      {
        rootId,
        id,
        execution: 'asking',
        task: 't',
        askedAt: expect.any(Number),
        text: 'Go on?',
        details: 'It costs a little.',
        yes: 'Go on',
        no: 'No',
        fields: null,
      },
    ]);
    await backend.call('questions.answer', { rootId, id, answer: true });
    expect(await outcome(rootId, id)).toEqual(['SUCCESS', true]);
    expect(await backend.call('questions.list', {})).toEqual([]);
    await until(() => (told.at(-1)?.length === 0 ? true : null));
    await expect(backend.call('questions.answer', { rootId, id, answer: true })).rejects.toMatchObject({
      code: 'REFUSED',
    });
  });

  test('that is answered with no is no failure, unless it was to be one', async () => {
    const harmless = await ask({ question: 'Sure?' });
    await backend.call('questions.answer', { ...harmless, answer: false });
    expect(await outcome(harmless.rootId, harmless.id)).toEqual(['SUCCESS', false]);
    const strict = await ask({ question: 'Sure?', fail_on_no: true, no: 'Stop' });
    await backend.call('questions.answer', { ...strict, answer: false });
    expect(await outcome(strict.rootId, strict.id)).toEqual(['ERROR', "The answer was 'Stop'."]);
  });

  test('is still there after a restart, and can be answered then', async () => {
    const { rootId, id } = await ask({ question: 'Still there?' });
    await backend.close();
    await open();
    expect(await backend.call('questions.list', {})).toMatchObject([{ rootId, id, text: 'Still there?' }]);
    await backend.call('questions.answer', { rootId, id, answer: true });
    expect(await outcome(rootId, id)).toEqual(['SUCCESS', true]);
  });

  test('that nobody needs an answer to any more is gone', async () => {
    const cancelled = await ask({ question: 'a' });
    await backend.call('executions.cancel', { id: cancelled.rootId });
    await until(() => (told.at(-1)?.length === 0 ? true : null));
    await expect(backend.call('questions.answer', { ...cancelled, answer: true })).rejects.toMatchObject({
      code: 'REFUSED',
    });
    await expect(backend.call('questions.answer', { ...cancelled, id: 'x', answer: true })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await ask({ question: 'b' });
    const text = "version: '2.0'\nlate:\n  tasks:\n    t: {action: local.ask, input: {question: c}, timeout: 1}\n";
    await backend.call('workflows.save', { text });
    await allow(backend, 'late');
    await backend.call('executions.start', { workflow: 'late' });
    await until(() => (told.at(-1)?.length === 2 ? true : null));
    await until(() => (told.at(-1)?.length === 1 ? true : null));
    expect(told.at(-1)).toMatchObject([{ text: 'b' }]);
  });
});

describe('a form', () => {
  const fields = [
    { name: 'who', required: true, label: 'Who is it?' },
    { name: 'age', type: 'number', default: 5 },
    { name: 'size', type: 'choice', choices: ['S', 'L'], default: 'S' },
    { name: 'sure', type: 'boolean' },
  ];

  test('gives the values of its fields', async () => {
    const { rootId, id } = await ask({ question: 'Fill in', fields });
    const [question] = await backend.call('questions.list', {});
    expect(question?.fields).toEqual([
      { name: 'who', label: 'Who is it?', type: 'text', required: true, default: null, choices: [] },
      { name: 'age', label: 'age', type: 'number', required: false, default: 5, choices: [] },
      { name: 'size', label: 'size', type: 'choice', required: false, default: 'S', choices: ['S', 'L'] },
      { name: 'sure', label: 'sure', type: 'boolean', required: false, default: null, choices: [] },
    ]);
    await backend.call('questions.answer', { rootId, id, answer: { who: 'me', size: 'L' } });
    expect(await outcome(rootId, id)).toEqual(['SUCCESS', { who: 'me', age: 5, size: 'L', sure: null }]);
  });

  test('says what is wrong with an answer, and stays open', async () => {
    const { rootId, id } = await ask({ question: 'Fill in', fields });
    const wrong: readonly [unknown, string][] = [
      [{}, "'Who is it?' must be filled in."],
      [{ who: '' }, "'Who is it?' must be filled in."],
      [{ who: 'me', age: 'old' }, "'age' must be a number."],
      [{ who: 'me', size: 'XL' }, "'size' must be one of its choices."],
      [{ who: 'me', other: 1 }, "The form has no field 'other'."],
      [true, 'The answer must be a filled in form.'],
    ];
    for (const [answer, message] of wrong) {
      await expect(backend.call('questions.answer', { rootId, id, answer })).rejects.toMatchObject({
        code: 'INVALID',
        message,
      });
    }
    expect(await backend.call('questions.list', {})).toHaveLength(1);
    await backend.call('questions.answer', { rootId, id, answer: false });
    expect(await outcome(rootId, id)).toEqual(['ERROR', "The answer was 'Decline'."]);
  });

  test.each<[JsonObject, string]>([
    [{ question: 5 }, 'question must be a text.'],
    [{ question: 'x', fields: [] }, 'A form must have 1 to 100 fields.'],
    [{ question: 'x', fields: ['a'] }, 'Field 1 must be a dictionary.'],
    [{ question: 'x', fields: [{ name: 'a b' }] }, 'Field 1 must have a name of letters and digits.'],
    [{ question: 'x', fields: [{ name: 'a' }, { name: 'a' }] }, "Two fields are named 'a'."],
    [{ question: 'x', fields: [{ name: 'a', type: 'date' }] }, "The type of the field 'a' must be one of"],
    [{ question: 'x', fields: [{ name: 'a', type: 'choice' }] }, "The field 'a' must have choices."],
    [{ question: 'x', fields: [{ name: 'a', default: 5 }] }, "The default of the field 'a' does not fit."],
  ])('that cannot be asked is refused before it is: %j', (input, message) => {
    expect(checkInput(localAsk, input)).toContain(message);
  });
});

test('the question that was asked first is the first of the list, whichever was told of first', () => {
  const asking = (prefix: string, now: number): Simulation => {
    const run = new Simulation("version: '2.0'\nwf:\n  tasks:\n    t: {action: local.ask question='Well'}\n", prefix);
    run.now = now;
    run.start('wf');
    return run;
  };
  const [first, second] = [asking('first', 1000), asking('second', 2000)];
  const questions = new Questions();
  for (const { tree, commits } of [second, first]) {
    questions.committed(
      tree,
      commits.flatMap(({ events }) => events),
    );
  }
  expect(questions.list().map(({ rootId }) => rootId)).toEqual([first.rootId, second.rootId]);
});
