import { type ComponentProps, type ReactNode, useId } from 'react';
import styles from './field.module.css';

/** What a control inside of a {@link Field} spreads onto itself, so that it is named, described and marked by the field. */
export interface FieldControl {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

interface FieldProps {
  readonly label: string;
  /** Beside the label, dimmed: "required", "default 3". */
  readonly note?: ReactNode;
  /** At the end of the label's line: what else can be done with the control. */
  readonly aside?: ReactNode;
  /** Below the control: what is expected. */
  readonly hint?: ReactNode;
  /** Below the control: what is wrong, as a sentence. */
  readonly error?: string | null;
  readonly children: (control: FieldControl) => ReactNode;
}

/** A label, a control, and what is to be said about it. */
export function Field({ label, note, aside, hint, error = null, children }: FieldProps) {
  const id = useId();
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  const errorId = error === null ? undefined : `${id}-error`;
  return (
    <div className={styles.field}>
      <div className={styles.labels}>
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
        {note !== undefined && <span className={styles.note}>{note}</span>}
        {aside !== undefined && <div className={styles.aside}>{aside}</div>}
      </div>
      {children({
        id,
        'aria-describedby': [errorId, hintId].filter((part) => part !== undefined).join(' ') || undefined,
        'aria-invalid': error === null ? undefined : true,
      })}
      {error !== null && (
        <p id={errorId} className={styles.error}>
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** One line of text. `mono` for values and code. */
export function TextInput({ mono = false, ...rest }: ComponentProps<'input'> & { readonly mono?: boolean }) {
  return (
    <input type="text" spellCheck={false} autoComplete="off" {...rest} className={styles.input} data-mono={mono} />
  );
}

/** Several lines of text. `mono` for values and code. */
export function TextArea({ mono = false, ...rest }: ComponentProps<'textarea'> & { readonly mono?: boolean }) {
  return <textarea rows={4} spellCheck={false} {...rest} className={styles.area} data-mono={mono} />;
}

/** One of a few choices, as `<option>` elements. */
export function Select(props: ComponentProps<'select'>) {
  return <select {...props} className={styles.select} />;
}
