import type { MenuItemConstructorOptions } from 'electron';
import { commandsOf, descriptionOf, type WindowCommand } from './commands.ts';
import type { Durability, Settings, Theme } from './contract.ts';

export interface MenuActions {
  command(command: WindowCommand): void;
  change(settings: Partial<Settings>): void;
  showDataFolder(): void;
  showActionsFolder(): void;
}

const zoomSteps = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

/** Every command of the app with its key, also those that the window has buttons for: the menu is where one learns them. */
export function menuTemplate(
  platform: NodeJS.Platform,
  settings: Settings,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const item = (command: WindowCommand): MenuItemConstructorOptions[] => {
    const { title, key, separated } = descriptionOf(command);
    const entry = { label: title, ...acceleratorOf(key, mac), click: () => actions.command(command) };
    return separated ? [separator, entry] : [entry];
  };
  const items = (menu: Parameters<typeof commandsOf>[0]) => commandsOf(menu).flatMap(item);
  const recent: MenuItemConstructorOptions = { role: 'recentDocuments', submenu: [{ role: 'clearRecentDocuments' }] };
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

  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        ...items('file'),
        ...(mac ? [recent] : []),
        separator,
        { label: 'Show data folder', click: () => actions.showDataFolder() },
        { label: 'Show the folder of your actions', click: () => actions.showActionsFolder() },
        {
          label: 'Keep, from the next start',
          submenu: [
            durabilityItem('Everything, also when the power goes', 'durable'),
            durabilityItem('Everything but the last seconds when the power goes (faster)', 'fast'),
          ],
        },
        {
          label: 'Notify when executions end',
          type: 'checkbox',
          checked: settings.notifications,
          click: () => actions.change({ notifications: !settings.notifications }),
        },
        separator,
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu', label: '&Edit' },
    {
      label: '&View',
      submenu: [
        ...items('view'),
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
    { label: 'E&xecution', submenu: items('execution') },
    ...(mac ? [{ role: 'windowMenu' } as const] : []),
    {
      role: 'help',
      label: '&Help',
      submenu: [...items('help'), ...(mac ? [] : [separator, { role: 'about' } as const])],
    },
  ];
}

/**
 * A single letter is shown and not registered: the menu would take it from every text field. macOS registers whatever it
 * shows.
 */
function acceleratorOf(
  key: string,
  mac: boolean,
): Pick<MenuItemConstructorOptions, 'accelerator' | 'registerAccelerator'> {
  if (key.length > 1) return { accelerator: key };
  if (mac) return {};
  return { accelerator: key === key.toLowerCase() ? key.toUpperCase() : `Shift+${key}`, registerAccelerator: false };
}
