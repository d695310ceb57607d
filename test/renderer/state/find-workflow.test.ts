import { expect, test } from 'vitest';
import { findWorkflow } from '../../../renderer/state/find-workflow.ts';

const workflows = `version: '2.0'\none:\n  tasks:\n    a: { action: std.noop }\ntwo:\n  tasks:\n    b: { action: std.noop }\n`;

test('the workflow of an execution is found among several in one text', () => {
  expect([...(findWorkflow(workflows, 'two').workflow?.tasks.keys() ?? [])]).toEqual(['b']);
});

test('the workflow of a workbook is found by its full name', () => {
  const book = `version: '2.0'\nname: book\nworkflows:\n  one:\n    tasks:\n      a: { action: std.noop }\n`;
  expect(findWorkflow(book, 'book.one').workflow?.tasks.size).toBe(1);
  expect(findWorkflow(book, 'one').workflow).toBeNull();
});

test('a text that is not understood has no workflow', () => {
  expect(findWorkflow('tasks: [', 'one').workflow).toBeNull();
});
