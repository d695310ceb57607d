import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/**
 * What is typed over a selection is put in by the editor. Left to itself, the browser changes the page first, with inline
 * styles that the content security policy refuses, and the editor reads the text from there.
 */
export const replaceSelection: Extension = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { main, ranges } = view.state.selection;
    if (event.inputType !== 'insertText' || event.data === null || view.composing || main.empty || ranges.length > 1) {
      return false;
    }
    const text = event.data;
    const put = () =>
      view.state.update(view.state.replaceSelection(text), { userEvent: 'input.type', scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, main.from, main.to, text, put))) view.dispatch(put());
    return true;
  },
});
