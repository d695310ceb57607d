import type { Backend } from '../engine/api/backend.ts';
import type { Input, MethodName, Output } from '../engine/api/methods.ts';

/** The backend as one page sees it: the trees that the page watches are let go with the page. */
export class WatchedTrees implements Pick<Backend, 'call'> {
  readonly #backend: Pick<Backend, 'call'>;
  readonly #watched = new Set<string>();

  constructor(backend: Pick<Backend, 'call'>) {
    this.#backend = backend;
  }

  async call<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>> {
    if (method === 'executions.watch') return this.#watch(method, input, (input as Input<'executions.watch'>).id);
    const output = await this.#backend.call(method, input);
    if (method === 'executions.unwatch') this.#watched.delete((input as Input<'executions.unwatch'>).id);
    return output;
  }

  /** The page may go away before the tree is read: it counts as watched from the call on, until that fails. */
  async #watch<M extends MethodName>(method: M, input: Input<M>, id: string): Promise<Output<M>> {
    const isNew = !this.#watched.has(id);
    this.#watched.add(id);
    try {
      return await this.#backend.call(method, input);
    } catch (error) {
      if (isNew) this.#watched.delete(id);
      throw error;
    }
  }

  has(id: string): boolean {
    return this.#watched.has(id);
  }

  /** The page was reloaded or has crashed, and will not say goodbye itself. */
  async letGo(): Promise<void> {
    const ids = [...this.#watched];
    this.#watched.clear();
    await Promise.all(ids.map((id) => this.#backend.call('executions.unwatch', { id })));
  }
}
