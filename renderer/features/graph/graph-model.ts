import type { TaskDefinition, Transitions, WorkflowDefinition } from '../../../engine/language/definition.ts';

/** What leads from one task to the next: a clause, or, in a reverse workflow, that the next one requires it. */
export type Clause = 'success' | 'error' | 'complete' | 'skip' | 'requires';

export type Command = 'succeed' | 'fail' | 'pause';

/** A place in the graph: a task, or a command of the engine where a path ends. */
export type Place =
  | { readonly kind: 'task'; readonly id: string; readonly task: TaskDefinition }
  | { readonly kind: 'command'; readonly id: string; readonly command: Command };

export interface Link {
  readonly id: string;
  /** The ids of two places. */
  readonly from: string;
  readonly to: string;
  readonly clause: Clause;
  /** The expression on which it depends; null when it is always taken. */
  readonly guard: string | null;
}

/** A whole definition as places and links, in the order of the text. */
export interface GraphModel {
  readonly places: readonly Place[];
  readonly links: readonly Link[];
}

/** The id of a task's place. Names of tasks and of commands may be the same. */
export function placeId(task: string): string {
  return `task ${task}`;
}

/** Each task has its own places for the commands that it leads to, so that no bundle of lines crosses the graph. */
export function graphModel({ tasks }: WorkflowDefinition): GraphModel {
  const places: Place[] = [];
  const links = new Map<string, Link>();
  const commands = new Map<string, Place>();
  const link = (from: string, to: string, clause: Clause, guard: string | null) => {
    const id = `${clause} ${from} ${to}`;
    const before = links.get(id);
    // Said twice: it is taken when either guard holds.
    const either =
      before === undefined ? guard : before.guard === null || guard === null ? null : `${before.guard} or ${guard}`;
    links.set(id, { id, from, to, clause, guard: either });
  };
  for (const task of tasks.values()) {
    const from = placeId(task.name);
    places.push({ kind: 'task', id: from, task });
    for (const required of task.requires) link(placeId(required), from, 'requires', null);
    for (const [clause, transitions] of clausesOf(task)) {
      for (const { to, guard } of transitions) {
        if (tasks.has(to)) link(from, placeId(to), clause, guard);
        else if (isCommand(to)) {
          const id = `${to} ${from}`;
          commands.set(id, { kind: 'command', id, command: to });
          link(from, id, clause, guard);
        }
      }
    }
  }
  return { places: [...places, ...commands.values()], links: [...links.values()] };
}

export function clausesOf(task: TaskDefinition): readonly (readonly [Exclude<Clause, 'requires'>, Transitions])[] {
  return [
    ['success', task.onSuccess],
    ['error', task.onError],
    ['complete', task.onComplete],
    ['skip', task.onSkip],
  ];
}

function isCommand(name: string): name is Command {
  return name === 'succeed' || name === 'fail' || name === 'pause';
}
