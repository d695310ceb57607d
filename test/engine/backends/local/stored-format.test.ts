import { expect, test } from 'vitest';
import { storedFormat } from '../../../../engine/backends/local/stored-format.ts';
import { type ExecutionDocument, fromDocument, toDocument } from '../../../../engine/core/document.ts';
import type { ExecutionTree } from '../../../../engine/core/execution-tree.ts';
import { outstanding } from '../../../../engine/core/outstanding.ts';
import { Simulation } from '../../core/simulation.ts';

const text = `version: '2.0'\nwf:\n  tasks:\n    a: {action: "std.http url='http://localhost/'"}\n`;

function started(): Simulation {
  const run = new Simulation(text);
  run.start('wf');
  return run;
}

const owed = (tree: ExecutionTree): readonly string[] => outstanding(tree).map(({ type }) => type);
const begunAt = (tree: ExecutionTree) => [...tree.actions.values()].map((action) => action.begunAt);

test('of a document that was written before it was kept when an action has begun, every action has begun', () => {
  const { tree, now } = started();
  expect(owed(tree)).toEqual(['beginAction']);
  const written = JSON.parse(JSON.stringify(toDocument(tree))) as { actions: { begunAt?: unknown }[] };
  for (const action of written.actions) delete action.begunAt;
  const read = fromDocument(storedFormat.upcast('document', written, 2) as ExecutionDocument);
  expect(owed(read)).toEqual(['runAction']);
  expect(begunAt(read)).toEqual([now]);
});

test('so has every action of a journal from then', () => {
  const run = started();
  const commits = JSON.parse(JSON.stringify(run.commits)) as { at: number; events: { beginsLater?: unknown }[] }[];
  for (const { events } of commits) for (const event of events) delete event.beginsLater;
  const tree = run.replay(commits as unknown as Simulation['commits']);
  expect(owed(tree)).toEqual(['runAction']);
  expect(begunAt(tree)).toEqual([run.now]);
});

test('one that waits is read again as one that waits, and one that has begun as one that has', () => {
  const run = started();
  const again = (): readonly string[] => owed(fromDocument(toDocument(run.tree)));
  expect(again()).toEqual(['beginAction']);
  const [id] = run.tree.waiting;
  if (id === undefined) throw new Error('no action waits');
  run.command({ type: 'BeginAction', id });
  expect(again()).toEqual(['runAction']);
  run.command({ type: 'RepeatAction', id });
  expect(again()).toEqual(['beginAction']);
  run.command({ type: 'CompleteAction', id, result: { state: 'SUCCESS', value: null } });
  expect(again()).toEqual([]);
});
