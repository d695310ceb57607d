import { StoreError } from './store-error.ts';

export type Stored = 'commit' | 'document' | 'summary';

/**
 * The version of what the caller keeps in the store, and how what an older version wrote is read. Everything that is
 * written carries the version. Journals and histories are never rewritten; a document is when it changes, and its
 * original is kept.
 */
export interface Format {
  readonly version: number;
  /** Turns what version `from` wrote into what this version writes. Never called for the current version. */
  readonly upcast: (kind: Stored, value: unknown, from: number) => unknown;
}

/** @throws StoreError `newer` */
export function upcastTo(format: Format, kind: Stored, value: unknown, from: number, file: string): unknown {
  if (from > format.version) throw newerError(file);
  return from === format.version ? value : format.upcast(kind, value, from);
}

export function newerError(file: string): StoreError {
  return new StoreError(
    'newer',
    `“${file}” was written by a newer version of Windrose. Install that version or a later one to open it; nothing was changed.`,
  );
}
