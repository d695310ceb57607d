import { expect, test } from 'vitest';
import { findWorkflow } from '../../../renderer/state/find-workflow.ts';
import { followersOf } from '../../../renderer/state/followers.ts';

const followers = (body: string, name: string, outcome: 'SUCCESS' | 'SKIPPED' = 'SUCCESS') => {
  const definition = findWorkflow(`version: '2.0'\nflow:\n${body}`, 'flow').workflow;
  if (definition === null) throw new Error('The example is wrong.');
  return followersOf(definition, name, outcome);
};

const release = `
  tasks:
    start: { action: std.noop, on-success: build }
    build: { action: std.noop, on-success: [test, docs], on-error: apologize, on-complete: [report, fail] }
    test: { action: std.noop, on-success: ship, on-error: apologize }
    docs: { action: std.noop, on-success: ship }
    ship: { join: all, action: std.noop, on-success: build }
    report: { action: std.noop, on-skip: docs, on-success: ship }
    apologize: { action: std.noop }
`;

test('what follows a task that succeeds, once each and in the order in which one comes to it', () => {
  expect(followers(release, 'build')).toEqual(['test', 'docs', 'report', 'ship']);
  expect(followers(release, 'apologize')).toEqual([]);
});

test('a task that is skipped goes on along its on-skip, or else as if it had succeeded', () => {
  expect(followers(release, 'report', 'SKIPPED')).toEqual(['docs', 'ship', 'build', 'test']);
  expect(followers(release, 'docs', 'SKIPPED')).toEqual(['ship', 'build', 'test', 'report']);
});

test('in a reverse workflow those follow that require it', () => {
  const reverse = `
  type: reverse
  tasks:
    a: { action: std.noop }
    b: { action: std.noop, requires: a }
    c: { action: std.noop, requires: [b, d] }
    d: { action: std.noop }
`;
  expect(followers(reverse, 'a')).toEqual(['b', 'c']);
});
