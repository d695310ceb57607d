import fs from 'node:fs/promises';
import path from 'node:path';
import type { Trouble } from '../engine/api/resources.ts';
import type { SettingsDocument } from './settings.ts';

/**
 * One small JSON file of the shell's own. The file is whole at any moment: a new one is written and synced beside it
 * and then takes its place. Not part of the store, so that a theme can be chosen before the store is open.
 */
export class SettingsFile implements SettingsDocument {
  readonly found: unknown;
  readonly #file: string;
  #newest: unknown;
  /** The write that has not begun yet: it will write what is newest then, so all who ask meanwhile share it. */
  #next: Promise<void> | null = null;
  #last: Promise<void> = Promise.resolve();

  constructor(file: string, found: unknown) {
    this.#file = file;
    this.found = found;
  }

  write(value: unknown): Promise<void> {
    this.#newest = value;
    this.#next ??= this.#writeAfter(this.#last);
    this.#last = this.#next;
    return this.#next;
  }

  async #writeAfter(last: Promise<void>): Promise<void> {
    await last.catch(() => {}); // whoever asked for that one has heard of it
    this.#next = null;
    const temporary = `${this.#file}.new`;
    const handle = await fs.open(temporary, 'w', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(this.#newest, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.rename(temporary, this.#file);
  }
}

/** Opens the file. One that cannot be read is kept aside under another name, said in `troubles`, and begun anew. */
export async function openSettingsFile(
  file: string,
): Promise<{ readonly document: SettingsFile; readonly troubles: readonly Trouble[] }> {
  let text: string;
  try {
    text = await fs.readFile(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const troubles = missing ? [] : [trouble(`The settings could not be read: ${String(error)}.`, file)];
    return { document: new SettingsFile(file, null), troubles };
  }
  try {
    return { document: new SettingsFile(file, JSON.parse(text)), troubles: [] };
  } catch {
    const aside = `${file}.damaged`;
    await fs.rename(file, aside);
    return {
      document: new SettingsFile(file, null),
      troubles: [
        trouble(
          `The settings were damaged and have been reset. The old file is kept as ${path.basename(aside)}.`,
          aside,
        ),
      ],
    };
  }
}

function trouble(message: string, file: string): Trouble {
  return { id: 'settings', severity: 'warning', message, file };
}
