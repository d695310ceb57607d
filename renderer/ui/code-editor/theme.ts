import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--surface)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', fontSize: 'var(--size-mono)', lineHeight: 'var(--line-height)' },
  '.cm-content': { padding: 'var(--space-2) 0', caretColor: 'var(--text)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { color: 'var(--text-dim)', backgroundColor: 'var(--surface)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--surface-dim)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--accent-wash-strong)',
  },
  '.cm-selectionMatch, .cm-searchMatch': { backgroundColor: 'var(--attention-wash)' },
  '.cm-searchMatch-selected': { outline: '1px solid var(--attention)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-wash-strong)' },
  '.cm-expression': { color: 'var(--json-word)' },
  '.cm-foldPlaceholder': {
    color: 'var(--text-dim)',
    backgroundColor: 'var(--surface-dim)',
    borderColor: 'var(--line-strong)',
  },

  '.cm-tooltip': {
    maxWidth: '480px',
    color: 'var(--text)',
    backgroundColor: 'var(--surface-float)',
    border: 'none',
    borderRadius: 'var(--radius)',
    boxShadow: 'var(--shadow-float)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)', fontSize: 'var(--size-mono)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    padding: '0 var(--space-2)',
    lineHeight: 'var(--row)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    color: 'var(--text)',
    backgroundColor: 'var(--accent-wash-strong)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent-text)' },
  '.cm-completionDetail': {
    marginLeft: 'var(--space-3)',
    color: 'var(--text-dim)',
    fontFamily: 'var(--font-text)',
    fontStyle: 'normal',
  },
  '.cm-tooltip.cm-completionInfo, .cm-help': {
    padding: 'var(--space-2) var(--space-3)',
    whiteSpace: 'pre-wrap',
    fontFamily: 'var(--font-text)',
    fontSize: 'var(--size-small)',
  },
  '.cm-help strong': { fontFamily: 'var(--font-mono)', fontWeight: 'var(--weight-medium)', display: 'block' },

  '.cm-diagnostic': { padding: 'var(--space-2) var(--space-3)', fontFamily: 'var(--font-text)' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--bad)' },
  '.cm-diagnosticAction': {
    padding: '0 var(--space-2)',
    color: 'var(--text-on-fill)',
    backgroundColor: 'var(--accent-fill)',
    borderRadius: 'var(--radius-small)',
    font: 'inherit',
    lineHeight: 'var(--line-height)',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad)',
    textUnderlineOffset: '3px',
    textDecorationSkipInk: 'none',
  },
  '.cm-lintPoint-error::after': { borderBottomColor: 'var(--bad)' },
  '.cm-gutter-lint': { width: '16px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0 2px' },
  '.cm-lint-marker': { width: '10px', height: '20px' },
  '.cm-lint-marker-error': { content: 'none' },
  '.cm-lint-marker-error::before': {
    display: 'block',
    width: '8px',
    height: '8px',
    margin: '6px 1px',
    borderRadius: '50%',
    backgroundColor: 'var(--bad)',
    content: '""',
  },

  '.cm-panels': { color: 'var(--text)', backgroundColor: 'var(--surface-dim)', border: 'none' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: 'var(--space-2)' },
  '.cm-panel.cm-search [name=close]': { color: 'var(--text)', cursor: 'default' },
  '.cm-textfield': {
    color: 'var(--text)',
    backgroundColor: 'var(--surface-field)',
    borderColor: 'var(--line-field)',
    borderRadius: 'var(--radius-small)',
  },
  '.cm-button': {
    color: 'var(--text)',
    backgroundImage: 'none',
    backgroundColor: 'var(--surface)',
    borderColor: 'var(--line-strong)',
    borderRadius: 'var(--radius-small)',
  },
  '.cm-changedText, .cm-insertedLine': { background: 'none', textDecoration: 'none' },
  '.cm-deletedText, .cm-deletedLine del': { background: 'none', textDecoration: 'none' },
  '&.cm-merge-b .cm-changedLine, & .cm-inlineChangedLine': { backgroundColor: 'var(--good-wash)' },
  '&.cm-merge-b .cm-changedText, &.cm-merge-b .cm-insertedLine .cm-changedText': {
    background: 'none',
    backgroundColor: 'var(--good-wash-strong)',
  },
  '.cm-deletedChunk': { paddingLeft: '6px', backgroundColor: 'var(--bad-wash)' },
  '&.cm-merge-b .cm-deletedText': { background: 'none', backgroundColor: 'var(--bad-wash-strong)' },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--good)' },
  '.cm-deletedLineGutter': { background: 'var(--bad)' },
  '.cm-collapsedLines': {
    color: 'var(--text-dim)',
    background: 'var(--surface-dim)',
    fontFamily: 'var(--font-text)',
    fontSize: 'var(--size-small)',
  },
});

const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--text-dim)', fontStyle: 'italic' },
  { tag: tags.definition(tags.propertyName), color: 'var(--accent-text)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--json-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--json-number)' },
  { tag: [tags.keyword, tags.meta], color: 'var(--json-word)' },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace], color: 'var(--text-dim)' },
]);

/** How code looks, in both themes: everything from the tokens. */
export const theme: Extension = [look, syntaxHighlighting(colours)];
