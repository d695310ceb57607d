/** How long work may keep the event loop, in milliseconds, before everything else gets its turn. */
const SLICE = 3;

/**
 * Does small pieces of work one after another, in turns with everything else that the process has to do, so that a
 * thousand executions that are ready at once do not freeze it.
 */
export class WorkQueue {
  /** What is being worked off, from `done` on, and what came since: taking a piece out costs the same however many wait. */
  private current: (() => void)[] = [];
  private done = 0;
  private added: (() => void)[] = [];
  private scheduled = false;
  private readonly onError: (error: unknown) => void;
  private readonly held: () => Promise<void> | null;

  /**
   * @param onError hears what a piece of work throws; the others go on
   * @param held asked before each turn: null to go on, or what to wait for, such as room on the disk
   */
  constructor(onError: (error: unknown) => void, held: () => Promise<void> | null) {
    this.onError = onError;
    this.held = held;
  }

  add(work: () => void): void {
    this.added.push(work);
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => this.run());
  }

  private run(): void {
    const held = this.held();
    if (held !== null) {
      void held.then(() => this.run());
      return;
    }
    const until = performance.now() + SLICE;
    do {
      const work = this.next();
      if (work === null) {
        this.scheduled = false;
        return;
      }
      try {
        work();
      } catch (error) {
        this.onError(error);
      }
    } while (performance.now() < until);
    setImmediate(() => this.run());
  }

  private next(): (() => void) | null {
    if (this.done === this.current.length) {
      this.current = this.added;
      this.added = [];
      this.done = 0;
    }
    const work = this.current[this.done];
    if (work === undefined) return null;
    this.done++;
    return work;
  }
}
