import {
  cloneElement,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  useEffect,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import styles from './tooltip.module.css';

/** How long the pointer rests before a tooltip shows, in milliseconds. Focus by keyboard shows it at once. */
const REST = 500;

interface Handlers {
  readonly onPointerEnter?: (event: PointerEvent) => void;
  readonly onPointerLeave?: (event: PointerEvent) => void;
  readonly onPointerDown?: (event: PointerEvent) => void;
  readonly onFocus?: (event: FocusEvent) => void;
  readonly onBlur?: (event: FocusEvent) => void;
}

interface TooltipProps {
  readonly text: string;
  readonly shortcut?: string | undefined;
  /** The element it belongs to, which carries the same text as its accessible name: the tooltip is for the eye only. */
  readonly children: ReactElement<Handlers>;
}

/** A word or two beside a thing that shows only an icon, on hover and on focus; Escape sends it away. */
export function Tooltip({ text, shortcut, children }: TooltipProps) {
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const timer = useRef<number | undefined>(undefined);

  useEffect(() => () => window.clearTimeout(timer.current), []);
  useEffect(() => {
    if (anchor === null) return;
    const hide = (event: KeyboardEvent) => event.key === 'Escape' && setAnchor(null);
    window.addEventListener('keydown', hide);
    return () => window.removeEventListener('keydown', hide);
  }, [anchor]);

  const show = (element: Element) => setAnchor(element.getBoundingClientRect());
  const hide = () => {
    window.clearTimeout(timer.current);
    setAnchor(null);
  };
  const { props } = children;
  const trigger = cloneElement(children, {
    onPointerEnter: (event) => {
      props.onPointerEnter?.(event);
      const element = event.currentTarget;
      timer.current = window.setTimeout(() => element.isConnected && show(element), REST);
    },
    onPointerLeave: (event) => {
      props.onPointerLeave?.(event);
      hide();
    },
    onPointerDown: (event) => {
      props.onPointerDown?.(event);
      hide();
    },
    onFocus: (event) => {
      props.onFocus?.(event);
      if (event.currentTarget.matches(':focus-visible')) show(event.currentTarget);
    },
    onBlur: (event) => {
      props.onBlur?.(event);
      hide();
    },
  });
  return (
    <>
      {trigger}
      {anchor !== null &&
        createPortal(
          <div
            // A popover, so that it also lies above a modal dialog.
            ref={(element) => element?.showPopover()}
            popover="manual"
            className={styles.tooltip}
            aria-hidden="true"
            style={placeBeside(anchor)}
          >
            {text}
            {shortcut !== undefined && <kbd className={styles.shortcut}>{shortcut}</kbd>}
          </div>,
          document.body,
        )}
    </>
  );
}

/** Below where there is room, else above; from whichever side leaves it inside the window. */
function placeBeside(anchor: DOMRect) {
  const gap = 6;
  const below = anchor.bottom + 40 < window.innerHeight;
  const fromLeft = anchor.left < window.innerWidth / 2;
  return {
    ...(below ? { top: anchor.bottom + gap } : { bottom: window.innerHeight - anchor.top + gap }),
    ...(fromLeft ? { left: anchor.left } : { right: window.innerWidth - anchor.right }),
  };
}
