import type { TaskDefinition, Transitions, WorkflowDefinition } from '../../../engine/language/definition.ts';

/** What leads from one task to the next: a clause, or, in a reverse workflow, that the next one requires it. */
export type Clause = 'success' | 'error' | 'complete' | 'skip' | 'requires';

/** Of a line that stands for many links between two clusters: the clause that all of them have, if they do. */
export type LinkClause = Clause | 'several';

export type Command = 'succeed' | 'fail' | 'pause';

/** A place in the graph: a task, a command of the engine where a path ends, or many tasks that are drawn as one. */
export type Place =
  /** `inside`: the workflow that the task runs, when it is open. */
  | {
      readonly kind: 'task';
      readonly id: string;
      readonly task: TaskDefinition;
      /** Of the workflow that it is in. */
      readonly scope: string;
      readonly inside: GraphModel | null;
    }
  | { readonly kind: 'command'; readonly id: string; readonly command: Command }
  /** `tasks`: all of them, in order; `inside`: the same as a graph, when it is open. */
  | {
      readonly kind: 'cluster';
      readonly id: string;
      readonly tasks: readonly Extract<Place, { kind: 'task' }>[];
      readonly inside: GraphModel | null;
    };

export interface Link {
  readonly id: string;
  /** The ids of two places. */
  readonly from: string;
  readonly to: string;
  readonly clause: LinkClause;
  /** The expression on which it depends; null when it is always taken. */
  readonly guard: string | null;
  /** The links that it stands for, between clusters; absent: itself. */
  readonly bundle?: readonly string[];
}

/** A whole definition as places and links, in the order of the text. */
export interface GraphModel {
  readonly places: readonly Place[];
  readonly links: readonly Link[];
}

/** The id of a task's place. Names of tasks and of commands may be the same. @param scope of the workflow that it is in */
export function placeId(task: string, scope = ''): string {
  return `${scope}task ${task}`;
}

/** What the ids of all places in a workflow begin with that is open in the place of the task that runs it. */
export function scopeIn(place: string): string {
  return `${place}\n`;
}

/** Each task has its own places for the commands that it leads to, so that no bundle of lines crosses the graph. @param insides what is open, by place */
export function graphModel(
  { tasks }: WorkflowDefinition,
  scope = '',
  insides: ReadonlyMap<string, GraphModel> = new Map(),
): GraphModel {
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
    const from = placeId(task.name, scope);
    places.push({ kind: 'task', id: from, task, scope, inside: insides.get(from) ?? null });
    for (const required of task.requires) link(placeId(required, scope), from, 'requires', null);
    for (const [clause, transitions] of clausesOf(task)) {
      for (const { to, guard } of transitions) {
        if (tasks.has(to)) link(from, placeId(to, scope), clause, guard);
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

/** All places of a graph, those of what is open behind the place that they are in. */
export function* allPlaces({ places }: GraphModel): Generator<Place> {
  for (const place of places) {
    yield place;
    if (place.kind !== 'command' && place.inside !== null) yield* allPlaces(place.inside);
  }
}

export function* allLinks({ places, links }: GraphModel): Generator<Link> {
  yield* links;
  for (const place of places) if (place.kind !== 'command' && place.inside !== null) yield* allLinks(place.inside);
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
