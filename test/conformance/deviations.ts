import type { CaseResult } from './case.ts';

const ONCE = 'A join does not run twice: a task that arrives after the join has started changes nothing.';
const ORDER = 'The tasks of one list start in the order in which they stand there.';
const PAUSED = 'A paused workflow starts nothing, a task whose delay is over neither; it starts on resume.';
const OVER = 'What a task has started is stopped when the time of the task is over.';
const UNSTARTED = 'Of a nested execution that cannot start nothing is kept; the task says why.';
const WORDS = 'An action says in its own words what is wrong with its input.';
const LOOK = 'YAQL cannot look into an execution: an error says so, and what to use instead.';
const ENDED = 'Once a workflow has ended nothing starts in it, a task whose delay is over neither.';
const OLD = 'What runs again, the task and the execution, has no result until it has run.';
const SOON = 'A join starts in the moment in which enough tasks have arrived.';
const TASK = 'task() is the task that asks.';
const RACE = 'Of tasks that are at work at once either may end first.';
const RESET = 'A rerun without reset runs those items that have failed, and no others.';
const HELD_JOIN = 'A paused workflow does not start a join; it starts on resume.';
const PAUSES_ONCE = 'A task that pauses before it starts once, on resume, also when there are two of them.';
const SKIP = 'A failed task can be skipped, as in newer versions of Mistral.';
const ITEMS = 'A join with items has no more of them at work than its concurrency says.';
const WAITS = 'A join that a pause has held back waits for all its tasks, too.';

/**
 * Cases in which Windrose does something else than Mistral 15, on purpose: of the corpus, and of `conformance-more`. Each
 * carries `quirk`, which says what Mistral does; what is done instead is better for the person who watches.
 */
const deviations: ReadonlyMap<string, string> = new Map([
  ['commands-902', ENDED],
  ['commands-904', ORDER],
  ['commands-908', ENDED],
  ['commands-910', ORDER],
  ['commands-914', PAUSED],
  ['commands-915', HELD_JOIN],
  ['commands-916', ORDER],
  ['commands-922', ORDER],
  ['commands-927', 'A resume is done: with a wrong output the execution fails and says why.'],
  ['commands-930', PAUSED],
  ['direct-900', ORDER],
  ['direct-901', ORDER],
  ['direct-902', ORDER],
  ['direct-903', ORDER],
  ['direct-904', ORDER],
  ['direct-905', ORDER],
  ['direct-906', ORDER],
  ['direct-907', ORDER],
  ['direct-908', ORDER],
  ['direct-1900', 'Each round of a join in a loop is a task execution of its own.'],
  ['direct-2005', ENDED],
  ['expressions-1009', UNSTARTED],
  ['expressions-1604', LOOK],
  ['expressions-1607', LOOK],
  ['join-018', ONCE],
  ['join-1330', ORDER],
  ['join-1333', ONCE],
  ['join-1337', 'Joins that wait for one another fail, and the workflow ends, when nothing else is left to happen.'],
  ['join-1603', OLD],
  ['join-1611', ITEMS],
  ['join-2009', 'A wrong timeout fails a join, and the workflow ends.'],
  ['operations-102', HELD_JOIN],
  ['operations-107', ONCE],
  ['operations-108', ORDER],
  ['operations-110', PAUSED],
  ['operations-113', PAUSES_ONCE],
  ['operations-116', ORDER],
  ['operations-117', WAITS],
  ['operations-121', PAUSED],
  ['operations-127', ORDER],
  ['operations-139', ORDER],
  ['operations-140', PAUSES_ONCE],
  ['operations-144', 'Each execution of a task that comes to a join again begins a new round of it.'],
  ['operations-145', ORDER],
  ['operations-146', ITEMS],
  ['operations-157', WAITS],
  ['policies-900', ORDER],
  ['policies-901', ORDER],
  ['policies-902', ORDER],
  ['policies-903', ORDER],
  ['policies-904', ORDER],
  ['policies-905', ORDER],
  ['policies-1706', OVER],
  ['policies-1707', OVER],
  ['random-800', ORDER],
  ['random-802', ORDER],
  ['random-804', RACE],
  ['random-811', RACE],
  ['random-814', ENDED],
  ['random-816', SOON],
  ['random-818', SOON],
  ['random-819', ORDER],
  ['random-820', SOON],
  ['random-823', ORDER],
  ['random-832', ORDER],
  ['random-838', SOON],
  ['random-839', TASK],
  ['random-840', ORDER],
  ['random-842', SOON],
  ['random-843', ORDER],
  ['random-851', ORDER],
  ['random-854', SOON],
  ['random-861', ENDED],
  ['random-862', ORDER],
  ['random-865', ORDER],
  ['random-867', ORDER],
  ['random-871', SOON],
  ['random-877', SOON],
  ['random-881', ORDER],
  ['random-883', ORDER],
  ['random-884', SOON],
  ['random-885', ORDER],
  ['random-886', ORDER],
  ['random-892', SOON],
  ['random-895', ORDER],
  ['random-901', RACE],
  ['random-905', RACE],
  ['runaction-1837', 'The timeout of an action is a number wherever one can be given.'],
  ['runtime-047', 'A paused workflow does not start a join; it starts on resume, and the workflow ends.'],
  ['runtime-2000', RESET],
  ['runtime-2001', OLD],
  ['runtime-2002', OLD],
  ['runtime-2006', OLD],
  ['runtime-2007', OLD],
  ['runtime-2009', OLD],
  ['runtime-2010', RESET],
  ['runtime-2020', OLD],
  ['runtime-2022', OLD],
  ['runtime-2023', OLD],
  ['runtime-2024', OLD],
  ['runtime-2025', OLD],
  ['runtime-2026', SKIP],
  ['runtime-2029', SKIP],
  ['runtime-2034', PAUSED],
  ['runtime-2043', 'What a cancelled execution has started is cancelled with it.'],
  ['stdactions-1511', WORDS],
  ['stdactions-1518', 'There is an action std.webhook.'],
  ['stdactions-1525', WORDS],
  ['stdactions-1527', WORDS],
  ['stdactions-1534', WORDS],
  ['stdactions-1540', WORDS],
  ['stdactions-1544', "The credentials of std.http may be a text, 'user:password'."],
  ['subworkflow-1529', UNSTARTED],
  ['subworkflow-1541', UNSTARTED],
]);

/** Why a case that differs does so on purpose; null: it is a failure. Another corpus may use our ids for cases of its own. */
export function deviationOf({ id, isQuirk }: CaseResult): string | null {
  return isQuirk ? (deviations.get(id) ?? null) : null;
}
