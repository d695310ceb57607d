import type { Change } from './changes.ts';
import type { Input, MethodName, Output } from './methods.ts';

/**
 * Where executions live: the engine in this process, or a Mistral server behind its REST API. The window cannot tell.
 * Methods reject with an {@link ApiError} and with nothing else.
 */
export interface Backend {
  call<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>>;
  /** Hears all changes from now on. Returns the function that ends it. */
  subscribe(listener: (changes: readonly Change[]) => void): () => void;
  /** Stops taking calls, writes what is still in memory, and frees the store. */
  close(): Promise<void>;
}
