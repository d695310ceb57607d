import type { Settings } from '../../../electron/contract.ts';

/** What one group of settings gets: what is chosen, and how to change it. */
export interface SettingsPanel {
  readonly settings: Settings;
  readonly change: (patch: Partial<Settings>) => Promise<void>;
}
