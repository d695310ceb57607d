import type { Logger } from '../model/logger.ts';

/** Something that a person should know about the stored files: a damaged file, a full disk. */
export interface StoreProblem {
  readonly id: string;
  /** `warning`: nothing was lost. */
  readonly severity: 'warning' | 'error';
  /** What happened and what was done, in a sentence or two. */
  readonly message: string;
  /** The file that it is about. */
  readonly file: string | null;
}

/** What is wrong at the moment. Damage stays listed until the store is closed, a trouble until it is over. */
export class Problems {
  readonly #log: Logger;
  readonly #current = new Map<string, StoreProblem>();
  readonly #listeners = new Set<(problems: readonly StoreProblem[]) => void>();
  #made = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  list(): readonly StoreProblem[] {
    return [...this.#current.values()];
  }

  /** Calls the listener with the whole list after each change, until the returned function is called. */
  subscribe(listener: (problems: readonly StoreProblem[]) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  add(severity: StoreProblem['severity'], message: string, file: string | null): void {
    this.#made += 1;
    this.#set({ id: `store-${this.#made}`, severity, message, file });
  }

  /** A trouble that may pass: setting it again replaces it. */
  set(id: string, severity: StoreProblem['severity'], message: string, file: string | null): void {
    const before = this.#current.get(id);
    if (before?.message === message) return;
    this.#set({ id, severity, message, file });
  }

  clear(id: string): void {
    const before = this.#current.get(id);
    if (before === undefined) return;
    this.#current.delete(id);
    this.#log.info(`Over: ${before.message}`);
    this.#tell();
  }

  #set(problem: StoreProblem): void {
    this.#current.set(problem.id, problem);
    if (problem.severity === 'error') this.#log.error(problem.message, { file: problem.file });
    else this.#log.warn(problem.message, { file: problem.file });
    this.#tell();
  }

  #tell(): void {
    const list = this.list();
    for (const listener of this.#listeners) listener(list);
  }
}
