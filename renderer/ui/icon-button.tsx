import type { ComponentProps } from 'react';
import styles from './icon-button.module.css';
import { Tooltip } from './tooltip.tsx';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'title'> {
  /** Its name, for the tooltip and for assistive technology. */
  readonly label: string;
  /** The keys that do the same, as they are printed: "Ctrl+." */
  readonly shortcut?: string;
}

/** A button that shows only an icon; its name and shortcut appear beside it on hover and on focus. */
export function IconButton({ label, shortcut, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button type="button" {...rest} className={styles.button} aria-label={label} />
    </Tooltip>
  );
}
