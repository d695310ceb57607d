import { expect, test } from 'vitest';
import { isUnderWay, lookOf, looks, stateInWords, worstFirst } from '../../../renderer/state/state-look.ts';
import { task, workflow } from '../example-nodes.ts';

test('a paused workflow is still pausing as long as actions run, and says how many', () => {
  expect(stateInWords(workflow({ state: 'PAUSED', runningActions: 3 }))).toBe('Pausing: 3 still running');
  expect(stateInWords(workflow({ state: 'PAUSED' }))).toBe('Paused');
  expect(stateInWords(workflow({ state: 'RUNNING', runningActions: 3 }))).toBe('Running');
});

test('an error that a transition took care of is another state than one that nobody did', () => {
  expect(stateInWords(task('a', { state: 'ERROR', errorHandled: true }))).toBe('Failed, handled');
  expect(stateInWords(task('a', { state: 'ERROR' }))).toBe('Failed');
});

test('no two states share a glyph or a word, and all have a rank', () => {
  const all = Object.values(looks);
  expect(new Set(all.map(({ glyph }) => glyph)).size).toBe(all.length);
  expect(new Set(all.map(({ word }) => word)).size).toBe(all.length);
  expect(worstFirst.toSorted()).toEqual(Object.keys(looks).toSorted());
});

test('time passes for what runs, is delayed or is pausing, and for nothing else', () => {
  const states = [
    'IDLE',
    'WAITING',
    'RUNNING',
    'RUNNING_DELAYED',
    'PAUSED',
    'SUCCESS',
    'ERROR',
    'CANCELLED',
    'SKIPPED',
  ] as const;
  expect(states.filter((state) => isUnderWay(task('a', { state })))).toEqual(['RUNNING', 'RUNNING_DELAYED']);
  expect(isUnderWay(workflow({ state: 'PAUSED', runningActions: 1 }))).toBe(true);
  expect(lookOf(workflow({ state: 'PAUSED', runningActions: 1 }))).toBe('PAUSING');
});
