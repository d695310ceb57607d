import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useLayoutEffect, useRef } from 'react';
import { nonce } from './nonce.ts';
import { theme } from './theme.ts';
import { yamlLanguage } from './yaml-language.ts';

interface ComparisonProps {
  readonly left: string;
  readonly right: string;
  readonly leftLabel: string;
  readonly rightLabel: string;
}

/** Two texts beside each other, with what differs marked. */
export function Comparison({ left, right, leftLabel, rightLabel }: ComparisonProps) {
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const parent = frame.current;
    if (parent === null) return;
    const side = (doc: string, label: string) => ({
      doc,
      extensions: [
        EditorView.cspNonce.of(nonce()),
        EditorState.readOnly.of(true),
        EditorView.contentAttributes.of({ 'aria-label': label }),
        lineNumbers(),
        EditorView.lineWrapping,
        yamlLanguage,
        theme,
      ],
    });
    const view = new MergeView({ a: side(left, leftLabel), b: side(right, rightLabel), parent, gutter: true });
    return () => view.destroy();
  }, [left, right, leftLabel, rightLabel]);
  return <div ref={frame} />;
}
