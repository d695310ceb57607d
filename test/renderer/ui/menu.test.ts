import { expect, test } from 'vitest';
import { stepIn } from '../../../renderer/ui/menu.tsx';

const items = ['Pause', 'Run again', 'Resume'].map((title) => ({ title }));

test('arrow keys go round, and a letter goes to the next item that begins with it', () => {
  expect(stepIn(items, 2, 'ArrowDown')).toBe(0);
  expect(stepIn(items, 0, 'ArrowUp')).toBe(2);
  expect(stepIn(items, -1, 'ArrowUp')).toBe(2);
  expect(stepIn(items, 1, 'r')).toBe(2);
  expect(stepIn(items, 2, 'r')).toBe(1);
  expect(stepIn(items, 0, 'x')).toBeNull();
  expect(stepIn(items, 0, 'Enter')).toBeNull();
});
