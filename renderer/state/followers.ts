import type { Transition, WorkflowDefinition } from '../../engine/language/definition.ts';

/**
 * The tasks that may start because a task is run again and succeeds, or because it is skipped, in the order in which one
 * comes to them. Guards are not asked, since nobody knows yet what they will see: "may".
 */
export function followersOf(definition: WorkflowDefinition, name: string, outcome: 'SUCCESS' | 'SKIPPED'): string[] {
  const found = new Set<string>();
  const waiting = nextOf(definition, name, outcome);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (next === name || found.has(next)) continue;
    found.add(next);
    waiting.push(...nextOf(definition, next, 'SUCCESS'));
  }
  return [...found];
}

function nextOf(definition: WorkflowDefinition, name: string, outcome: 'SUCCESS' | 'SKIPPED'): string[] {
  if (definition.type === 'reverse') {
    return [...definition.tasks.values()].filter((task) => task.requires.includes(name)).map((task) => task.name);
  }
  const task = definition.tasks.get(name);
  if (task === undefined) return [];
  const { onSuccess, onComplete, onSkip } = task;
  const taken: readonly Transition[] =
    outcome === 'SUCCESS' ? [...onSuccess, ...onComplete] : onSkip.length > 0 ? onSkip : onSuccess;
  return taken.map(({ to }) => to).filter((to) => definition.tasks.has(to));
}
