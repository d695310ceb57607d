import { expect, test } from 'vitest';
import { paramsOf } from '../../../../renderer/features/run/run-params.ts';

test('params have what was chosen, by the names that Mistral gives them, and nothing else', () => {
  expect(paramsOf('direct', { environment: '', taskName: 'left from before' })).toEqual({});
  expect(paramsOf('direct', { environment: 'lab', taskName: '' })).toEqual({ env: 'lab' });
  expect(paramsOf('reverse', { environment: 'lab', taskName: ' goal ' })).toEqual({ env: 'lab', task_name: 'goal' });
});
