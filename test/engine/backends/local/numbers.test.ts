import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Backend } from '../../../../engine/api/backend.ts';
import { openLocalBackend } from '../../../../engine/backends/local/local-backend.ts';
import { initialDrafts, onWire, readInput } from '../../../../renderer/features/run/typed-input.ts';

const text = `version: '2.0'
halve:
  input:
    - whole: 5
    - float: 5.0
    - large: 12345678901234567890
  output:
    halves: <% [$.whole / 2, $.float / 2] %>
    large: <% $.large + 1 %>
  tasks:
    t: {action: std.noop}
`;

let backend: Backend;
let folder: string;

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'windrose-numbers-'));
  backend = await openLocalBackend({ folder, log: { info() {}, warn() {}, error: console.error } });
});
afterEach(async () => {
  await backend.close();
  await fs.rm(folder, { recursive: true });
});

test('a number of the run form arrives as it was written, also 5.0 and an integer of twenty digits', async () => {
  const { workflows } = await backend.call('workflows.save', { text });
  // As the bridge does it: what is no plain value does not get through.
  const declarations = structuredClone(workflows[0]?.input ?? []);
  const shown = initialDrafts(declarations, {});
  expect([...shown.values()].map((draft) => draft.text)).toEqual(['5', '5.0', '12345678901234567890']);

  const typed = new Map([...shown].map(([name, draft]) => [name, { ...draft, text: draft.text.replace(/^5/, '7') }]));
  typed.set('large', { kind: 'number', text: '98765432109876543210' });
  const reading = readInput(declarations, typed);
  if (!reading.ok) throw new Error('the form has mistakes');
  const done = new Promise<string>((resolve) => {
    backend.subscribe((changes) => {
      for (const change of changes) {
        if (change.type === 'execution' && change.execution.state === 'SUCCESS') resolve(change.execution.id);
      }
    });
  });
  await backend.call('executions.start', { workflow: 'halve', input: structuredClone(onWire(reading.input)) });
  const id = await done;
  const payload = await backend.call('nodes.payload', { rootId: id, id, field: 'output' });
  expect(payload).toEqual({ type: 'json', text: '{"halves":[3,3.5],"large":98765432109876543211}' });
});
