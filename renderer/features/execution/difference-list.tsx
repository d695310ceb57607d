import { Fragment } from 'react';
import type { Difference } from '../../state/differences.ts';
import styles from './sheet.module.css';

const LONGEST = 200;

/** What will be other than before, value by value; and what stays although it was left out. */
export function DifferenceList({
  differences,
  none,
}: {
  readonly differences: readonly Difference[];
  readonly none: string;
}) {
  if (differences.length === 0) return <p className={styles.dim}>{none}</p>;
  return (
    <dl className={styles.differences} aria-label="What changes">
      {differences.map(({ type, path, before, after }) => (
        <Fragment key={path}>
          <dt>
            <code>{path}</code>
          </dt>
          <dd>
            {type === 'kept' ? (
              <span className={styles.dim}>stays {shortened(before)}: a value can be changed, not taken away</span>
            ) : (
              <>
                {before !== null && (
                  <>
                    <del>
                      <code>{shortened(before)}</code>
                    </del>
                    {' → '}
                  </>
                )}
                <ins>
                  <code>{shortened(after)}</code>
                </ins>
                {type === 'added' && ' (new)'}
              </>
            )}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

function shortened(text: string | null): string {
  return text === null ? '' : text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
