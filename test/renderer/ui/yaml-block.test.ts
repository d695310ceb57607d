import { expect, test } from 'vitest';
import { blockAt } from '../../../renderer/ui/yaml-block.ts';

const text = `version: '2.0'
flow:
  tasks:
    first:
      action: std.noop

      # why
      on-success:
        - second
    # about the second
    second: { action: std.noop }
`;

test('a task reaches to its last line, not to what is said about the next one', () => {
  expect(blockAt(text, 4)).toEqual({ from: 4, to: 9 });
});

test('a task may be one line, the last one', () => {
  expect(blockAt(text, 11)).toEqual({ from: 11, to: 11 });
});
