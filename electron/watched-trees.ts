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
    const output = await this.#backend.call(method, input);
    if (method === 'executions.watch') this.#watched.add((input as Input<'executions.watch'>).id);
    if (method === 'executions.unwatch') this.#watched.delete((input as Input<'executions.unwatch'>).id);
    return output;
  }

  /** The page was reloaded or has crashed, and will not say goodbye itself. */
  async letGo(): Promise<void> {
    const ids = [...this.#watched];
    this.#watched.clear();
    await Promise.all(ids.map((id) => this.#backend.call('executions.unwatch', { id })));
  }
}
