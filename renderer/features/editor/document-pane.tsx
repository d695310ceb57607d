import { setDiagnostics } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import { AlignLeft, Play, Save } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Problem } from '../../../engine/language/problem.ts';
import { editDocument } from '../../state/document-actions.ts';
import type { GraphOf } from '../../state/graph-of.ts';
import { openRunForm } from '../../state/run-actions.ts';
import { saveDocument, saveToLibrary } from '../../state/save-document.ts';
import { getState } from '../../state/store.ts';
import { isUnsaved, kindOf, type TextDocument } from '../../state/text-document.ts';
import { Button } from '../../ui/button.tsx';
import { CodeEditor } from '../../ui/code-editor/code-editor.tsx';
import { followLine } from '../../ui/code-editor/follow-line.ts';
import { shortcut } from '../../ui/shortcut.ts';
import { type Checked, checkText } from './check-text.ts';
import { diagnosticsOf, rangeOf } from './diagnostics.ts';
import styles from './editor.module.css';
import { format } from './format.ts';
import { languageTools } from './language-tools.ts';
import { LiveGraph } from './live-graph.tsx';
import { OutsideChange } from './outside-change.tsx';
import { ProblemList } from './problem-list.tsx';
import { statusOf } from './status-of.ts';
import { useChecked } from './use-checked.ts';

interface DocumentPaneProps {
  readonly document: TextDocument;
  readonly graph: GraphOf;
}

const WORDS = { workflow: 'Workflow', workbook: 'Workbook', action: 'Ad-hoc action', environment: 'Environment' };

/** One open text: what can be done with it, the text, what is wrong with it, and what it looks like as a graph. */
export function DocumentPane({ document, graph }: DocumentPaneProps) {
  const { id, title, text, origin } = document;
  const kind = kindOf(document);
  const checked = useChecked(kind, text);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [line, setLine] = useState(1);
  const view = useRef<EditorView | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const extensions = useMemo(() => [languageTools(document.kind), followLine(setLine)], [document.kind]);
  // Wherever the text came from, that is what the person is looking at now.
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    const { current } = view;
    if (checked !== null && current !== null && checked.text === current.state.sliceDoc()) {
      current.dispatch(setDiagnostics(current.state, diagnosticsOf(checked, current.state.doc)));
    }
  }, [checked]);

  const isRight = checked !== null && checked.text === text && isStorable(checked);
  // Who saves right after the last letter does not wait for the check.
  const checkNow = () => (checked?.text === text && checked.kind === kind ? checked : checkText(kind, text));
  const attempt = async (work: () => Promise<string | null>) => {
    setBusy(true);
    setFailure(await work());
    setBusy(false);
  };
  const canSave = isUnsaved(document) || origin.type !== 'library';
  // A file may be saved half-finished; the library takes only what is right.
  const save = () => {
    if (origin.type === 'file' || isStorable(checkNow())) return void attempt(() => saveDocument(id));
    setFailure('It is not stored as long as there are problems.');
  };
  const run = async () => {
    const now = checkNow();
    const first = now.workflows[0]?.name;
    if (origin.type === 'file' || first === undefined) {
      if (now.problems.length > 0) setFailure('It cannot be run as long as there are problems.');
      return;
    }
    await attempt(async () => (origin.type === 'library' && !isUnsaved(document) ? null : saveToLibrary(id)));
    const after = getState().documents.find((each) => each.id === id);
    // It could not be saved, and the editor says why.
    if (after === undefined || isUnsaved(after)) return;
    const name = kind === 'workbook' ? `${after.title}.${first}` : first;
    openRunForm({ name, namespace: origin.type === 'library' ? origin.namespace : '', input: {} });
  };
  const tidy = () => {
    const result = format(text);
    setFailure(result.ok ? null : result.message);
    if (result.ok) editDocument(id, result.text);
    view.current?.focus();
  };
  const select = (range: { readonly from: number; readonly to: number }) => {
    view.current?.dispatch({ selection: { anchor: range.from, head: range.to }, scrollIntoView: true });
    view.current?.focus();
  };
  const goTo = (problem: Problem) => view.current !== null && select(rangeOf(problem, view.current.state.doc));
  const apply = (problem: Problem, suggestion: string) => {
    const { current } = view;
    if (current === null) return;
    current.dispatch({ changes: { ...rangeOf(problem, current.state.doc), insert: suggestion } });
    current.focus();
  };
  const goToLine = (wanted: number) => {
    const { current } = view;
    if (current === null) return;
    const { from } = current.state.doc.line(Math.min(wanted, current.state.doc.lines));
    select({ from, to: from });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key.toLowerCase() === 's') save();
    else if (event.key === 'Enter') void run();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={styles.pane} onKeyDownCapture={onKeyDown}>
      <header className={styles.head}>
        <h1 ref={heading} tabIndex={-1} className={styles.name}>
          {title}
        </h1>
        <span className={styles.about}>
          {WORDS[kind]} · {origin.type === 'file' ? 'file' : origin.type === 'library' ? 'library' : 'new'}
          {isUnsaved(document) && ' · not saved'}
        </span>
        <div className={styles.buttons}>
          <Button kind="quiet" icon={<AlignLeft aria-hidden="true" />} onClick={tidy}>
            Format
          </Button>
          <Button
            icon={<Save aria-hidden="true" />}
            title={shortcut('S')}
            busy={busy}
            disabled={!canSave}
            onClick={save}
          >
            {origin.type === 'file' && origin.id === null ? 'Save as…' : 'Save'}
          </Button>
          {origin.type === 'file' ? (
            <Button
              kind="primary"
              busy={busy}
              disabled={!isRight}
              onClick={() => void attempt(() => saveToLibrary(id))}
            >
              Add to library
            </Button>
          ) : (
            (kind === 'workflow' || kind === 'workbook') && (
              <Button
                kind="primary"
                icon={<Play aria-hidden="true" />}
                title={shortcut('Enter')}
                disabled={!isRight || checked.workflows.length === 0}
                onClick={() => void run()}
              >
                {isUnsaved(document) || origin.type === 'new' ? 'Save and run…' : 'Run…'}
              </Button>
            )
          )}
        </div>
      </header>
      <OutsideChange document={document} />
      <div className={styles.body}>
        <div className={styles.code}>
          <CodeEditor
            label={`Text of ${title}`}
            text={text}
            memory={id}
            view={view}
            extensions={extensions}
            onChange={(changed) => {
              setFailure(null);
              editDocument(id, changed);
            }}
          />
        </div>
        {(kind === 'workflow' || kind === 'workbook') && (
          <LiveGraph checked={checked} line={line} graph={graph} onLine={goToLine} />
        )}
      </div>
      <section className={styles.findings} aria-label="Check">
        <p role="status" className={styles.status}>
          {checked !== null && statusOf(checked)}
        </p>
        {failure !== null && (
          <p role="alert" className={styles.failure}>
            {failure}
          </p>
        )}
        {checked !== null && checked.problems.length > 0 && (
          <ProblemList label="Problems" problems={checked.problems} onShow={goTo} onApply={apply} />
        )}
        {checked !== null && checked.hints.length > 0 && (
          <ProblemList label="Hints" problems={checked.hints} onShow={goTo} onApply={apply} />
        )}
      </section>
    </div>
  );
}

function isStorable({ problems, workflows, others }: Checked): boolean {
  return problems.length === 0 && workflows.length + others.length > 0;
}
