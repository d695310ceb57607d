import { z } from 'zod';
import { ApiError } from '../engine/api/api-error.ts';
import { type DesktopInput, type Settings, settings } from './contract.ts';
import type { Logger } from './log.ts';
import { type WindowPlace, windowPlace } from './window-place.ts';

/** What is on disk: the settings, and where the window was. What is missing or wrong takes its default, the rest stays. */
const savedSettings = z.object({
  theme: settings.shape.theme.catch('system'),
  zoom: settings.shape.zoom.catch(1),
  durability: settings.shape.durability.catch('durable'),
  notifications: settings.shape.notifications.catch(true),
  retention: settings.shape.retention.catch({ days: null, executions: null }),
  actionsAtOnce: settings.shape.actionsAtOnce.catch(null),
  refusesLocalAddresses: settings.shape.refusesLocalAddresses.catch(false),
  ui: settings.shape.ui.catch({}),
  window: windowPlace.nullable().catch(null),
});
type SavedSettings = z.infer<typeof savedSettings>;

/** The window keeps sizes and selections here, no data: beyond this (in characters of JSON) something is wrong. */
const MAX_UI_LENGTH = 256 * 1024;

/** Where settings are kept, in one JSON document. */
export interface SettingsDocument {
  /** What was found at the start; null at the first one, or when it could not be read. */
  readonly found: unknown;
  /** Resolves once it is on disk. */
  write(value: unknown): Promise<void>;
}

/** The settings of the person. Read once at the start, true in memory from then on, written at every change. */
export class SettingsKeeper {
  readonly #document: SettingsDocument;
  readonly #log: Logger;
  #saved: SavedSettings;
  #writing: Promise<void> = Promise.resolve();

  constructor(document: SettingsDocument, log: Logger) {
    this.#document = document;
    this.#log = log;
    const parsed = savedSettings.safeParse(document.found);
    this.#saved = parsed.success ? parsed.data : savedSettings.parse({});
  }

  get current(): Settings {
    const { window: _, ...ours } = this.#saved;
    return ours;
  }

  get place(): WindowPlace | null {
    return this.#saved.window;
  }

  /**
   * Merges the patch as `settings.set` promises it, and resolves once that is on disk.
   * @throws ApiError when the window's part would grow beyond all measure: nothing is changed then
   */
  async change({ ui, ...patch }: DesktopInput<'settings.set'>): Promise<Settings> {
    const merged = ui === undefined ? this.#saved.ui : mergeKeys(this.#saved.ui, ui);
    if (ui !== undefined && JSON.stringify(merged).length > MAX_UI_LENGTH) {
      throw new ApiError('INVALID', 'The window keeps too much in its settings: at most 256 KB.');
    }
    const given = Object.entries(patch).filter(([, value]) => value !== undefined);
    await this.#keep({ ...this.#saved, ...Object.fromEntries(given), ui: merged });
    return this.current;
  }

  /** Nobody waits for this one: when it cannot be written, the log says so. */
  keepPlace(window: WindowPlace): void {
    this.#keep({ ...this.#saved, window }).catch((error: unknown) =>
      this.#log.warn('The place of the window was not kept', error),
    );
  }

  /** Waits until everything so far is on disk. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  #keep(saved: SavedSettings): Promise<void> {
    this.#saved = saved;
    const written = this.#document.write(saved);
    this.#writing = written.catch(() => {});
    return written;
  }
}

function mergeKeys(old: Settings['ui'], patch: Settings['ui']): Settings['ui'] {
  const merged = new Map([...Object.entries(old), ...Object.entries(patch)]);
  return Object.fromEntries([...merged].filter(([, value]) => value !== null));
}
