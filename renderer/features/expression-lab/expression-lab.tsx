import { setDiagnostics } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import type { Output } from '../../../engine/api/methods.ts';
import { evaluateExpression } from '../../state/expression-lab.ts';
import { useStore } from '../../state/store.ts';
import type { NodeKey } from '../../state/window-state.ts';
import { CodeEditor } from '../../ui/code-editor/code-editor.tsx';
import { JsonView } from '../../ui/json/json-view.tsx';
import styles from './expression-lab.module.css';
import { PlacePicker } from './place-picker.tsx';
import { type Language, typeOf, unwrapOffset, wrapExpression } from './wrap-expression.ts';

/** How long nobody has typed before the expression is evaluated, in milliseconds. */
const PAUSE = 200;
const EMPTY: readonly never[] = [];

/** Tries expressions against what a task of an execution has seen, as the engine evaluates them. */
export function ExpressionLab() {
  const at = useStore((state) => state.labPlace);
  const [language, setLanguage] = useState<Language>('yaql');
  const [typed, setTyped] = useState('$');
  const view = useRef<EditorView | null>(null);
  const result = useResult(typed, language, at);
  const id = useId();
  const mark = result?.type === 'error' ? result.at : null;
  useMark(view, mark, result?.type === 'error' ? result.message : '');
  return (
    <main className={styles.lab} aria-label="Expressions">
      <header className={styles.head}>
        <h1 className={styles.title}>Expressions</h1>
        <p className={styles.about}>Try YAQL or Jinja2 against what a task has seen. Nothing is changed by it.</p>
      </header>
      <PlacePicker at={at} />
      <div className={styles.language} role="radiogroup" aria-label="Language">
        {(['yaql', 'jinja'] as const).map((each) => (
          <label key={each}>
            <input
              type="radio"
              name={id}
              checked={language === each}
              onChange={() => {
                setLanguage(each);
                if (typed === '$' || typed === '_') setTyped(each === 'yaql' ? '$' : '_');
              }}
            />
            {each === 'yaql' ? 'YAQL' : 'Jinja2'}
          </label>
        ))}
        <span className={styles.hint}>
          A text with <code>{'<% %>'}</code> or <code>{'{{ }}'}</code> is taken as it is.
        </span>
      </div>
      <CodeEditor size="field" label="Expression" text={typed} onChange={setTyped} extensions={EMPTY} view={view} />
      <section className={styles.result} aria-label="Result" aria-live="polite">
        <Result result={result} typed={typed} />
      </section>
    </main>
  );
}

type Shown =
  | Extract<Output<'expressions.evaluate'>, { readonly type: 'value' | 'tooLarge' }>
  /** `at`: where in what was typed. */
  | { readonly type: 'error'; readonly message: string; readonly at: number | null };

function Result({ result, typed }: { readonly result: Shown | null; readonly typed: string }) {
  switch (result?.type) {
    case undefined:
      return null;
    case 'tooLarge':
      return <p>The value is too large to be shown: {(result.size / 1_000_000).toFixed(1)} MB.</p>;
    case 'error':
      return (
        <p className={styles.error}>
          {result.at !== null && <span className={styles.place}>{placeOf(typed, result.at)} </span>}
          {result.message}
        </p>
      );
    case 'value':
      return (
        <>
          <p className={styles.type}>{typeOf(result.json)}</p>
          <JsonView label="Result" text={result.json} />
        </>
      );
  }
}

function placeOf(typed: string, offset: number): string {
  const before = typed.slice(0, offset).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return before.length === 1 ? `Column ${column}:` : `Line ${before.length}, column ${column}:`;
}

/** Marks the character at which the expression is wrong. */
function useMark(view: RefObject<EditorView | null>, at: number | null, message: string): void {
  useEffect(() => {
    const { current } = view;
    if (current === null) return;
    const { length } = current.state.doc;
    const from = Math.min(at ?? 0, Math.max(0, length - 1));
    const marks = at === null || length === 0 ? [] : [{ from, to: from + 1, severity: 'error' as const, message }];
    current.dispatch(setDiagnostics(current.state, marks));
  }, [view, at, message]);
}

function useResult(typed: string, language: Language, at: NodeKey | null): Shown | null {
  const [result, setResult] = useState<Shown | null>(null);
  useEffect(() => {
    let current = true;
    const timer = window.setTimeout(async () => {
      if (typed.trim() === '') return setResult(null);
      const wrapped = wrapExpression(typed, language);
      const reply = await evaluateExpression(wrapped.text, at);
      if (!current) return;
      if (!reply.ok) setResult({ type: 'error', message: reply.error.message, at: null });
      else if (reply.output.type !== 'error') setResult(reply.output);
      else {
        const { message, offset } = reply.output;
        setResult({ type: 'error', message, at: offset === null ? null : unwrapOffset(typed, wrapped, offset) });
      }
    }, PAUSE);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [typed, language, at]);
  return result;
}
