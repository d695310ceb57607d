import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';

interface ButtonProps extends ComponentProps<'button'> {
  /** `primary`: what the person most likely wants here, at most one in view. `danger` ends or deletes something. */
  readonly kind?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly icon?: ReactNode;
  /** What was asked for is under way: the button stays where it is, and says so to assistive technology. */
  readonly busy?: boolean;
}

export function Button({ kind = 'plain', icon, busy = false, children, disabled, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={styles.button}
      data-kind={kind}
      aria-busy={busy || undefined}
      disabled={disabled}
      onClick={busy ? undefined : onClick}
    >
      {icon}
      {children}
    </button>
  );
}
