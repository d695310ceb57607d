import type { PayloadField } from '../../../engine/api/methods.ts';
import type { Node } from '../../../engine/api/resources.ts';
import { isCompleted } from '../../../engine/model/states.ts';

export interface Part {
  readonly field: PayloadField;
  readonly title: string;
  /** Which node has it. */
  readonly of: Node;
  /** What is said when there is no such thing. */
  readonly none: string;
}

/**
 * The parts of a node that can be looked at, what one most often looks for first. A task has no input of its own: its
 * newest attempt has, which is its last child.
 */
export function partsOf(node: Node, lastChild: Node | null): readonly Part[] {
  const ended = isCompleted(node.state);
  const none = ended ? 'Nothing was produced.' : 'Not produced yet.';
  const own = (field: PayloadField, title: string, without: string): Part => ({
    field,
    title,
    of: node,
    none: without,
  });
  switch (node.kind) {
    case 'workflow':
      return [
        own('output', 'Output', none),
        own('input', 'Input', 'It has no input.'),
        own('context', 'Context', 'No variables yet.'),
        own('params', 'Parameters', 'It was started without parameters.'),
        own('definition', 'Definition', 'The definition is not here.'),
      ];
    case 'task':
      return [
        own('result', 'Result', none),
        own('published', 'Published', ended ? 'It published nothing.' : 'Nothing published yet.'),
        ...(lastChild === null || node.items !== null
          ? []
          : [{ field: 'input', title: 'Input', of: lastChild, none: 'It has no input.' } as const]),
        own('context', 'Context', 'It has not seen any variables yet.'),
      ];
    case 'action':
      return [own('output', 'Output', none), own('input', 'Input', 'It has no input.')];
  }
}
