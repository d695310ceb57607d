import { expect, test } from 'vitest';
import { moment } from '../../../renderer/ui/moment.ts';

const now = new Date(2026, 10, 23, 18, 5).getTime();

test('a time in the past is told as short as it can be', () => {
  expect(moment(new Date(2026, 10, 23, 6, 12).getTime(), now)).toBe('06:12');
  expect(moment(new Date(2026, 10, 12, 19, 45).getTime(), now)).toBe('12 Nov, 19:45');
  expect(moment(new Date(2024, 0, 16, 19, 45).getTime(), now)).toBe('16 Jan 2024');
});
