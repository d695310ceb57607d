import type { ApiErrorCode } from '../engine/api/api-error.ts';
import type { WindowCommand } from './commands.ts';
import type { OpenedFile, Settings, WindowInput, WindowMethodName, WindowOutput } from './contract.ts';

/** Errors cross the bridge as values: an exception would arrive without its code. */
export type Reply<T> =
  | { readonly ok: true; readonly output: T }
  | { readonly ok: false; readonly error: { readonly code: ApiErrorCode; readonly message: string } };

/** A file that came from outside: a second start with a file's name, the system's "open with", or one that was dropped. */
export type FileFromOutside =
  | {
      readonly type: 'opened';
      /** As of an {@link OpenedFile}; null for one that was dropped, of which only the text is known. */
      readonly id: string | null;
      readonly name: string;
      readonly text: string;
    }
  /** `message` is a sentence for the person who tried. */
  | { readonly type: 'unreadable'; readonly name: string; readonly message: string };

/** Another program has written an opened file, or removed it (null). */
export interface FileChange {
  readonly id: string;
  readonly text: string | null;
}

/** What the shell tells the window without being asked. */
export type WindowMessage =
  /** `changes`: a list of `Change` of engine/api/changes.ts, as JSON text. */
  | { readonly type: 'changes'; readonly changes: string }
  | { readonly type: 'file'; readonly file: FileFromOutside }
  | { readonly type: 'fileChanged'; readonly change: FileChange }
  | { readonly type: 'command'; readonly command: WindowCommand }
  /** A notification was clicked: the execution that it told of. */
  | { readonly type: 'execution'; readonly id: string }
  | { readonly type: 'settings'; readonly settings: Settings };

/**
 * `window.windrose`: everything the window has of the world. Never throws or rejects; each `on…` returns the function
 * that ends it. What was told before anybody listened waits for the first listener.
 *
 * Values are copied entry by entry on this way, a text at once: 5,000 rows of a tree took 110 ms as values and take 15 ms
 * as text. So what may be large crosses as JSON text.
 */
export interface WindroseBridge {
  call<M extends WindowMethodName>(method: M, input: WindowInput<M>): Promise<Reply<WindowOutput<M>>>;
  /** The same, with the reply as JSON text. */
  read<M extends WindowMethodName>(method: M, input: WindowInput<M>): Promise<string>;
  /** At most one batch per frame: a list of changes as JSON text. */
  onChanges(listener: (changes: string) => void): () => void;
  onFile(listener: (file: FileFromOutside) => void): () => void;
  onFileChange(listener: (change: FileChange) => void): () => void;
  onCommand(listener: (command: WindowCommand) => void): () => void;
  onExecution(listener: (id: string) => void): () => void;
  /** The theme or the zoom was changed in the menu. */
  onSettings(listener: (settings: Settings) => void): () => void;
}
