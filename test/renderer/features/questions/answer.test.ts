import { expect, test } from 'vitest';
import { encodeJson, Float } from '../../../../engine/model/json.ts';
import {
  fieldOfRefusal,
  firstDrafts,
  type QuestionField,
  readAnswer,
} from '../../../../renderer/features/questions/answer.ts';

const field = (name: string, type: QuestionField['type'], more: Partial<QuestionField> = {}): QuestionField => ({
  ...{ name, label: name, type, required: false, default: null, choices: [] },
  ...more,
});
const read = (fields: readonly QuestionField[], drafts: Readonly<Record<string, string>>) =>
  readAnswer(fields, new Map(Object.entries(drafts)));

test('a form starts out with its defaults', () => {
  const fields = [
    field('where', 'choice', { choices: ['here', 'there'], default: 'there' }),
    field('count', 'number', { default: 3 }),
    field('loud', 'boolean', { default: true }),
    field('note', 'text'),
    field('quiet', 'boolean'),
  ];
  expect([...firstDrafts(fields)]).toEqual([
    ['where', 'there'],
    ['count', '3'],
    ['loud', 'true'],
    ['note', ''],
    ['quiet', 'false'],
  ]);
});

test('what is sent keeps its type', () => {
  const fields = [field('n', 'number'), field('x', 'number'), field('b', 'boolean'), field('t', 'text')];
  const answer = read(fields, { n: ' 12 ', x: '1.0', b: 'false', t: '12' });
  expect(answer.ok && encodeJson(answer.values.x ?? null)).toBe(encodeJson(new Float(1)));
  expect(answer.ok && answer.values).toMatchObject({ n: 12, b: false, t: '12' });
});

test('what is left empty is nothing', () => {
  const answer = read([field('n', 'number'), field('c', 'choice', { choices: ['a'] })], { n: '  ', c: '' });
  expect(answer.ok && answer.values).toEqual({ n: null, c: null });
});

test('what is missing or no number is told at its field', () => {
  const answer = read([field('who', 'text', { required: true }), field('n', 'number')], { who: '', n: 'three' });
  expect(answer).toEqual({
    ok: false,
    errors: new Map([
      ['who', 'This must be filled in.'],
      ['n', '“three” is not a number. Write it like 5, -0.5 or 1e3.'],
    ]),
  });
});

test('a refusal of the engine is told at the field that it names', () => {
  const fields = [field('a', 'text', { label: 'How many' }), field('b', 'text', { label: 'How' })];
  expect(fieldOfRefusal(fields, "'How' must be a text.")?.name).toBe('b');
  expect(fieldOfRefusal(fields, 'This question needs no answer any more.')).toBeNull();
});
