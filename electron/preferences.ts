import { type BrowserWindow, Menu, nativeTheme } from 'electron';
import type { DesktopInput, Settings } from './contract.ts';
import { type MenuActions, menuTemplate } from './menu.ts';
import type { SettingsKeeper } from './settings.ts';

/** What settings change in the engine. */
interface StorePreferences {
  retain(retention: Settings['retention']): void;
  bound(bounds: DesktopInput<'settings.set'>): void;
}

/** Makes what the person has chosen true, now and after each change: the theme, the zoom, the menu's marks. */
export class Preferences {
  readonly #window: BrowserWindow;
  readonly #settings: SettingsKeeper;
  readonly #actions: MenuActions;
  readonly #store: StorePreferences;

  constructor(window: BrowserWindow, settings: SettingsKeeper, actions: MenuActions, store: StorePreferences) {
    this.#store = store;
    this.#window = window;
    this.#settings = settings;
    this.#actions = actions;
    // Chromium remembers a zoom of its own for each page: ours is said again whenever there is a new one.
    window.webContents.on('dom-ready', () => this.#apply());
    this.#apply();
  }

  /** Does what `settings.set` promises. */
  change(patch: DesktopInput<'settings.set'>): Promise<Settings> {
    const changed = this.#settings.change(patch);
    if (patch.retention !== undefined) this.#store.retain(patch.retention);
    if (patch.actionsAtOnce !== undefined || patch.refusesLocalAddresses !== undefined) this.#store.bound(patch);
    const { ui: _, ...ours } = patch;
    if (Object.keys(ours).length > 0) this.#apply();
    return changed;
  }

  #apply(): void {
    const settings = this.#settings.current;
    nativeTheme.themeSource = settings.theme;
    this.#window.webContents.setZoomFactor(settings.zoom);
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, settings, this.#actions)));
  }
}
