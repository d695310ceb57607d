import type { CaseResult } from './case.ts';

const ONCE = 'A join does not run twice: a task that arrives after the join has started changes nothing.';
const ORDER = 'The tasks of one list start in the order in which they stand there.';
const PAUSED = 'A paused workflow starts nothing, a task whose delay is over neither; it starts on resume.';
const OVER = 'What a task has started is stopped when the time of the task is over.';
const UNSTARTED = 'Of a nested execution that cannot start nothing is kept; the task says why.';

/**
 * Cases in which Windrose does something else than Mistral 15, on purpose: of the corpus, and of `conformance-more`. Each
 * carries `quirk`, which says what Mistral does; what is done instead is better for the person who watches.
 */
const deviations: ReadonlyMap<string, string> = new Map([
  ['join-018', ONCE],
  ['runtime-047', 'A paused workflow does not start a join; it starts on resume, and the workflow ends.'],
  ['commands-914', PAUSED],
  ['commands-916', ORDER],
  ['commands-922', ORDER],
  ['commands-930', PAUSED],
  ['direct-1900', 'Each round of a join in a loop is a task execution of its own.'],
  ['direct-900', ORDER],
  ['expressions-1009', UNSTARTED],
  ['join-1330', ORDER],
  ['join-1333', ONCE],
  ['join-1337', 'Joins that wait for one another fail, and the workflow ends, when nothing else is left to happen.'],
  ['join-1611', 'A join with items has no more of them at work than its concurrency says.'],
  ['policies-1706', OVER],
  ['policies-1707', OVER],
  ['policies-900', ORDER],
  ['random-832', ORDER],
  ['random-843', ORDER],
  ['random-851', ORDER],
  ['random-867', ORDER],
  ['random-886', ORDER],
  ['subworkflow-1529', UNSTARTED],
]);

/** Why a case that differs does so on purpose; null: it is a failure. Another corpus may use our ids for cases of its own. */
export function deviationOf({ id, isQuirk }: CaseResult): string | null {
  return isQuirk ? (deviations.get(id) ?? null) : null;
}
