import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyField, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  rectangularSelection,
} from '@codemirror/view';
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import styles from './code-editor.module.css';
import { nonce } from './nonce.ts';
import { replaceSelection } from './replace-selection.ts';
import { theme } from './theme.ts';

interface CodeEditorProps {
  /** What the text is, for assistive technology. */
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** The language and what else is known of it. Taken once. */
  readonly extensions: Extension;
  /** `lines`: as high as what it stands in. `field`: a few lines, without numbers. */
  readonly size?: 'lines' | 'field';
  /** Under this name the undo history and the cursor are found again when the editor comes back. */
  readonly memory?: string | undefined;
  readonly view?: RefObject<EditorView | null>;
}

/** Undo histories and cursors of editors that are not shown. The oldest go. */
const memories = new Map<string, unknown>();
const MOST_MEMORIES = 50;

/**
 * A text to be edited as code. Tab indents, and leaves the editor after Escape.
 * Line ends stay what they are: those of Windows too.
 */
export function CodeEditor({ label, text, onChange, extensions, size = 'lines', memory, view }: CodeEditorProps) {
  const frame = useRef<HTMLDivElement>(null);
  const own = useRef<EditorView | null>(null);
  const props = useRef({ onChange, label, text, extensions, memory });
  props.current = { ...props.current, onChange };

  // Once: what changes later comes in by the effect below, so that nothing of the history is lost.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as said
  useLayoutEffect(() => {
    const parent = frame.current;
    if (parent === null) return;
    const made = new EditorView({ parent, state: stateOf(props.current, size) });
    own.current = made;
    if (view !== undefined) view.current = made;
    return () => {
      const { memory: name } = props.current;
      if (name !== undefined) remember(name, made.state);
      made.destroy();
      own.current = null;
      if (view !== undefined) view.current = null;
    };
  }, []);
  useEffect(() => {
    const shown = own.current;
    if (shown === null || shown.state.toText(text).eq(shown.state.doc)) return;
    shown.dispatch({ changes: { from: 0, to: shown.state.doc.length, insert: shown.state.toText(text) } });
  }, [text]);
  return <div ref={frame} className={styles.frame} data-size={size} />;

  function stateOf(start: typeof props.current, kind: 'lines' | 'field'): EditorState {
    const listener = EditorView.updateListener.of((update) => {
      if (update.docChanged) props.current.onChange(update.state.sliceDoc());
    });
    const config = {
      doc: start.text,
      extensions: [
        EditorView.cspNonce.of(nonce()),
        EditorView.contentAttributes.of({ 'aria-label': start.label }),
        isWindows(start.text) ? EditorState.lineSeparator.of('\r\n') : [],
        history(),
        drawSelection(),
        replaceSelection,
        rectangularSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        kind === 'lines'
          ? [
              lineNumbers(),
              foldGutter({ markerDOM: foldMarker }),
              highlightActiveLine(),
              highlightActiveLineGutter(),
              highlightSelectionMatches(),
              search(),
              keymap.of([...searchKeymap, ...foldKeymap, ...lintKeymap]),
            ]
          : EditorView.lineWrapping,
        start.extensions,
        keymap.of([
          { key: 'Escape', run: leaveWithTab },
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          ...completionKeymap,
          indentWithTab,
        ]),
        theme,
        listener,
      ],
    };
    const kept = start.memory === undefined ? undefined : memories.get(start.memory);
    if (kept === undefined) return EditorState.create(config);
    const state = EditorState.fromJSON(kept, config, { history: historyField });
    return state.doc.eq(state.toText(start.text)) ? state : EditorState.create(config);
  }
}

/** How long Tab leaves the editor after Escape, in milliseconds. */
const LEAVING = 2_000;

function leaveWithTab(view: EditorView): boolean {
  view.setTabFocusMode(LEAVING);
  return false;
}

function remember(name: string, state: EditorState): void {
  memories.delete(name);
  memories.set(name, state.toJSON({ history: historyField }));
  const [oldest] = memories.keys();
  if (memories.size > MOST_MEMORIES && oldest !== undefined) memories.delete(oldest);
}

function isWindows(text: string): boolean {
  return text.includes('\r\n') && !/(^|[^\r])\n/.test(text);
}

function foldMarker(open: boolean): HTMLElement {
  const marker = document.createElement('span');
  marker.textContent = open ? '⌄' : '›';
  marker.title = open ? 'Fold' : 'Unfold';
  return marker;
}
