import { looks, worstFirst } from '../../state/state-look.ts';
import { Glyph } from '../../ui/glyph.tsx';
import styles from './counts.module.css';
import type { Looks } from './task-runs.ts';

/** How many are in which state, the worst first: a glyph and a number each. */
export function Counts({ of }: { readonly of: Looks }) {
  return (
    <span className={styles.counts} aria-hidden="true">
      {worstFirst.map((look) => {
        const count = of[look] ?? 0;
        if (count === 0) return null;
        const { glyph, family, word } = looks[look];
        return (
          <span key={look} className={styles.count} title={`${count.toLocaleString('en')} ${word}`}>
            <Glyph name={glyph} family={family} still />
            {count.toLocaleString('en')}
          </span>
        );
      })}
    </span>
  );
}

/** The same as it is heard: "2 Failed, 38 Succeeded". */
export function countsInWords(of: Looks): string {
  return worstFirst
    .flatMap((look) => (of[look] ? [`${of[look].toLocaleString('en')} ${looks[look].word}`] : []))
    .join(', ');
}
