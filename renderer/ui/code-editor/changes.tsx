import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useLayoutEffect, useRef } from 'react';
import { nonce } from './nonce.ts';
import { theme } from './theme.ts';
import { yamlLanguage } from './yaml-language.ts';

interface ChangesProps {
  /** What it is, for assistive technology. */
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

/** The newer text in one column, with what is gone from the older one between its lines; what is the same is folded. */
export function Changes({ label, before, after }: ChangesProps) {
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const parent = frame.current;
    if (parent === null) return;
    const view = new EditorView({
      doc: after,
      parent,
      extensions: [
        EditorView.cspNonce.of(nonce()),
        EditorState.readOnly.of(true),
        EditorView.contentAttributes.of({ 'aria-label': label }),
        lineNumbers(),
        yamlLanguage,
        unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: { margin: 3, minSize: 6 } }),
        theme,
      ],
    });
    return () => view.destroy();
  }, [label, before, after]);
  return <div ref={frame} style={{ height: '100%' }} />;
}
