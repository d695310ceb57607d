/** How long work may keep the event loop, in milliseconds, before everything else gets its turn. */
const SLICE = 6;

/**
 * Does small pieces of work one after another, in turns with everything else that the process has to do, so that a
 * thousand executions that are ready at once do not freeze it.
 */
export class WorkQueue {
  private pending: (() => void)[] = [];
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
    this.pending.push(work);
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
    let done = 0;
    while (done < this.pending.length && performance.now() < until) {
      const work = this.pending[done];
      done++;
      try {
        work?.();
      } catch (error) {
        this.onError(error);
      }
    }
    this.pending = done === this.pending.length ? [] : this.pending.slice(done);
    this.scheduled = this.pending.length > 0;
    if (this.scheduled) setImmediate(() => this.run());
  }
}
