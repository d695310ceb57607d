/**
 * Cases in which Windrose does something else than Mistral 15, on purpose. Each carries `quirk` in the corpus; what is
 * done instead is better for the person who watches.
 */
export const deviations: ReadonlyMap<string, string> = new Map([
  ['join-018', 'A join does not run twice: a task that arrives after the join has started changes nothing.'],
  ['runtime-047', 'A paused workflow does not start a join; it starts on resume, and the workflow ends.'],
]);
