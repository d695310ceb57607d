import { type Action, defaultBounds } from '../actions/action.ts';
import type { ActionExecutionId } from '../model/ids.ts';
import type { ActionExecution } from '../model/records.ts';
import { ActionSlots, type GiveBack, type Turn } from './action-slots.ts';

export interface WaitingActionsOptions {
  /** How many actions are at work at once that are not pure. */
  readonly actionsAtOnce: number;
  /** Whether an action may not begin, since it or the execution that it belongs to is paused. */
  readonly isPaused: (rootId: string, action: ActionExecution) => boolean;
  /** Hears of an action that waits, and again when it waits for something else. */
  readonly onTurn: (rootId: string, actionId: string) => void;
  /** An action has a place. It is to begin soon, but not now, when another commit may be in the making. */
  readonly onPlace: (rootId: string, id: ActionExecutionId, begin: () => boolean) => void;
}

/**
 * The actions that are not pure and have not begun: they wait for a place among those at work, until their execution is
 * resumed, or until the module that holds them is loaded. The tree says who they are; here stands what they wait for.
 */
export class WaitingActions {
  private readonly options: WaitingActionsOptions;
  private readonly slots: ActionSlots;
  private readonly waiting = new Map<ActionExecutionId, Waiting>();
  /** The places of those that are about to begin. */
  private readonly places = new Map<ActionExecutionId, GiveBack>();

  constructor(options: WaitingActionsOptions) {
    this.options = options;
    this.slots = new ActionSlots(options.actionsAtOnce);
  }

  setLimit(limit: number): void {
    this.slots.setLimit(limit);
  }

  /** What an action waits for, in a sentence; null when it does not. */
  reason(id: ActionExecutionId): string | null {
    const waiting = this.waiting.get(id);
    if (waiting === undefined) return null;
    if (waiting.isHeld) return 'Waits until its execution is resumed';
    return waiting.turn === null
      ? 'Waits until the modules of your own actions are loaded'
      : this.slots.reason(waiting.turn);
  }

  /**
   * Whether an action that is being scheduled finds a place and can begin with the same commit. Then it begins before any
   * pause, also one of that very commit, as in Mistral.
   */
  findsPlace(execution: ActionExecution, action: Action): boolean {
    const giveBack = this.slots.take({ name: action.name, bounds: boundsOf(execution, action) });
    if (giveBack !== null) this.places.set(execution.id, giveBack);
    return giveBack !== null;
  }

  /** @param action null: it is not loaded yet. It is removed and added again when it is. */
  add(rootId: string, execution: ActionExecution, action: Action | null): void {
    const { id } = execution;
    if (this.waiting.has(id)) return;
    const come = (giveBack: GiveBack): void => {
      this.places.set(id, giveBack);
      this.options.onPlace(rootId, id, () => this.places.get(id) === giveBack);
    };
    const turn: Turn | null = action === null ? null : { name: action.name, bounds: boundsOf(execution, action), come };
    const waiting: Waiting = { rootId, execution, turn, isHeld: this.options.isPaused(rootId, execution) };
    this.waiting.set(id, waiting);
    if (!waiting.isHeld && turn !== null) this.slots.add(turn);
    this.options.onTurn(rootId, id);
  }

  /**
   * Something of the execution was paused or resumed. What waits of it is held, or takes its turn again.
   *
   * The promise: once a pause is confirmed, no action that reaches out begins. Pure ones touch nothing, and go on as in
   * Mistral.
   */
  lookAtPauses(ids: Iterable<ActionExecutionId>): void {
    const concerned = [...ids].flatMap((id) => this.waiting.get(id) ?? []);
    for (const waiting of concerned.sort((a, b) => a.execution.order - b.execution.order)) {
      const { rootId, execution, turn } = waiting;
      const isPaused = this.options.isPaused(rootId, execution);
      if (isPaused === waiting.isHeld) continue;
      waiting.isHeld = isPaused;
      if (isPaused) this.giveUpTurn(waiting);
      else if (turn !== null) this.slots.add(turn);
      this.options.onTurn(rootId, execution.id);
    }
  }

  /** It is not to begin any more. Says whether it waited. */
  remove(id: ActionExecutionId): boolean {
    const waiting = this.waiting.get(id);
    if (waiting === undefined) return false;
    this.waiting.delete(id);
    this.giveUpTurn(waiting);
    return true;
  }

  /** All of an execution, or of all. */
  removeAll(rootId: string | null): void {
    for (const [id, waiting] of [...this.waiting]) if (rootId === null || waiting.rootId === rootId) this.remove(id);
  }

  /** It has begun. Its place, if it has one, goes over to whoever does its work. */
  begun(id: ActionExecutionId): GiveBack {
    const giveBack = this.places.get(id) ?? (() => {});
    this.places.delete(id);
    this.remove(id);
    return giveBack;
  }

  private giveUpTurn({ turn, execution }: Waiting): void {
    if (turn !== null) this.slots.remove(turn);
    const giveBack = this.places.get(execution.id);
    this.places.delete(execution.id);
    giveBack?.();
  }
}

interface Waiting {
  readonly rootId: string;
  readonly execution: ActionExecution;
  /** Null until its action is loaded. */
  readonly turn: Turn | null;
  /** It has no place in the line until its execution goes on. */
  isHeld: boolean;
}

/** What the action is held to, a timeout of its own included. */
export function boundsOf({ timeout }: ActionExecution, { bounds }: Action): typeof defaultBounds {
  return { ...defaultBounds, ...bounds, ...(timeout === null ? {} : { seconds: timeout }) };
}
