import type { Problem } from '../../../engine/language/problem.ts';
import { Button } from '../../ui/button.tsx';
import styles from './editor.module.css';

/** A text that is no YAML at all may have very many. */
const SHOWN = 100;

interface ProblemListProps {
  readonly label: 'Problems' | 'Hints';
  readonly problems: readonly Problem[];
  readonly onShow: (problem: Problem) => void;
  readonly onApply: (problem: Problem, suggestion: string) => void;
}

/** What is wrong with a text, or hardly meant: where and why. Each leads to its place. */
export function ProblemList({ label, problems, onShow, onApply }: ProblemListProps) {
  return (
    <>
      <ol aria-label={label}>
        {problems.slice(0, SHOWN).map((problem) => {
          const { line, column, message, suggestion } = problem;
          return (
            <li key={`${line}:${column} ${message}`} className={styles.problem}>
              <button type="button" className={styles.sentence} onClick={() => onShow(problem)}>
                <span className={styles.place} data-hint={label === 'Hints' || undefined}>
                  {line}:{column}
                </span>
                <span>{message}</span>
              </button>
              {suggestion !== null && (
                <Button kind="quiet" onClick={() => onApply(problem, suggestion)}>
                  Use <code>{suggestion}</code>
                </Button>
              )}
            </li>
          );
        })}
      </ol>
      {problems.length > SHOWN && <p className={styles.more}>… and {problems.length - SHOWN} more.</p>}
    </>
  );
}
