/** Node's timers go off at once when they are set further ahead than this. */
const LONGEST = 2 ** 31 - 1;

/** Calls back at given times, however far ahead they are. Nothing runs while nothing is awaited. */
export class AlarmClock {
  private readonly alarms = new Map<string, NodeJS.Timeout>();

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
    this.alarms.set(key, timeout);
  }

  cancel(key: string): void {
    clearTimeout(this.alarms.get(key));
    this.alarms.delete(key);
  }

  cancelAll(): void {
    for (const timeout of this.alarms.values()) clearTimeout(timeout);
    this.alarms.clear();
  }
}
