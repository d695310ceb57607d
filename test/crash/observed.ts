import { join } from 'node:path';
import { SettingsKeeper } from '../../electron/settings.ts';
import { openSettingsFile } from '../../electron/settings-file.ts';
import type { Backend } from '../../engine/api/backend.ts';
import type { Output, PayloadField } from '../../engine/api/methods.ts';
import type { HistoryEvent } from '../../engine/api/resources.ts';
import { openLocalBackend } from '../../engine/backends/local/local-backend.ts';

/** Everything that the app would show of a data folder. */
export interface Observed {
  /** By what is shown (`workflow greet`, `node <execution> <id> result`), its JSON. */
  readonly shown: ReadonlyMap<string, string>;
  readonly troubles: readonly string[];
  /** When the start began, in milliseconds since 1970. */
  readonly since: number;
}

const fields: readonly PayloadField[] = [
  'input',
  'output',
  'result',
  'published',
  'context',
  'params',
  'stateInfo',
  'definition',
];

const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** The app's backend on a data folder as the shell lays it out, and its settings. */
export function openBackend(data: string): Promise<Backend> {
  return openLocalBackend({ folder: join(data, 'store'), log: silent });
}

/**
 * Starts on the folder, looks at everything, and ends again.
 *
 * @param since the starts from then on are taken for one, so that what each of them says of itself is no difference
 */
export async function observe(data: string, since = Date.now()): Promise<Observed> {
  const shown = new Map<string, string>();
  const { document, troubles } = await openSettingsFile(join(data, 'settings.json'));
  const settings = new SettingsKeeper(document, silent);
  shown.set('settings', JSON.stringify([settings.current, settings.place]));
  const backend = await openBackend(data);
  try {
    await lookAtLibrary(backend, shown);
    const { executions } = await backend.call('executions.list', { limit: 500 });
    for (const { id } of executions) {
      try {
        await lookAtExecution(backend, id, shown, since);
      } catch (error) {
        shown.set(`execution ${id} refuses`, String(error));
      }
    }
    for (const each of (await backend.call('executions.list', { limit: 500 })).executions) {
      shown.set(`listed ${each.id}`, timeless(JSON.stringify(each), since));
    }
    const told = await backend.call('troubles.list', {});
    return { shown, troubles: [...troubles, ...told].map(({ message }) => message), since };
  } finally {
    await backend.close();
  }
}

async function lookAtLibrary(backend: Backend, shown: Map<string, string>): Promise<void> {
  for (const { name, namespace } of await backend.call('workflows.list', {})) {
    shown.set(`workflow ${name}`, JSON.stringify(await backend.call('workflows.get', { name, namespace })));
  }
  for (const each of await backend.call('environments.list', {})) {
    shown.set(`environment ${each.name}`, JSON.stringify(each));
  }
  for (const each of await backend.call('actions.list', {})) shown.set(`action ${each.name}`, JSON.stringify(each));
}

async function lookAtExecution(backend: Backend, id: string, shown: Map<string, string>, since: number): Promise<void> {
  const { nodes } = await backend.call('executions.watch', { id });
  await backend.call('executions.unwatch', { id });
  for (const node of nodes) {
    shown.set(`node ${id} ${node.id}`, timeless(JSON.stringify(node), since));
    for (const field of fields) {
      const payload = await backend.call('nodes.payload', { rootId: id, id: node.id, field });
      shown.set(`node ${id} ${node.id} ${field}`, JSON.stringify(payload));
    }
  }
  const events: HistoryEvent[] = [];
  // On a busy machine a page ends early.
  for (let cursor: string | null = '0'; cursor !== null; ) {
    const page: Output<'executions.history'> = await backend.call('executions.history', { id, cursor, limit: 1000 });
    events.push(...page.events);
    cursor = page.more ? page.end : null;
  }
  shown.set(`history ${id}`, timeless(JSON.stringify(events), since));
}

/** Every start says when it took up what was interrupted. Only what it says itself is left out: what earlier ones said counts. */
function timeless(json: string, since: number): string {
  const unlessNew = (at: string): string => (Number(at) >= since ? '0' : at);
  return json
    .replace(/(?<="interruption":\{"at":)\d+/g, unlessNew)
    .replace(/(?<="at":)\d+(?=[^{}]*"text":"goes on after Windrose had ended)/g, unlessNew);
}
