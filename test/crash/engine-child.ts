import { writeSync } from 'node:fs';
import { openLocalBackend } from '../../engine/backends/local/local-backend.ts';
import { allow } from '../engine/backends/local/allow.ts';
import { Random } from './random.ts';

/**
 * The app's backend under load until it is killed. Says on standard output, a line each, what it was answered and told:
 * `started <token> <id>`, `ended <id> <state>`, `deleting <id>`, `deleted <id>`; `opening` and `ready` in the beginning.
 * Arguments: the folder, the address of somebody who counts requests, a prefix for tokens, a seed, the durability.
 */
const [folder = '', witness = '', prefix = '', seed = '1', durability = 'durable'] = process.argv.slice(2);

const text = `version: '2.0'
asks:
  input: [token, witness]
  tasks:
    a: {action: std.noop, on-success: ask}
    ask: {action: "std.http url='<% $.witness %>/again/<% $.token %>'", safe-rerun: true, on-success: b}
    b: {action: std.echo output=<% $.token %>, publish: {back: <% task().result %>}}
asks_once:
  input: [token, witness]
  tasks:
    ask: {action: "std.http url='<% $.witness %>/once/<% $.token %>'", on-complete: b}
    b: {action: std.noop}
computes:
  input: [token, witness]
  tasks:
    w: {with-items: i in <% range(20) %>, action: std.echo output=<% $.i %>, publish: {all: <% task().result %>}, on-success: [x, y]}
    x: {action: std.noop, on-success: j}
    y: {workflow: echoes token=<% $.token %>, on-success: j}
    j: {join: all, action: std.noop}
echoes:
  input: [token]
  tasks:
    e: {action: std.echo output=<% $.token %>, retry: {count: 1, delay: 0}}
`;

const say = (line: string): void => void writeSync(1, `${line}\n`);
const random = new Random(Number(seed));

say('opening');
const log = { info: () => {}, warn: console.error, error: console.error };
const backend = await openLocalBackend({ folder, log, durability: durability === 'fast' ? 'fast' : 'durable' });
const ended = new Map<string, () => void>();
backend.subscribe((changes) => {
  for (const change of changes) {
    if (change.type !== 'execution') continue;
    const { id, state } = change.execution;
    if (state === 'RUNNING') continue;
    say(`ended ${id} ${state}`);
    ended.get(id)?.();
  }
});
await backend.call('workflows.save', { text });
for (const workflow of ['asks', 'asks_once']) await allow(backend, workflow);
say('ready');

let made = 0;
await Promise.all(Array.from({ length: 6 }, keepBusy));

async function keepBusy(): Promise<void> {
  for (;;) {
    made += 1;
    const token = `${prefix}-${made}`;
    const workflow = random.of(['asks', 'asks_once', 'computes']);
    const { id } = await backend.call('executions.start', { workflow, input: { token, witness } });
    const over = new Promise<void>((resolve) => ended.set(id, resolve));
    say(`started ${token} ${id}`);
    // Its end may have been told before somebody waited for it.
    const { executions } = await backend.call('executions.list', { text: id });
    if (executions[0]?.state === 'RUNNING') await over;
    ended.delete(id);
    if (random.below(5) > 0) continue;
    say(`deleting ${id}`);
    await backend.call('executions.delete', { id });
    say(`deleted ${id}`);
  }
}
