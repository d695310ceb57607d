import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

/** A file of which a part, or all, is written in one go. */
export interface Writing {
  readonly path: string;
  /** Where in the file the bytes go; null: beside it, and then in its place, so that it is the old file or the new one. */
  readonly offset: number | null;
  /** How it is opened. */
  readonly flags: number;
  /** Which bytes of the message. */
  readonly from: number;
  readonly to: number;
}

export interface Message {
  readonly writings: readonly Writing[];
  readonly bytes: Uint8Array;
}

/** What came of each, in their order: null, or why it was refused. */
export type Written = readonly ({ readonly message: string; readonly code: string } | null)[];

parentPort?.on('message', ({ writings, bytes }: Message) => {
  const written: Written = writings.map((writing) => {
    try {
      write(writing, bytes.subarray(writing.from, writing.to));
      return null;
    } catch (error) {
      const { message, code } = error as NodeJS.ErrnoException;
      return { message, code: code ?? '' };
    }
  });
  parentPort?.postMessage(written);
});

function write({ path, offset, flags }: Writing, bytes: Uint8Array): void {
  const target = offset === null ? `${path}.tmp` : path;
  const file = openSync(target, flags, 0o600);
  try {
    for (let done = 0; done < bytes.length; ) {
      const count = writeSync(file, bytes, done, bytes.length - done, (offset ?? 0) + done);
      // A system that takes nothing and reports no error would keep us here for ever.
      if (count === 0) throw Object.assign(new Error('the system wrote nothing'), { code: 'EIO' });
      done += count;
    }
  } finally {
    closeSync(file);
  }
  if (offset === null) renameSync(target, path);
}
