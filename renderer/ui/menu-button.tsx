import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import styles from './menu-button.module.css';

interface MenuButtonProps<T extends string> {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly items: readonly { readonly id: T; readonly name: string }[];
  readonly onChoose: (id: T) => void;
}

/** A button that opens a short list of things to do. */
export function MenuButton<T extends string>({ label, icon, items, onChoose }: MenuButtonProps<T>) {
  return (
    <MenuTrigger>
      <AriaButton className={styles.button ?? ''}>
        {icon}
        {label}
      </AriaButton>
      <Popover className={styles.popover ?? ''} placement="bottom start">
        <Menu className={styles.menu ?? ''} aria-label={label} onAction={(key) => onChoose(key as T)}>
          {items.map(({ id, name }) => (
            <MenuItem key={id} id={id} className={styles.item ?? ''}>
              {name}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
