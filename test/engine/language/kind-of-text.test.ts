import { expect, test } from 'vitest';
import { kindOfText } from '../../../engine/language/kind-of-text.ts';

test.each([
  ['workflow', ''],
  ['workflow', "version: '2.0'\nflow:\n  tasks:\n    a: {action: std.noop}\n"],
  ['workbook', "version: '2.0'\nname: book\nworkflows:\n  flow:\n"],
  ['workbook', "version: '2.0'\nname: book\nactions:\n  shout:\n    base: std.echo\n"],
  ['action', "version: '2.0'\nshout:\n  base: std.echo\n"],
  // A task may be called so.
  ['workflow', "version: '2.0'\nflow:\n  tasks:\n    base:\n      action: std.noop\n"],
])('a %s is known for what it is: %j', (kind, text) => {
  expect(kindOfText(text)).toBe(kind);
});
