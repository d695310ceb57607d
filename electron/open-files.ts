import { randomUUID } from 'node:crypto';
import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import { ApiError } from '../engine/api/api-error.ts';
import type { DesktopOutput, OpenedFile } from './contract.ts';
import { writeWhole } from './write-whole.ts';
import { readYamlFile } from './yaml-files.ts';

/** A file was changed by another program, in milliseconds: editors write in several steps. */
const SETTLING = 60;

/** What a file holds now; null when it is gone or cannot be read any more. */
export type FileListener = (id: string, text: string | null) => void;

interface OpenFile {
  readonly id: string;
  readonly path: string;
  /** Some programs want the mark at the beginning: it is put back when the file is saved. */
  readonly hasByteOrderMark: boolean;
  /** What the window was last told that the file holds. */
  known: string | null;
  watcher: FSWatcher | null;
  timer: NodeJS.Timeout | null;
}

/**
 * The files that the window may write: those that the person has opened or named, and no others. The window knows them by an
 * id. Each is watched, so that nobody works on a text that is no longer there.
 */
export class OpenFiles {
  readonly #files = new Map<string, OpenFile>();
  readonly #tell: FileListener;
  readonly #remember: (file: string) => void;

  /** @param remember hears of each file that was opened or named, for the system's list of recent files */
  constructor(tell: FileListener, remember: (file: string) => void = () => {}) {
    this.#tell = tell;
    this.#remember = remember;
  }

  /** @throws ApiError with a sentence when it cannot be read */
  async open(file: string): Promise<OpenedFile> {
    const { name, text, hasByteOrderMark } = await readYamlFile(file);
    return { id: this.#keep(path.resolve(file), text, hasByteOrderMark), name, text };
  }

  /** Writes a text under a name that the person has just chosen, whatever is there. */
  async saveAs(file: string, text: string): Promise<OpenedFile> {
    await writeWhole(file, text);
    return { id: this.#keep(path.resolve(file), text, false), name: path.basename(file), text };
  }

  /**
   * Writes the text, whole or not at all, if the file still holds what is expected; otherwise nothing is written and the
   * answer is what it holds.
   * @param expected null: the file is not there
   */
  async save(id: string, text: string, expected: string | null): Promise<DesktopOutput<'files.save'>> {
    const file = this.#files.get(id);
    if (file === undefined) throw new ApiError('NOT_FOUND', 'This file is not open any more; save it as a new one.');
    const now = await textOf(file.path);
    if (now !== expected) {
      file.known = now;
      return { type: 'changed', text: now };
    }
    // Before the writing: what the watcher sees of it is nothing new.
    file.known = text;
    await writeWhole(file.path, file.hasByteOrderMark ? `\uFEFF${text}` : text);
    return { type: 'saved' };
  }

  close(id: string): void {
    const file = this.#files.get(id);
    if (file === undefined) return;
    file.watcher?.close();
    if (file.timer !== null) clearTimeout(file.timer);
    this.#files.delete(id);
  }

  /** The page that knew them is gone. */
  closeAll(): void {
    for (const id of [...this.#files.keys()]) this.close(id);
  }

  /** One that is open already keeps its id. */
  #keep(at: string, text: string, hasByteOrderMark: boolean): string {
    this.#remember(at);
    const before = [...this.#files.values()].find((file) => file.path === at);
    if (before !== undefined) {
      before.known = text;
      return before.id;
    }
    const file: OpenFile = { id: randomUUID(), path: at, hasByteOrderMark, known: text, watcher: null, timer: null };
    this.#files.set(file.id, file);
    file.watcher = this.#watch(file);
    return file.id;
  }

  /** The folder, because most programs put a new file in the place of the old one. */
  #watch(file: OpenFile): FSWatcher | null {
    const look = (): void => {
      file.timer = null;
      void textOf(file.path).then((now) => {
        if (!this.#files.has(file.id) || now === file.known) return;
        file.known = now;
        this.#tell(file.id, now);
      });
    };
    try {
      const watcher = watch(path.dirname(file.path), { persistent: false }, (_event, name) => {
        if (name === null || name === path.basename(file.path)) file.timer ??= setTimeout(look, SETTLING);
      });
      // The folder is gone, or the system has had enough: that the file has changed is then found when it is saved.
      return watcher.on('error', () => watcher.close());
    } catch {
      return null;
    }
  }
}

async function textOf(file: string): Promise<string | null> {
  try {
    return (await readYamlFile(file)).text;
  } catch {
    return null;
  }
}
