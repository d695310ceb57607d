import { expect, test } from 'vitest';
import type { CronTrigger } from '../../../../engine/api/resources.ts';
import { cronDraft, cronMistakes, runParamsOf } from '../../../../renderer/features/run/cron-draft.ts';

const draft = cronDraft(null, { name: 'backup', namespace: '' });
const mistakes = (more: Partial<typeof draft>, taken: readonly string[] = [], preview: string | null = null) => [
  ...cronMistakes({ ...draft, name: 'nightly', ...more }, taken, preview).keys(),
];

test('a new cron trigger needs a name that no other has, and a workflow', () => {
  expect(mistakes({})).toEqual([]);
  expect(mistakes({ name: ' ' })).toEqual(['name']);
  expect(mistakes({ name: ' nightly ' }, ['nightly'])).toEqual(['name']);
  expect(mistakes({ workflow: '' })).toEqual(['workflow']);
  expect(mistakes({ remaining: '1.5' })).toEqual(['remaining']);
});

test('what the engine says is told at the field that it speaks of', () => {
  const zone = "There is no time zone 'Mars/Base'. Give a name such as Europe/Rome or UTC.";
  expect(mistakes({ timeZone: 'Mars/Base' }, [], zone)).toEqual(['timeZone']);
  expect(mistakes({ pattern: 'x' }, [], "'x' is no cron pattern: it has one field.")).toEqual(['pattern']);
});

test('a cron trigger that there is stands in the fields as it is', () => {
  const trigger: CronTrigger = {
    ...{ name: 'nightly', workflow: 'backup', namespace: 'team', input: {}, params: {}, pattern: '0 3 * * *' },
    ...{ timeZone: null, remaining: 4, isEnabled: false, dueAt: null, last: null },
    missed: 'catch up',
  };
  expect(cronDraft(trigger, null)).toEqual({
    ...{ name: 'nightly', workflow: 'backup', namespace: 'team', pattern: '0 3 * * *' },
    ...{ timeZone: '', remaining: '4', missed: 'catch up', isEnabled: false },
  });
});

test('the environment and the goal come back into the form', () => {
  expect(runParamsOf({ env: 'lab', task_name: 'end' })).toEqual({ environment: 'lab', taskName: 'end' });
  expect(runParamsOf({ env: { a: 1 } })).toEqual({ environment: '', taskName: '' });
});
