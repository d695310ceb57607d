import { useEffect, useId, useRef, useState } from 'react';
import type { OpenedFile as File } from '../../../electron/contract.ts';
import type { Problem } from '../../../engine/language/problem.ts';
import { correctFile, dropFile } from '../../state/library-actions.ts';
import { saveOpenedFile } from '../../state/opened-file-actions.ts';
import { useStore } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { CodeArea, type CodeAreaHandle } from '../../ui/code-area.tsx';
import { count } from './count.ts';
import { DiscardCorrections } from './discard-corrections.tsx';
import styles from './opened-file.module.css';
import { applySuggestion, offsetOf } from './problem-excerpt.ts';
import { ProblemList } from './problem-list.tsx';
import { useCheck } from './use-check.ts';
import { WhatWillBeStored } from './what-will-be-stored.tsx';

/**
 * A file that was opened and is not in the library yet: its text, to be corrected, beside what is wrong with it or what
 * will be stored.
 */
export function OpenedFile({ file }: { readonly file: File }) {
  const corrected = useStore((state) => state.correctedText);
  const waiting = useStore((state) => state.files.length - 1);
  const text = corrected ?? file.text;
  const { checked, failure } = useCheck(text);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const area = useRef<CodeAreaHandle>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const statusId = useId();
  // Wherever the file came from, that is what the person is looking at now.
  useEffect(() => heading.current?.focus(), []);

  const problems = checked?.problems ?? [];
  const canSave = checked !== null && problems.length === 0 && checked.workflows.length > 0;
  const save = async () => {
    setBusy(true);
    setRefusal(await saveOpenedFile(text));
    setBusy(false);
  };
  const goTo = (problem: Problem) => {
    const start = offsetOf(text, problem.line, problem.column);
    const end = offsetOf(text, problem.endLine, problem.endColumn);
    area.current?.select(start, Math.max(start, end));
  };

  return (
    <main className={styles.file}>
      <header className={styles.head}>
        <h1 ref={heading} tabIndex={-1} className={styles.name}>
          {file.name}
        </h1>
        {waiting > 0 && <span className={styles.waiting}>{count(waiting, 'more file')} after this</span>}
        <div className={styles.buttons}>
          <Button onClick={() => (corrected === null || corrected === file.text ? dropFile() : setAsking(true))}>
            {corrected === null ? 'Close' : 'Discard…'}
          </Button>
          <Button kind="primary" busy={busy} disabled={!canSave} onClick={() => void save()}>
            Add to library
          </Button>
        </div>
      </header>
      <CodeArea
        handle={area}
        label={`Text of ${file.name}`}
        describedBy={statusId}
        text={text}
        onChange={correctFile}
        markedLines={new Set(problems.map(({ line }) => line))}
      />
      <aside className={styles.findings} aria-label="Check">
        <p id={statusId} role="status" className={styles.status}>
          {checked !== null && sentence(problems.length, checked.workflows.length)}
        </p>
        {(refusal ?? failure) !== null && (
          <p role="alert" className={styles.failure}>
            {refusal ?? failure}
          </p>
        )}
        {problems.length > 0 && (
          <ProblemList
            text={text}
            problems={problems}
            onShow={goTo}
            onApply={(problem, suggestion) => correctFile(applySuggestion(text, problem, suggestion))}
          />
        )}
        {checked !== null && problems.length === 0 && <WhatWillBeStored workflows={checked.workflows} />}
      </aside>
      {asking && <DiscardCorrections name={file.name} onDiscard={dropFile} onClose={() => setAsking(false)} />}
    </main>
  );
}

function sentence(problems: number, workflows: number): string {
  if (problems > 0) return `${count(problems, 'problem')}. Nothing is stored until the text is right.`;
  return workflows === 0 ? 'This text defines no workflow.' : 'No problems.';
}
