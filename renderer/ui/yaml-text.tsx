import { Fragment, useMemo } from 'react';
import { countLines, lineNumbers } from './line-numbers.ts';
import styles from './yaml-text.module.css';
import { yamlTokens } from './yaml-tokens.ts';

interface YamlTextProps {
  /** What the text is, for assistive technology. */
  readonly label: string;
  readonly text: string;
}

/** Beyond this many characters the text is shown without colours: each piece is an element. */
const MAX_COLOURED = 200_000;

/** YAML to read and to copy, with line numbers. It is as high as its text. */
export function YamlText({ label, text }: YamlTextProps) {
  const shown = text.replace(/\s+$/, '');
  const tokens = useMemo(() => (shown.length > MAX_COLOURED ? null : yamlTokens(shown)), [shown]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever uses the keyboard must be able to scroll it sideways
    <section className={styles.frame} aria-label={label} tabIndex={0}>
      <pre className={styles.numbers} aria-hidden="true">
        {lineNumbers(1, countLines(shown))}
      </pre>
      <pre className={styles.text}>
        {tokens?.map((token, index) =>
          token.kind === 'plain' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces have no other identity, and are replaced as a whole
            <Fragment key={index}>{token.text}</Fragment>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <span key={index} data-token={token.kind}>
              {token.text}
            </span>
          ),
        ) ?? shown}
      </pre>
    </section>
  );
}
