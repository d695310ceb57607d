/** One frame of a 60 Hz screen, in milliseconds. */
const FRAME = 16;

/**
 * Collects items and hands them on at most once per frame. The first after a quiet frame goes at once, so that a lone
 * change is not late; without items no timer runs.
 */
export class FrameBatch<T> {
  readonly #send: (items: readonly T[]) => void;
  #waiting: T[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(send: (items: readonly T[]) => void) {
    this.#send = send;
  }

  add(items: readonly T[]): void {
    for (const item of items) this.#waiting.push(item);
    if (this.#timer === null) this.#flush();
  }

  #flush(): void {
    this.#timer = null;
    if (this.#waiting.length === 0) return;
    const items = this.#waiting;
    this.#waiting = [];
    this.#timer = setTimeout(() => this.#flush(), FRAME);
    this.#send(items);
  }
}
