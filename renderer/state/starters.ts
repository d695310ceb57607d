import type { WorkflowDefinition } from '../../engine/language/definition.ts';

/** What can start a task: the end of another one, and under which condition. */
export interface Starter {
  readonly from: string;
  /** In words: "succeeds, if <% $.ready %>". */
  readonly when: string;
}

/** What can start a task, in the order of the definition. Empty for one that starts with the workflow. */
export function startersOf({ tasks }: WorkflowDefinition, name: string): readonly Starter[] {
  const starters: Starter[] = (tasks.get(name)?.requires ?? []).map((from) => ({ from, when: 'succeeds' }));
  for (const task of tasks.values()) {
    const clauses = [
      ['succeeds', task.onSuccess],
      ['fails', task.onError],
      ['succeeds or fails', task.onComplete],
      ['is skipped', task.onSkip],
    ] as const;
    for (const [when, transitions] of clauses) {
      for (const { to, guard } of transitions) {
        if (to === name) starters.push({ from: task.name, when: guard === null ? when : `${when}, if ${guard}` });
      }
    }
  }
  return starters;
}
