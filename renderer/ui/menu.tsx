import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import styles from './menu.module.css';

export interface MenuItem {
  readonly id: string;
  readonly title: string;
  readonly icon?: ReactNode;
  readonly shortcut?: string | undefined;
  /** It ends or deletes something. */
  readonly danger?: boolean;
  /** A line above it. */
  readonly separated?: boolean;
}

/** Where a menu opens, in pixels of the window: at the pointer, or at the lower left corner of what it belongs to. */
export interface MenuPlace {
  readonly left: number;
  readonly top: number;
}

interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly place: MenuPlace;
  readonly onPick: (id: string) => void;
  readonly onClose: () => void;
}

/**
 * A menu above everything else. It is open as long as it is rendered. Arrow keys go round, a letter goes to the next item
 * that begins with it, Escape and Tab close it. The focus goes back to where it was.
 */
export function Menu({ label, items, place, onPick, onClose }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const before = document.activeElement;
    const element = menu.current;
    if (element === null) return;
    element.showPopover();
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(4, Math.min(place.left, window.innerWidth - width - 4))}px`;
    element.style.top = `${Math.max(4, Math.min(place.top, window.innerHeight - height - 4))}px`;
    element.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    return () => {
      // What was picked may have moved the focus already.
      const lost = document.activeElement === document.body || element.contains(document.activeElement);
      if (lost && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [place]);

  useLayoutEffect(() => {
    const close = (event: Event) => {
      if (event.target instanceof Element && menu.current?.contains(event.target) === true) return;
      onClose();
    };
    window.addEventListener('pointerdown', close, true);
    window.addEventListener('blur', onClose);
    window.addEventListener('resize', onClose);
    return () => {
      window.removeEventListener('pointerdown', close, true);
      window.removeEventListener('blur', onClose);
      window.removeEventListener('resize', onClose);
    };
  }, [onClose]);

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      onClose();
      return;
    }
    const elements = [...(menu.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const here = elements.indexOf(document.activeElement as HTMLElement);
    const target = stepIn(items, here, event.key);
    if (target === null) return;
    event.preventDefault();
    elements[target]?.focus();
  };

  return createPortal(
    <div
      ref={menu}
      popover="manual"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      className={styles.menu}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
    >
      {items.map(({ id, title, icon, shortcut, danger, separated }) => (
        <button
          key={id}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className={styles.item}
          data-danger={danger || undefined}
          data-separated={separated || undefined}
          onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
          onClick={() => {
            onClose();
            onPick(id);
          }}
        >
          <span className={styles.icon}>{icon}</span>
          <span className={styles.title}>{title}</span>
          {shortcut !== undefined && <kbd className={styles.shortcut}>{shortcut}</kbd>}
        </button>
      ))}
    </div>,
    document.body,
  );
}

/** Where a key leads from the item at `here`; null when it leads nowhere. */
export function stepIn(items: readonly Pick<MenuItem, 'title'>[], here: number, key: string): number | null {
  const { length } = items;
  switch (key) {
    case 'ArrowDown':
      return (here + 1) % length;
    case 'ArrowUp':
      return (Math.max(here, 0) - 1 + length) % length;
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default: {
      if (key.length !== 1 || key === ' ') return null;
      const after = Array.from({ length }, (_, offset) => (here + 1 + offset) % length);
      return after.find((at) => items[at]?.title.toLowerCase().startsWith(key.toLowerCase())) ?? null;
    }
  }
}
