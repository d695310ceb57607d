import { toText } from '../../engine/expressions/python/text.ts';
import type { Argument } from '../../engine/expressions/yaql/tree.ts';

/** The tree as Python's yaql prints it. */
export function printTree(tree: Argument): string {
  switch (tree.type) {
    case 'constant':
      return typeof tree.value === 'string' ? `'${tree.value}'` : toText(tree.value);
    case 'keyword':
      return `'${tree.name}'`;
    case 'variable':
      return tree.name;
    case 'wrap':
      return printTree(tree.value);
    case 'skipped':
      return '<NoValue>';
    case 'mapping':
      return `${printTree(tree.source)} => ${printTree(tree.destination)}`;
    case 'list':
      return call('#list', tree.args);
    case 'map':
      return call('#map', tree.args);
    case 'index':
      return call('#indexer', [tree.value, ...tree.args]);
    case 'call':
      return call(tree.name, tree.args);
    case 'unary':
      return call(`#unary_operator_${tree.operator}`, [tree.operand]);
    case 'binary': {
      const name =
        tree.operator === '=' ? '*equal' : tree.operator === '!=' ? '*not_equal' : `#operator_${tree.operator}`;
      return call(name, [tree.left, tree.right]);
    }
  }
}

function call(name: string, args: readonly Argument[]): string {
  return `${name}(${args.map(printTree).join(', ')})`;
}
