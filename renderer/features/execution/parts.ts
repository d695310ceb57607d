import type { PayloadField } from '../../../engine/api/methods.ts';
import type { Node } from '../../../engine/api/resources.ts';
import { isCompleted } from '../../../engine/model/states.ts';

export interface Part {
  readonly field: PayloadField;
  readonly title: string;
  /** What is said when there is no such thing. */
  readonly none: string;
}

/** The parts of a node that can be looked at, what one most often looks for first. */
export function partsOf(node: Node): readonly Part[] {
  const never = isCompleted(node.state);
  const none = never ? 'Nothing was produced.' : 'Not produced yet.';
  const input: Part = { field: 'input', title: 'Input', none: never ? 'It had no input.' : 'Not known yet.' };
  switch (node.kind) {
    case 'workflow':
      return [
        { field: 'output', title: 'Output', none },
        input,
        { field: 'context', title: 'Context', none: 'No variables yet.' },
        { field: 'params', title: 'Parameters', none: 'It was started without parameters.' },
        { field: 'definition', title: 'Definition', none: 'The definition is not here.' },
      ];
    case 'task':
      return [
        { field: 'result', title: 'Result', none },
        { field: 'published', title: 'Published', none: never ? 'It published nothing.' : 'Nothing published yet.' },
        input,
        { field: 'context', title: 'Context', none: 'It has not seen any variables yet.' },
        { field: 'definition', title: 'Definition', none: 'The definition is not here.' },
      ];
    case 'action':
      return [{ field: 'output', title: 'Output', none }, input];
  }
}
