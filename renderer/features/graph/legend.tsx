import type { Link, LinkClause } from './graph-model.ts';
import styles from './legend.module.css';
import lineStyles from './lines.module.css';

const words: readonly (readonly [LinkClause, string])[] = [
  ['success', 'on-success'],
  ['error', 'on-error'],
  ['complete', 'on-complete'],
  ['skip', 'on-skip'],
  ['requires', 'requires'],
  ['several', 'several kinds'],
];

/** What the kinds of lines mean, where there is more than one. */
export function Legend({ links }: { readonly links: Iterable<Link> }) {
  const used = new Set([...links].map(({ clause }) => clause));
  if (used.size < 2) return null;
  return (
    <ul className={styles.legend} aria-label="Kinds of lines">
      {words
        .filter(([clause]) => used.has(clause))
        .map(([clause, word]) => (
          <li key={clause} className={styles.entry}>
            <svg width="28" height="8" aria-hidden="true">
              <path className={lineStyles.line} data-clause={clause} d="M1 4h26" />
            </svg>
            {word}
          </li>
        ))}
    </ul>
  );
}
