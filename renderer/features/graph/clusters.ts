import { blocksOf } from './blocks.ts';
import type { GraphModel, Link, Place } from './graph-model.ts';
import { levels } from './layered.ts';

/** More tasks than these are drawn in clusters: nobody could read them, and no window moves them smoothly. */
export const MOST_TASKS = 2000;

/** More boxes than these beside each other are some twenty screens, through which nobody finds a way. */
const MOST_BESIDE = 100;

/** A cluster has about so many tasks, so that an open one can be read. */
const SIZE = 100;

type TaskPlace = Extract<Place, { kind: 'task' }>;

/**
 * A graph of too many tasks, or of one that is too wide, as one of clusters; one that is small enough stays as it is. Stretches in which one task
 * follows the other stay together as far as they fit; what is left is put together level by level.
 *
 * @param opened the ids of the clusters whose tasks are wanted; clusters of very many tasks consist of clusters again
 */
export function clustered(outer: GraphModel, opened: { has(id: string): boolean }): GraphModel {
  const model = {
    ...outer,
    places: outer.places.map((place) =>
      place.kind === 'task' && place.inside !== null ? { ...place, inside: clustered(place.inside, opened) } : place,
    ),
  };
  const tasks = model.places.filter((place) => place.kind === 'task');
  if (tasks.length <= MOST_TASKS && mostBeside(model) <= MOST_BESIDE) return model;
  const size = Math.max(SIZE, Math.ceil(tasks.length / MOST_TASKS) * 2);
  const groups = grouped(tasks, model.links, size);
  const clusterOf = new Map<string, string>();
  groups.forEach((group) => {
    for (const { id } of group) clusterOf.set(id, clusterId(group));
  });
  // A command stands with the task that leads to it.
  for (const { from, to } of model.links) {
    const cluster = clusterOf.get(from);
    if (!clusterOf.has(to) && cluster !== undefined) clusterOf.set(to, cluster);
  }
  const placesOf = groupedBy(model.places, ({ id }) => clusterOf.get(id));
  const linksWithin = groupedBy(model.links, ({ from, to }) =>
    clusterOf.get(from) === clusterOf.get(to) ? clusterOf.get(from) : undefined,
  );
  const places = groups.map((group): Place => {
    const id = clusterId(group);
    const inside = { places: placesOf.get(id) ?? [], links: linksWithin.get(id) ?? [] };
    return { kind: 'cluster', id, tasks: group, inside: opened.has(id) ? clustered(inside, opened) : null };
  });
  return { places, links: bundled(linksWithin.get(undefined) ?? [], clusterOf) };
}

/** How many boxes stand beside each other where the graph is widest. A block counts as one. */
function mostBeside(model: GraphModel): number {
  if (model.places.length <= MOST_BESIDE) return 0;
  const blockOf = new Map(blocksOf(model).flatMap(({ id, members }) => members.map((member) => [member, id] as const)));
  const unit = (place: string) => blockOf.get(place) ?? place;
  const indexOf = new Map<string, number>();
  for (const { id } of model.places) if (!indexOf.has(unit(id))) indexOf.set(unit(id), indexOf.size);
  const pairs = model.links.flatMap(({ from, to }) => {
    const [a, b] = [indexOf.get(unit(from)), indexOf.get(unit(to))];
    return a === undefined || b === undefined || a === b ? [] : [{ a, b }];
  });
  const counts: number[] = [];
  for (const level of levels(indexOf.size, pairs)) counts[level] = (counts[level] ?? 0) + 1;
  return counts.reduce((most, count) => Math.max(most, count ?? 0), 0);
}

function clusterId(group: readonly Place[]): string {
  return `cluster ${group[0]?.id}`;
}

function grouped(tasks: readonly TaskPlace[], links: readonly Link[], size: number): readonly (readonly TaskPlace[])[] {
  const stretches = stretchesOf(tasks, links, size);
  const stretchOf = new Map(stretches.flatMap((stretch, index) => stretch.map(({ id }) => [id, index] as const)));
  const pairs = links.flatMap(({ from, to }) => {
    const [a, b] = [stretchOf.get(from), stretchOf.get(to)];
    return a === undefined || b === undefined || a === b ? [] : [{ a, b }];
  });
  const level = levels(stretches.length, pairs);
  const inOrder = stretches.map((_, index) => index).sort((a, b) => (level[a] ?? 0) - (level[b] ?? 0) || a - b);
  const groups: TaskPlace[][] = [];
  for (const index of inOrder) {
    const stretch = stretches[index] ?? [];
    const last = groups.at(-1);
    if (last !== undefined && last.length + stretch.length <= size) last.push(...stretch);
    else groups.push([...stretch]);
  }
  return groups;
}

/** Tasks of which each only leads to the next, and the next only follows it; at most `size` of them. */
function stretchesOf(
  tasks: readonly TaskPlace[],
  links: readonly Link[],
  size: number,
): readonly (readonly TaskPlace[])[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const next = new Map<string, Set<string>>();
  const before = new Map<string, Set<string>>();
  const add = (map: Map<string, Set<string>>, key: string, value: string) =>
    map.set(key, (map.get(key) ?? new Set()).add(value));
  for (const { from, to } of links) {
    if (!byId.has(to) || !byId.has(from)) continue;
    add(next, from, to);
    add(before, to, from);
  }
  const onlyNext = (id: string): string | null => {
    const [to] = next.get(id) ?? [];
    return to !== undefined && next.get(id)?.size === 1 && before.get(to)?.size === 1 ? to : null;
  };
  const isStart = ({ id }: TaskPlace) => {
    const [from] = before.get(id) ?? [];
    return from === undefined || onlyNext(from) !== id;
  };
  const stretches: TaskPlace[][] = [];
  const seen = new Set<string>();
  // Those in a circle have no start: they come last, from wherever the text begins.
  for (const start of [...tasks.filter(isStart), ...tasks]) {
    let stretch: TaskPlace[] = [];
    for (let id: string | null = start.id; id !== null && !seen.has(id); id = onlyNext(id)) {
      const task = byId.get(id);
      if (task === undefined) break;
      seen.add(id);
      stretch.push(task);
      if (stretch.length < size) continue;
      stretches.push(stretch);
      stretch = [];
    }
    if (stretch.length > 0) stretches.push(stretch);
  }
  return stretches;
}

/** One link from cluster to cluster for all those from tasks of one to tasks of the other. */
function bundled(links: readonly Link[], clusterOf: ReadonlyMap<string, string>): readonly Link[] {
  const bundles = groupedBy(links, ({ from, to }) => `${clusterOf.get(from)} ${clusterOf.get(to)}`);
  return [...bundles].flatMap(([key, bundle]): Link[] => {
    const [first] = bundle;
    if (first === undefined) return [];
    const clause = bundle.every((link) => link.clause === first.clause) ? first.clause : 'several';
    const ends = { from: clusterOf.get(first.from) ?? '', to: clusterOf.get(first.to) ?? '' };
    return [{ id: `bundle ${key}`, ...ends, clause, guard: null, bundle: bundle.map(({ id }) => id) }];
  });
}

function groupedBy<K, V>(values: readonly V[], keyOf: (value: V) => K): ReadonlyMap<K, readonly V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(value);
  }
  return groups;
}
