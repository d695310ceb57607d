import { type Ref, useImperativeHandle, useRef } from 'react';
import styles from './code-area.module.css';
import { countLines, lineNumbers } from './line-numbers.ts';

export interface CodeAreaHandle {
  /** Selects this part of the text and brings it into view. */
  readonly select: (start: number, end: number) => void;
}

interface CodeAreaProps {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** Numbers of lines, from 1, that something is said about elsewhere. */
  readonly markedLines: ReadonlySet<number>;
  readonly describedBy?: string;
  readonly handle?: Ref<CodeAreaHandle>;
}

/** Plain text to edit, with line numbers. It fills its place and scrolls inside. Tab leaves it. */
export function CodeArea({ label, text, onChange, markedLines, describedBy, handle }: CodeAreaProps) {
  const frame = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(handle, () => ({
    select: (start, end) => {
      if (frame.current === null || area.current === null) return;
      area.current.focus({ preventScroll: true });
      area.current.setSelectionRange(start, end);
      const before = area.current.value.slice(0, start);
      const line = countLines(before);
      const column = start - before.lastIndexOf('\n');
      const style = getComputedStyle(area.current);
      frame.current.scrollTop = Number.parseFloat(style.lineHeight) * (line - 1) - frame.current.clientHeight / 3;
      // A character of the monospaced font is six tenths as wide as it is high.
      frame.current.scrollLeft = Number.parseFloat(style.fontSize) * 0.6 * column - frame.current.clientWidth / 2;
    },
  }));
  return (
    <div ref={frame} className={styles.frame}>
      <pre className={styles.numbers} aria-hidden="true">
        {numbersInRuns(countLines(text), markedLines).map(({ first, last, isMarked }) => (
          <span key={first} data-marked={isMarked || undefined}>
            {lineNumbers(first, last)}
          </span>
        ))}
      </pre>
      <textarea
        ref={area}
        className={styles.area}
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={markedLines.size > 0 || undefined}
        spellCheck={false}
        autoComplete="off"
        wrap="off"
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

interface Run {
  readonly first: number;
  readonly last: number;
  readonly isMarked: boolean;
}

/** The numbers of all lines in as few elements as there can be: a text may have a hundred thousand. */
function numbersInRuns(lines: number, marked: ReadonlySet<number>): readonly Run[] {
  const runs: Run[] = [];
  let first = 1;
  for (const line of [...marked].filter((each) => each <= lines).sort((a, b) => a - b)) {
    if (line > first) runs.push({ first, last: line - 1, isMarked: false });
    runs.push({ first: line, last: line, isMarked: true });
    first = line + 1;
  }
  if (first <= lines) runs.push({ first, last: lines, isMarked: false });
  return runs;
}
