import type { Node } from '../../../engine/api/resources.ts';
import { stateInWords } from '../../state/state-look.ts';
import { formatDuration, formatExactTime } from '../../ui/duration.ts';

/** What a row is called: items with their number, further attempts with theirs. */
export function nameOf(node: Node): string {
  if (node.kind === 'task') return node.name;
  const name = node.index === null ? node.name : `[${node.index}] ${node.name}`;
  return node.kind === 'action' && node.attempt > 1 ? `${name}, attempt ${node.attempt}` : name;
}

/** What is heard of a row: its name, its state, when it started and how long it took. */
export function rowInWords(node: Node): string {
  const { startedAt, finishedAt } = node;
  const started = startedAt === null ? 'not started' : `started ${formatExactTime(startedAt).slice(11)}`;
  const took = startedAt === null || finishedAt === null ? '' : `, took ${formatDuration(finishedAt - startedAt)}`;
  return `${nameOf(node)}, ${node.kind}, ${stateInWords(node)}, ${started}${took}`;
}
