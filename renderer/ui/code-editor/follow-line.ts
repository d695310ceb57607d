import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** Tells the line of the cursor, from 1, whenever it is another one. */
export function followLine(tell: (line: number) => void): Extension {
  let last = 0;
  return EditorView.updateListener.of(({ state }) => {
    const { number } = state.doc.lineAt(state.selection.main.head);
    if (number !== last) tell(number);
    last = number;
  });
}
