import type { ReactNode } from 'react';
import styles from './glyph.module.css';

/** The five hues of states; tokens.css says which colours they are. */
export type Family = 'inert' | 'active' | 'attention' | 'good' | 'bad';

export type GlyphName =
  | 'circle'
  | 'hourglass'
  | 'ring'
  | 'clock'
  | 'bars'
  | 'bars-ring'
  | 'check'
  | 'cross'
  | 'octagon'
  | 'slash'
  | 'dashes';

const octagon = 'M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1Z';

/** In a square of 16. Told apart by outline alone, so that hue is never needed. */
const shapes: Readonly<Record<GlyphName, ReactNode>> = {
  circle: <circle cx="8" cy="8" r="6" />,
  hourglass: <path d="M4 2h8M4 14h8M5 2c0 4 6 4 6 6s-6 2-6 6M11 2c0 4-6 4-6 6s6 2 6 6" />,
  ring: (
    <>
      <circle cx="8" cy="8" r="6" className={styles.track} />
      <path d="M8 2a6 6 0 0 1 6 6" />
    </>
  ),
  clock: <path d="M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM8 4.5V8l2.5 1.5" />,
  bars: <path d="M5.5 3v10M10.5 3v10" className={styles.heavy} />,
  'bars-ring': (
    <>
      <path d="M6.2 5.5v5M9.8 5.5v5" />
      <circle cx="8" cy="8" r="6.2" className={styles.track} />
      <path d="M8 1.8A6.2 6.2 0 0 1 14.2 8" />
    </>
  ),
  check: (
    <>
      <circle cx="8" cy="8" r="7" className={styles.disc} />
      <path d="M4.8 8.2 7 10.4l4.2-4.6" className={styles.cut} />
    </>
  ),
  cross: (
    <>
      <path d={octagon} className={styles.disc} />
      <path d="m5.4 5.4 5.2 5.2M10.6 5.4l-5.2 5.2" className={styles.cut} />
    </>
  ),
  octagon: (
    <>
      <path d={octagon} />
      <path d="m5.6 5.6 4.8 4.8M10.4 5.6l-4.8 4.8" />
    </>
  ),
  slash: <path d="M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM4 12l8-8" />,
  dashes: <circle cx="8" cy="8" r="6" className={styles.dashed} />,
};

interface GlyphProps {
  readonly name: GlyphName;
  readonly family: Family;
  /** What it stands for is named here and not happening here. */
  readonly still?: boolean;
}

/** The picture of a state. Hidden from assistive technology: a word always stands with it. */
export function Glyph({ name, family, still = false }: GlyphProps) {
  return (
    <svg
      className={styles.glyph}
      data-family={family}
      data-turning={(name === 'ring' && !still) || undefined}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      {shapes[name]}
    </svg>
  );
}
