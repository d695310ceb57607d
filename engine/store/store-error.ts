import { errorCode } from './disk.ts';

/**
 * `locked`: another process has the folder open. `newer`: written by a version that came after this one. `unusable`: the
 * folder or a file in it cannot be read or written. `damaged`: what is asked for cannot be read any more. `closed`: the
 * store has been closed, or was closed before this could be written.
 */
export type StoreErrorCode = 'locked' | 'newer' | 'unusable' | 'damaged' | 'closed';

/** Something that the store cannot do. The message is a sentence for the person in front of the window. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreError';
    this.code = code;
  }
}

/** What the system said, and what can be done about it, in words that fit behind a colon or a "because". */
export function reasonOf(error: unknown): string {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full; make room on it';
    case 'EACCES':
    case 'EPERM':
      return 'the system does not permit it; give yourself the right to read and write there';
    case 'EROFS':
      return 'the disk can only be read; make it writable';
    case 'EIO':
      return 'the disk reports an error; check it before it gets worse';
    case 'ENOTDIR':
      return 'a file is where a folder should be; choose another folder or move the file';
    case 'ELOOP':
      return 'a link is where a file should be, and links are not followed; put the file itself there';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many files are open; close some programs';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

export function closedError(): StoreError {
  return new StoreError('closed', 'The store is closed.');
}
