import type { ActionExecution, Timer } from './records.ts';

/**
 * What the world still owes a tree of executions. Effects are derived from the tree and never stored, so that starting
 * after a crash is the same as going on. The key says which effect it is; the same key is never owed twice.
 */
export type Effect =
  /** The action is to be let begin, once there is a place for it. Nothing of it is done before. */
  | { readonly type: 'beginAction'; readonly key: string; readonly action: ActionExecution }
  | { readonly type: 'runAction'; readonly key: string; readonly action: ActionExecution }
  | { readonly type: 'awaitTimer'; readonly key: string; readonly timer: Timer }
  | { readonly type: 'continue'; readonly key: string };
