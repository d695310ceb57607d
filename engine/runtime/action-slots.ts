import type { Bounds } from '../actions/action.ts';

/** What is to have a place among the actions at work. */
export interface Turn {
  readonly name: string;
  readonly bounds: Required<Bounds>;
  /** Called once, when its turn has come: the place is its own until it gives it back. */
  readonly come: (giveBack: GiveBack) => void;
}

/** Gives a place back; doing so again does nothing. */
export type GiveBack = () => void;

/**
 * How many actions are at work at once: in all, and of each kind. Who finds no place waits, and those who have waited
 * longest go first. What only waits for something takes no place.
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
    this.callNext();
  }

  /** Why one that waits does so, for people. */
  reason({ name, bounds }: Pick<Turn, 'name' | 'bounds'>): string {
    const { working } = this.kinds.get(name) ?? { working: 0 };
    const isKindFull = bounds.atOnce !== null && working >= bounds.atOnce && this.taken < this.limit;
    const place = isKindFull
      ? `${working} of ${bounds.atOnce} ${name} are`
      : `${this.taken} of ${this.limit} actions are`;
    return `Waits for a place: ${place} at work`;
  }

  /** A place, if there is one now; else null. */
  take({ name, bounds }: Pick<Turn, 'name' | 'bounds'>): GiveBack | null {
    if (bounds.onlyWaits) return () => {};
    const kind = this.kindOf(name);
    return this.taken < this.limit && hasRoom(kind, bounds) ? this.occupy(kind) : null;
  }

  /** Lets it wait for its turn, which may come at once. */
  add(turn: Turn): void {
    if (turn.bounds.onlyWaits) {
      turn.come(() => {});
      return;
    }
    this.kindOf(turn.name).waiting.set(turn, this.waited++);
    this.callNext();
  }

  remove(turn: Turn): void {
    this.kinds.get(turn.name)?.waiting.delete(turn);
  }

  private callNext(): void {
    while (this.taken < this.limit) {
      const next = this.longestWaiting();
      if (next === null) return;
      const { turn, kind } = next;
      kind.waiting.delete(turn);
      turn.come(this.occupy(kind));
    }
  }

  private occupy(kind: Kind): GiveBack {
    kind.working++;
    this.taken++;
    let isGivenBack = false;
    return () => {
      if (isGivenBack) return;
      isGivenBack = true;
      kind.working--;
      this.taken--;
      this.callNext();
    };
  }

  private kindOf(name: string): Kind {
    const kind = this.kinds.get(name) ?? { working: 0, waiting: new Map() };
    this.kinds.set(name, kind);
    return kind;
  }

  /** There are few kinds, and of each the first has waited longest. */
  private longestWaiting(): { readonly turn: Turn; readonly kind: Kind } | null {
    let longest: { readonly turn: Turn; readonly kind: Kind; readonly since: number } | null = null;
    for (const kind of this.kinds.values()) {
      const [first] = kind.waiting;
      if (first === undefined) continue;
      const [turn, since] = first;
      if (!hasRoom(kind, turn.bounds)) continue;
      if (longest === null || since < longest.since) longest = { turn, kind, since };
    }
    return longest;
  }
}

interface Kind {
  working: number;
  /** With a number that grows, in the order in which they came. */
  readonly waiting: Map<Turn, number>;
}

function hasRoom({ working }: Kind, { atOnce }: Required<Bounds>): boolean {
  return atOnce === null || working < atOnce;
}
