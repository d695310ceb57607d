import { Fragment, useLayoutEffect, useMemo, useRef } from 'react';
import { countLines, lineNumbers } from './line-numbers.ts';
import styles from './yaml-text.module.css';
import { yamlTokens } from './yaml-tokens.ts';

interface YamlTextProps {
  /** What the text is, for assistive technology. */
  readonly label: string;
  readonly text: string;
  /** Lines that are marked and brought into view, from 1, both included. */
  readonly mark?: { readonly from: number; readonly to: number } | null;
}

/** Beyond this many characters the text is shown without colours: each piece is an element. */
const MAX_COLOURED = 200_000;

/** YAML to read and to copy, with line numbers. It is as high as its text. */
export function YamlText({ label, text, mark = null }: YamlTextProps) {
  const shown = text.replace(/\s+$/, '');
  const tokens = useMemo(() => (shown.length > MAX_COLOURED ? null : yamlTokens(shown)), [shown]);
  const band = useRef<HTMLSpanElement>(null);
  const { from, to } = mark ?? { from: 0, to: 0 };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the band has moved when the marked lines are others
  useLayoutEffect(() => band.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [from, to, text]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever uses the keyboard must be able to scroll it sideways
    <section className={styles.frame} aria-label={label} tabIndex={0}>
      {mark !== null && (
        <span
          ref={band}
          className={styles.mark}
          style={{
            top: `calc(var(--line-height) * ${from - 1})`,
            height: `calc(var(--line-height) * ${to - from + 1})`,
          }}
        />
      )}
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
