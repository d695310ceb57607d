import { join } from 'node:path';
import { SettingsKeeper } from '../../electron/settings.ts';
import { openSettingsFile } from '../../electron/settings-file.ts';
import type { Backend } from '../../engine/api/backend.ts';
import type { PayloadField } from '../../engine/api/methods.ts';
import { openLocalBackend } from '../../engine/backends/local/local-backend.ts';

/** Everything that the app would show of a data folder. */
export interface Observed {
  /** By what is shown (`workflow greet`, `node <execution> <id> result`), its JSON. */
  readonly shown: ReadonlyMap<string, string>;
  readonly troubles: readonly string[];
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

/** Starts on the folder, looks at everything, and ends again. */
export async function observe(data: string): Promise<Observed> {
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
        await lookAtExecution(backend, id, shown);
      } catch (error) {
        shown.set(`execution ${id} refuses`, String(error));
      }
    }
    for (const each of (await backend.call('executions.list', { limit: 500 })).executions) {
      shown.set(`listed ${each.id}`, timeless(JSON.stringify(each)));
    }
    const told = await backend.call('troubles.list', {});
    return { shown, troubles: [...troubles, ...told].map(({ message }) => message) };
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

async function lookAtExecution(backend: Backend, id: string, shown: Map<string, string>): Promise<void> {
  const { nodes } = await backend.call('executions.watch', { id });
  await backend.call('executions.unwatch', { id });
  for (const node of nodes) {
    shown.set(`node ${id} ${node.id}`, timeless(JSON.stringify(node)));
    for (const field of fields) {
      const payload = await backend.call('nodes.payload', { rootId: id, id: node.id, field });
      shown.set(`node ${id} ${node.id} ${field}`, JSON.stringify(payload));
    }
  }
  const { events } = await backend.call('executions.history', { id, limit: 10_000 });
  shown.set(`history ${id}`, timeless(JSON.stringify(events)));
}

/** Every start says when it took up what was interrupted: that instant is no difference between two of them. */
function timeless(json: string): string {
  return json
    .replace(/(?<="interruption":\{"at":)\d+/g, '0')
    .replace(/(?<="at":)\d+(?=[^{}]*"text":"goes on after Windrose had ended)/g, '0');
}
