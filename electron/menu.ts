import type { MenuItemConstructorOptions } from 'electron';
import type { WindowCommand } from './bridge.ts';
import type { Durability, Settings, Theme } from './contract.ts';

export interface MenuActions {
  command(command: WindowCommand): void;
  change(settings: Partial<Settings>): void;
  showDataFolder(): void;
}

const zoomSteps = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

/**
 * Every command of the app with its key, also those that the window has buttons for: the menu is where one learns them.
 * Keys of a single letter belong to the window alone; the menu would take them from every text field.
 */
export function menuTemplate(
  platform: NodeJS.Platform,
  settings: Settings,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const item = (label: string, accelerator: string, command: WindowCommand): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => actions.command(command),
  });
  const themeItem = (label: string, theme: Theme): MenuItemConstructorOptions => ({
    label,
    type: 'radio',
    checked: settings.theme === theme,
    click: () => actions.change({ theme }),
  });
  const durabilityItem = (label: string, durability: Durability): MenuItemConstructorOptions => ({
    label,
    type: 'radio',
    checked: settings.durability === durability,
    click: () => actions.change({ durability }),
  });
  const zoomItem = (label: string, accelerator: string, zoom: number): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => actions.change({ zoom }),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };

  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        item('Open workflow file…', 'CmdOrCtrl+O', 'openYaml'),
        { label: 'Show data folder', click: () => actions.showDataFolder() },
        {
          label: 'Keep, from the next start',
          submenu: [
            durabilityItem('Everything, also when the power goes', 'durable'),
            durabilityItem('Everything but the last seconds when the power goes (faster)', 'fast'),
          ],
        },
        separator,
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu', label: '&Edit' },
    {
      label: '&View',
      submenu: [
        item('Library', 'CmdOrCtrl+1', 'showLibrary'),
        item('Executions', 'CmdOrCtrl+2', 'showExecutions'),
        item('Editor', 'CmdOrCtrl+3', 'showEditor'),
        item('Expressions', 'CmdOrCtrl+4', 'showExpressions'),
        item('Filter', 'CmdOrCtrl+F', 'filter'),
        separator,
        {
          label: 'Theme',
          submenu: [themeItem('Like the system', 'system'), themeItem('Light', 'light'), themeItem('Dark', 'dark')],
        },
        zoomItem('Larger', 'CmdOrCtrl+Plus', zoomSteps.find((step) => step > settings.zoom) ?? settings.zoom),
        zoomItem('Smaller', 'CmdOrCtrl+-', zoomSteps.findLast((step) => step < settings.zoom) ?? settings.zoom),
        zoomItem('Usual size', 'CmdOrCtrl+0', 1),
        separator,
        { role: 'reload', label: 'Reload window' },
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    {
      label: 'E&xecution',
      submenu: [
        item('Run…', 'CmdOrCtrl+Enter', 'run'),
        item('Pause or resume', 'CmdOrCtrl+.', 'togglePause'),
        item('Cancel…', 'CmdOrCtrl+Shift+.', 'cancel'),
      ],
    },
    ...(mac ? [{ role: 'windowMenu' } as const] : []),
    {
      role: 'help',
      label: '&Help',
      submenu: [
        item('Keyboard shortcuts', 'CmdOrCtrl+/', 'shortcuts'),
        ...(mac ? [] : [separator, { role: 'about' } as const]),
      ],
    },
  ];
}
