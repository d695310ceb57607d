import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';

interface RovingBoxes {
  readonly frame: RefObject<HTMLElement | null>;
  /** What should be in view: where the keyboard is, or what is selected. */
  readonly current: string | null;
  /** The place to which Tab leads. */
  readonly entry: string | null;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Lets the arrow keys go from task to task. @param order the places of the tasks, as they are gone through */
export function useRovingBoxes(order: readonly string[], selected: string | null): RovingBoxes {
  const frame = useRef<HTMLElement>(null);
  const [focused, setFocused] = useState(selected);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the selection takes the keyboard's place along
  useEffect(() => setFocused(null), [selected]);
  const current = focused ?? selected;
  const entry = current !== null && order.includes(current) ? current : (order[0] ?? null);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = entry === null ? -1 : order.indexOf(entry);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: order.length - 1,
    };
    const next = order[steps[event.key] ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    setFocused(next);
    const boxes = frame.current?.querySelectorAll<HTMLElement>('[data-place]') ?? [];
    for (const box of boxes) if (box.dataset.place === next) box.focus({ preventScroll: true });
  };
  return { frame, current, entry, onKeyDown };
}
