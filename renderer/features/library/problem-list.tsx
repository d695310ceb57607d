import type { Problem } from '../../../engine/language/problem.ts';
import { Button } from '../../ui/button.tsx';
import { excerpt } from './problem-excerpt.ts';
import styles from './problem-list.module.css';

/** A text that is no YAML at all may have very many. */
const SHOWN = 50;

interface ProblemListProps {
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly onShow: (problem: Problem) => void;
  readonly onApply: (problem: Problem, suggestion: string) => void;
}

/** What is wrong with a text: where, why, and the lines that it is about. */
export function ProblemList({ text, problems, onShow, onApply }: ProblemListProps) {
  return (
    <>
      <ol className={styles.list} aria-label="Problems">
        {problems.slice(0, SHOWN).map((problem) => (
          <li key={`${problem.line}:${problem.column} ${problem.message}`} className={styles.problem}>
            <button type="button" className={styles.sentence} onClick={() => onShow(problem)}>
              <span className={styles.place}>
                {problem.line}:{problem.column}
              </span>
              <span>{problem.message}</span>
            </button>
            <Excerpt text={text} problem={problem} />
            {problem.suggestion !== null && (
              <Suggestion problem={problem} text={problem.suggestion} onApply={onApply} />
            )}
          </li>
        ))}
      </ol>
      {problems.length > SHOWN && <p className={styles.more}>… and {problems.length - SHOWN} more.</p>}
    </>
  );
}

function Excerpt({ text, problem }: { readonly text: string; readonly problem: Problem }) {
  return (
    <pre className={styles.excerpt}>
      {excerpt(text, problem).map((line) => (
        <span key={line.number} className={styles.line} data-marked={line.marked !== '' || undefined}>
          <span className={styles.number} aria-hidden="true">
            {line.number}
          </span>
          <span>
            {line.before}
            {line.marked !== '' && <mark className={styles.mark}>{line.marked}</mark>}
            {line.after}
          </span>
        </span>
      ))}
    </pre>
  );
}

interface SuggestionProps {
  readonly problem: Problem;
  readonly text: string;
  readonly onApply: (problem: Problem, suggestion: string) => void;
}

function Suggestion({ problem, text, onApply }: SuggestionProps) {
  return (
    <div className={styles.suggestion}>
      <Button onClick={() => onApply(problem, text)}>
        Use <code>{text}</code>
      </Button>
    </div>
  );
}
