import type { Bounds } from '../actions/action.ts';

/** An action that is to run once there is room. */
export interface Turn {
  readonly name: string;
  readonly bounds: Required<Bounds>;
  /** Begins; resolves when nothing of it is left. */
  readonly start: () => Promise<void>;
}

/**
 * How many actions run at once: in all, and of each kind. Who finds no room waits, and those who have waited longest go
 * first. What only waits for something takes no room.
 */
export class ActionSlots {
  private limit: number;
  private taken = 0;
  private readonly kinds = new Map<string, Kind>();
  private waited = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Those that are at work above a limit that was lowered go on to their end. */
  setLimit(limit: number): void {
    this.limit = limit;
    this.startNext();
  }

  /** Why one that waits does so, for people. */
  reason({ name, bounds }: Turn): string {
    const { running } = this.kinds.get(name) ?? { running: 0 };
    const isKindFull = bounds.atOnce !== null && running >= bounds.atOnce && this.taken < this.limit;
    const place = isKindFull
      ? `${running} of ${bounds.atOnce} ${name} are`
      : `${this.taken} of ${this.limit} actions are`;
    return `Waits for a place: ${place} at work`;
  }

  /** Begins at once if there is room; says whether it has to wait. */
  add(turn: Turn): boolean {
    if (turn.bounds.onlyWaits) {
      void turn.start();
      return false;
    }
    const kind = this.kinds.get(turn.name) ?? { running: 0, waiting: new Map() };
    this.kinds.set(turn.name, kind);
    kind.waiting.set(turn, this.waited++);
    this.startNext();
    return kind.waiting.has(turn);
  }

  /** @returns whether it was still waiting */
  remove(turn: Turn): boolean {
    return this.kinds.get(turn.name)?.waiting.delete(turn) ?? false;
  }

  private startNext(): void {
    while (this.taken < this.limit) {
      const next = this.longestWaiting();
      if (next === null) return;
      const { turn, kind } = next;
      kind.waiting.delete(turn);
      kind.running++;
      this.taken++;
      const free = (): void => {
        kind.running--;
        this.taken--;
        if (kind.running === 0 && kind.waiting.size === 0) this.kinds.delete(turn.name);
        this.startNext();
      };
      turn.start().then(free, free);
    }
  }

  /** There are few kinds, and of each the first has waited longest. */
  private longestWaiting(): { readonly turn: Turn; readonly kind: Kind } | null {
    let longest: { readonly turn: Turn; readonly kind: Kind; readonly since: number } | null = null;
    for (const kind of this.kinds.values()) {
      const [first] = kind.waiting;
      if (first === undefined) continue;
      const [turn, since] = first;
      if (turn.bounds.atOnce !== null && kind.running >= turn.bounds.atOnce) continue;
      if (longest === null || since < longest.since) longest = { turn, kind, since };
    }
    return longest;
  }
}

interface Kind {
  running: number;
  /** With a number that grows, in the order in which they came. */
  readonly waiting: Map<Turn, number>;
}
