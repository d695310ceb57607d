import type { CaseResult } from './case.ts';

/**
 * Cases in which Windrose does something else than Mistral 15, on purpose. Each carries `quirk` in the corpus; what is
 * done instead is better for the person who watches.
 */
const deviations: ReadonlyMap<string, string> = new Map([
  ['join-018', 'A join does not run twice: a task that arrives after the join has started changes nothing.'],
  ['runtime-047', 'A paused workflow does not start a join; it starts on resume, and the workflow ends.'],
]);

/** Why a case that differs does so on purpose; null: it is a failure. Another corpus may use our ids for cases of its own. */
export function deviationOf({ id, isQuirk }: CaseResult): string | null {
  return isQuirk ? (deviations.get(id) ?? null) : null;
}
