/** Node's timers go off at once when they are set further ahead than this. */
const LONGEST = 2 ** 31 - 1;

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
  readonly timeout: NodeJS.Timeout;
}

/** Calls back at given times, however far ahead they are. Nothing runs while nothing is awaited. */
export class AlarmClock {
  private readonly alarms = new Map<string, Alarm>();

  /** @param at milliseconds since 1970; a time that has passed goes off at the next turn of the event loop */
  set(key: string, at: number, ring: () => void): void {
    this.cancel(key);
    const left = at - Date.now();
    const timeout =
      left > LONGEST
        ? setTimeout(() => this.set(key, at, ring), LONGEST)
        : setTimeout(
            () => {
              this.alarms.delete(key);
              ring();
            },
            Math.max(0, left),
          );
    this.alarms.set(key, { at, ring, timeout });
  }

  /** After the machine slept: Node's timers do not count the time in which it did. */
  lookAgain(): void {
    for (const [key, { at, ring }] of [...this.alarms]) this.set(key, at, ring);
  }

  cancel(key: string): void {
    clearTimeout(this.alarms.get(key)?.timeout);
    this.alarms.delete(key);
  }

  cancelAll(): void {
    for (const { timeout } of this.alarms.values()) clearTimeout(timeout);
    this.alarms.clear();
  }
}
