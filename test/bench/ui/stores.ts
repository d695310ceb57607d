import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openBenchEngine } from '../bench-engine.ts';
import { sequence } from '../workflows.ts';

/** Tasks of each nested workflow: they are what is expanded and scrolled through. */
const BATCH = 100;

const batch = `
version: '2.0'
batch:
  tasks:
${Array.from({ length: BATCH }, (_, at) => `    task_${at}: { action: std.noop }`).join('\n')}`;

/** One execution with this many tasks, a hundred in each nested workflow, and an action for each of them. */
export async function storeLarge(userData: string, tasks: number): Promise<void> {
  await using engine = await engineIn(userData);
  await engine.save(batch);
  await engine.save(`
version: '2.0'
large:
  tasks:
    batches:
      with-items: number in <% range(${tasks / BATCH}) %>
      workflow: batch`);
  await engine.run('large');
  await engine.store.flush();
}

/** Executions of so many tasks each, all of one workflow. */
export async function storeMany(userData: string, executions: number, tasks: number): Promise<void> {
  await using engine = await engineIn(userData);
  await engine.save(sequence('many', tasks));
  for (let at = 0; at < executions; at += 1000) {
    await Promise.all(Array.from({ length: Math.min(1000, executions - at) }, () => engine.run('many')));
  }
  await engine.store.flush();
}

/** One execution of so many tasks in chains of forty, all of which are in its definition. */
export async function storeGraph(userData: string, tasks: number): Promise<void> {
  await using engine = await engineIn(userData);
  const line = (at: number) =>
    `    task_${at}: { action: std.noop${at % 40 === 39 ? '' : `, on-success: task_${at + 1}`} }`;
  await engine.save(
    `version: '2.0'\ngraph:\n  tasks:\n${Array.from({ length: tasks }, (_, at) => line(at)).join('\n')}\n`,
  );
  await engine.run('graph');
  await engine.store.flush();
}

/** An execution whose task has a result of some 10 MB: a list of 50,000 dictionaries. */
export async function storeResult(userData: string): Promise<void> {
  await using engine = await engineIn(userData);
  await engine.save(`
version: '2.0'
result:
  input: [list]
  tasks:
    make: { action: std.echo output=<% $.list %> }`);
  const list = Array.from({ length: 50_000 }, (_, number) => ({
    number,
    name: `server ${number}`,
    ratio: number / 7,
    tags: ['one', 'two'],
    text: 'x'.repeat(100),
    none: null,
  }));
  await engine.run('result', { list });
  await engine.store.flush();
}

/** A workflow that changes a thousand rows a second for so many seconds, evenly. */
export async function storePaced(userData: string, seconds: number): Promise<void> {
  await using engine = await engineIn(userData);
  // An item that starts and ends within a frame is told once. A round takes its tenth of a second and little more: there are
  // more than fit into the time, so that something is left to be paused.
  await engine.save(`
version: '2.0'
paced:
  tasks:
    begin: { action: std.echo output=0, publish: { round: 0 }, on-success: tick }
    tick:
      with-items: number in <% range(160) %>
      action: std.noop
      publish: { round: <% $.round + 1 %> }
      on-success:
        - wait: <% $.round < ${seconds * 12} %>
    wait: { action: local.sleep, input: { seconds: 0.1 }, on-success: tick }`);
  await engine.store.flush();
}

async function engineIn(userData: string): ReturnType<typeof openBenchEngine> {
  const folder = join(userData, 'store');
  await mkdir(folder, { recursive: true });
  return openBenchEngine(folder);
}
