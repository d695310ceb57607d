import type { Node } from './syntax.ts';

/** How many characters something matches. */
export type Width = readonly [least: number, most: number];

const NONE: Width = [0, 0];

/** @param groups of the groups that have been read */
export function widthOf(node: Node, groups: ReadonlyMap<number, Width>): Width {
  switch (node.type) {
    case 'set':
      return [1, 1];
    case 'assertion':
    case 'look':
      return NONE;
    case 'group':
    case 'atomic':
      return widthOf(node.node, groups);
    case 'backreference':
      return groups.get(node.index) ?? NONE;
    case 'sequence':
      return node.items
        .map((item) => widthOf(item, groups))
        .reduce((sum, width) => [sum[0] + width[0], sum[1] + width[1]] as const, NONE);
    case 'alternatives':
      return widest(node.items.map((item) => widthOf(item, groups)));
    case 'condition':
      return widest([widthOf(node.yes, groups), widthOf(node.no, groups)]);
    case 'repeat': {
      const [least, most] = widthOf(node.node, groups);
      return [least * node.min, most === 0 ? 0 : most * node.max];
    }
  }
}

function widest(widths: readonly Width[]): Width {
  return [Math.min(...widths.map(([least]) => least)), Math.max(...widths.map(([, most]) => most))];
}
