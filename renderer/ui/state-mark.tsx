import { type Family, Glyph, type GlyphName } from './glyph.tsx';
import styles from './state-mark.module.css';

interface StateMarkProps {
  readonly glyph: GlyphName;
  readonly family: Family;
  readonly word: string;
  /** Nothing moves, although the state would say so. */
  readonly still?: boolean;
}

/** A state in a line of text: its glyph and its word. */
export function StateMark({ glyph, family, word, still = false }: StateMarkProps) {
  return (
    <span className={styles.mark} data-unsettled={glyph === 'bars-ring' || undefined}>
      <Glyph name={glyph} family={family} still={still} />
      <span className={styles.word}>{word}</span>
    </span>
  );
}
