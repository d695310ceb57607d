import { expect, test } from 'vitest';
import { allCommands, type WindowCommand } from '../../electron/commands.ts';
import type { Settings } from '../../electron/contract.ts';
import { menuTemplate } from '../../electron/menu.ts';

interface Item {
  readonly label: string;
  readonly accelerator?: string;
  readonly registerAccelerator?: boolean;
  readonly checked?: boolean;
  readonly submenu?: readonly Item[];
  readonly click?: () => void;
}

function menu(platform: NodeJS.Platform, settings: Partial<Settings> = {}) {
  const commands: WindowCommand[] = [];
  const changes: Partial<Settings>[] = [];
  const template = menuTemplate(
    platform,
    {
      theme: 'system',
      zoom: 1,
      durability: 'durable',
      notifications: true,
      actionsAtOnce: null,
      refusesLocalAddresses: false,
      retention: { days: null, executions: null },
      ui: {},
      ...settings,
    },
    {
      command: (each) => commands.push(each),
      change: (each) => changes.push(each),
      showDataFolder: () => {},
      showActionsFolder: () => {},
    },
  ) as unknown as readonly Item[];
  const items = (list: readonly Item[]): readonly Item[] =>
    list.flatMap((item) => [item, ...items(item.submenu ?? [])]);
  return { items: items(template), commands, changes };
}

test.each(['darwin', 'linux', 'win32'] as const)(
  'on %s every command of the window is there, once, with a key',
  (platform) => {
    const { items, commands } = menu(platform);
    for (const { label, accelerator, click } of items) {
      const before = commands.length;
      if (label !== 'Show data folder') click?.();
      // macOS takes every key that its menu shows from text fields: single letters are told by the sheet of shortcuts.
      if (commands.length > before && platform !== 'darwin') expect(accelerator, label).toBeDefined();
    }
    expect(commands.toSorted()).toEqual([...allCommands].sort());
  },
);

test.each(['darwin', 'linux'] as const)('on %s no two items share a key', (platform) => {
  const keys = menu(platform).items.flatMap(({ accelerator }) => accelerator ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

test('no key is one that a text field needs', () => {
  for (const platform of ['darwin', 'linux'] as const) {
    for (const { accelerator, registerAccelerator } of menu(platform).items) {
      if (platform === 'darwin' || registerAccelerator !== false)
        expect(accelerator ?? 'CmdOrCtrl').toMatch(/^CmdOrCtrl/);
    }
  }
});

test('what was chosen is marked', () => {
  const marked = menu('linux', { theme: 'dark', durability: 'fast' }).items.filter(({ checked }) => checked);
  expect(marked.map(({ label }) => label)).toEqual([
    'Everything but the last seconds when the power goes (faster)',
    'Notify when executions end',
    'Dark',
  ]);
});

test.each([
  ['Larger', 1, 1.1],
  ['Smaller', 1, 0.9],
  ['Larger', 2, 2],
  ['Smaller', 0.5, 0.5],
  ['Usual size', 1.75, 1],
])('%s at %d sets the zoom to %d', (label, zoom, expected) => {
  const { items, changes } = menu('linux', { zoom });
  items.find((item) => item.label === label)?.click?.();
  expect(changes).toEqual([{ zoom: expected }]);
});
