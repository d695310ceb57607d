/** One thing that was tried: what was done to the store, and what came of it. */
export interface Trial {
  readonly what: string;
  /** What should not have happened, as a sentence; null when the promise was kept. */
  readonly wrong: string | null;
  /** What was met on the way, for the summary: by name, how often. */
  readonly met?: Figures;
}

export type Figures = Readonly<Record<string, number>>;

export interface PartOptions {
  /** The same seed tries the same things. */
  readonly seed: number;
  /** How many trials at most; what there is to try is spread over them. */
  readonly count: number;
}

/** One of the four ways to torture the store. */
export type Part = (options: PartOptions) => AsyncGenerator<Trial>;

/** So many of the values, spread evenly over all of them; the first and the last are among them. */
export function spread<T>(values: readonly T[], count: number): readonly T[] {
  if (values.length <= count) return values;
  const step = (values.length - 1) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, index) => values[Math.round(index * step)] as T);
}

/** What an assertion-like piece of work throws is what is wrong. */
export async function tried(what: string, work: () => Promise<void>): Promise<Trial> {
  try {
    await work();
    return { what, wrong: null };
  } catch (error) {
    return { what, wrong: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Tries so many at a time, and tells each as soon as it is over. */
export async function* together(trials: readonly (() => Promise<Trial>)[], atOnce: number): AsyncGenerator<Trial> {
  const running = new Map<number, Promise<readonly [number, Trial]>>();
  for (const [index, trial] of trials.entries()) {
    if (running.size === atOnce) yield await first(running);
    running.set(
      index,
      trial().then((result) => [index, result]),
    );
  }
  while (running.size > 0) yield await first(running);
}

async function first(running: Map<number, Promise<readonly [number, Trial]>>): Promise<Trial> {
  const [index, trial] = await Promise.race(running.values());
  running.delete(index);
  return trial;
}
