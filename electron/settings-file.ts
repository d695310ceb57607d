import fs from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
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
      await handle.writeFile(sealed(this.#newest));
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
    const found: unknown = JSON.parse(text);
    if (isAsWritten(text)) return { document: new SettingsFile(file, found), troubles: [] };
    const copy = await freeName(`${file}.changed`);
    await fs.copyFile(file, copy);
    const message = `The settings were changed by something other than Windrose. They are used as they are; a copy is kept as ${path.basename(copy)}.`;
    const document = new SettingsFile(file, found);
    // With a checksum that is right, so that the next start says nothing.
    await document.write(found);
    return { document, troubles: [trouble(message, copy)] };
  } catch {
    const aside = await freeName(`${file}.damaged`);
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

const SEAL = /,\s*"checksum": "([0-9a-f]{8})"\s*\}\s*$/;

/** As JSON whose last member is the CRC-32 of what stands before it: a changed value is noticed, not believed. */
function sealed(value: unknown): string {
  const { checksum: _before, ...content } = value as Record<string, unknown>;
  const body = JSON.stringify(content, null, 2).slice(0, -2);
  return `${body},\n  "checksum": "${checksumOf(body)}"\n}\n`;
}

/** Somebody who writes settings by hand may leave the checksum out. */
function isAsWritten(text: string): boolean {
  const seal = SEAL.exec(text);
  return seal === null || checksumOf(text.slice(0, seal.index)) === seal[1];
}

function checksumOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

/** What was kept aside before is not written over. */
async function freeName(name: string): Promise<string> {
  const taken = new Set(await fs.readdir(path.dirname(name)));
  for (let n = 1; ; n++) {
    const free = n === 1 ? name : `${name}-${n}`;
    if (!taken.has(path.basename(free))) return free;
  }
}

function trouble(message: string, file: string): Trouble {
  return { id: 'settings', severity: 'warning', message, file };
}
