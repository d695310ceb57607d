import type { KeyboardEvent, PointerEvent } from 'react';
import styles from './splitter.module.css';

interface SplitterProps {
  /** What is resized: "Inspector". */
  readonly label: string;
  /** Of the pane that follows the splitter or, with `before`, of the one before it. In pixels. */
  readonly size: number;
  readonly min: number;
  readonly max: number;
  readonly initial: number;
  readonly before?: boolean;
  readonly onResize: (size: number) => void;
}

const STEP = 16;

/** A line between two panes that can be dragged, and moved by the arrow keys. A double click brings the usual size back. */
export function Splitter({ label, size, min, max, initial, before = false, onResize }: SplitterProps) {
  const resize = (wanted: number) => onResize(Math.round(Math.min(max, Math.max(min, wanted))));
  const grow = before ? 1 : -1;

  const onPointerDown = (down: PointerEvent<HTMLDivElement>) => {
    const element = down.currentTarget;
    element.setPointerCapture(down.pointerId);
    const move = (event: globalThis.PointerEvent) => resize(size + grow * (event.clientX - down.clientX));
    const end = () => {
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', end);
      element.removeEventListener('pointercancel', end);
    };
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', end);
    element.addEventListener('pointercancel', end);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: size - grow * STEP,
      ArrowRight: size + grow * STEP,
      Home: min,
      End: max,
    };
    const wanted = steps[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    resize(wanted);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a thematic break cannot be moved
    <div
      role="separator"
      className={styles.splitter}
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={Math.round(size)}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onDoubleClick={() => resize(initial)}
    />
  );
}
