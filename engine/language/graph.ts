import type { TaskGraph } from './definition.ts';

/**
 * Puts the links between tasks together.
 * @param links for every task, in the order of the text, the names that may follow it; names of no task are left out
 */
export function buildGraph(links: ReadonlyMap<string, readonly string[]>): TaskGraph {
  const inbound = new Map<string, string[]>();
  for (const name of links.keys()) inbound.set(name, []);
  const outbound = new Map<string, readonly string[]>();
  for (const [from, targets] of links) {
    const tasks = [...new Set(targets)].filter((to) => links.has(to));
    outbound.set(from, tasks);
    for (const to of tasks) inbound.get(to)?.push(from);
  }
  const start = [...inbound].filter(([, before]) => before.length === 0).map(([name]) => name);
  return { start, inbound, outbound };
}

/** The same links, seen from the other end. */
export function reverseGraph(graph: TaskGraph): TaskGraph {
  const start = [...graph.outbound].filter(([, after]) => after.length === 0).map(([name]) => name);
  return { start, inbound: graph.outbound, outbound: graph.inbound };
}
