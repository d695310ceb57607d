import { Maximize2, Minus, Plus } from 'lucide-react';
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import type { Box } from './layout.ts';
import styles from './plane.module.css';
import { begin, fit, reveal, type View, zoom } from './view.ts';

const STEP = 1.25;
/** So long after it was moved the plane is at rest, in milliseconds. */
const REST = 150;

interface PlaneProps {
  readonly width: number;
  readonly height: number;
  /** What is in view in the beginning, where not everything can be. */
  readonly first: Box;
  /** What should be in view; when it becomes another one, the plane is moved as far as is needed. */
  readonly target: Box | null;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly children: ReactNode;
}

/**
 * A plane that is dragged with the pointer and zoomed with the wheel. It shows what it can of itself, also when the pane
 * is resized, until somebody has moved it.
 */
export function Plane({ width, height, first, target, onKeyDown, children }: PlaneProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<View | null>(null);
  const moved = useRef(false);

  const move = (change: (view: View) => View) => {
    moved.current = true;
    setView((now) => (now === null ? null : change(now)));
  };
  const sizeOfFrame = () => ({ width: frame.current?.clientWidth ?? 0, height: frame.current?.clientHeight ?? 0 });
  const isMoving = useMoving(view);
  const fitNow = () => {
    moved.current = true;
    setView(fit({ width, height }, sizeOfFrame()));
  };
  const zoomBy = (factor: number) => {
    const size = sizeOfFrame();
    move((now) => zoom(now, factor, { x: size.width / 2, y: size.height / 2 }));
  };

  useLayoutEffect(() => {
    const { current } = frame;
    if (current === null) return;
    const follow = () => {
      if (moved.current) return;
      setView(begin({ width, height }, { width: current.clientWidth, height: current.clientHeight }, first));
    };
    follow();
    const observer = new ResizeObserver(follow);
    observer.observe(current);
    return () => observer.disconnect();
  }, [width, height, first]);

  useEffect(() => {
    const { current } = frame;
    if (current === null) return;
    // React listens passively, and the page would be zoomed too.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { left, top } = current.getBoundingClientRect();
      moved.current = true;
      const factor = Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002));
      setView((now) => now && zoom(now, factor, { x: event.clientX - left, y: event.clientY - top }));
    };
    current.addEventListener('wheel', onWheel, { passive: false });
    return () => current.removeEventListener('wheel', onWheel);
  }, []);

  useLayoutEffect(() => {
    const { current } = frame;
    if (target === null || current === null) return;
    const size = { width: current.clientWidth, height: current.clientHeight };
    setView((now) => now && reveal(now, target, size));
  }, [target]);

  const onPointerDown = (down: PointerEvent<HTMLDivElement>) => {
    if (down.button > 1 || !(down.target instanceof Element) || down.target.closest('button') !== null) return;
    const element = down.currentTarget;
    element.setPointerCapture(down.pointerId);
    let { clientX, clientY } = down;
    const drag = (event: globalThis.PointerEvent) => {
      const x = event.clientX - clientX;
      const y = event.clientY - clientY;
      ({ clientX, clientY } = event);
      move((now) => ({ ...now, x: now.x + x, y: now.y + y }));
    };
    const end = () => {
      element.removeEventListener('pointermove', drag);
      element.removeEventListener('pointerup', end);
      element.removeEventListener('pointercancel', end);
    };
    element.addEventListener('pointermove', drag);
    element.addEventListener('pointerup', end);
    element.addEventListener('pointercancel', end);
  };

  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') zoomBy(STEP);
    else if (event.key === '-') zoomBy(1 / STEP);
    else if (event.key === '0') fitNow();
    else return onKeyDown(event);
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons in it, and dragging has buttons beside it
    <div ref={frame} className={styles.frame} onPointerDown={onPointerDown} onKeyDown={onKey}>
      <div
        className={styles.plane}
        style={{
          width,
          height,
          // While it moves it is a picture that is shifted; at rest it is drawn anew, and sharp at any scale.
          willChange: isMoving ? 'transform' : undefined,
          visibility: view === null ? 'hidden' : undefined,
          transform: view === null ? undefined : `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
        }}
      >
        {children}
      </div>
      <div className={styles.controls}>
        <IconButton label="Zoom in" shortcut="+" onClick={() => zoomBy(STEP)}>
          <Plus aria-hidden="true" />
        </IconButton>
        <IconButton label="Zoom out" shortcut="-" onClick={() => zoomBy(1 / STEP)}>
          <Minus aria-hidden="true" />
        </IconButton>
        <IconButton label="Show all" shortcut="0" onClick={fitNow}>
          <Maximize2 aria-hidden="true" />
        </IconButton>
      </div>
    </div>
  );
}

/** Whether the view has changed just now. */
function useMoving(view: View | null): boolean {
  const [resting, setResting] = useState(view);
  const isMoving = view !== null && resting !== null && view !== resting;
  useEffect(() => {
    if (view === resting) return;
    const timer = window.setTimeout(() => setResting(view), resting === null ? 0 : REST);
    return () => window.clearTimeout(timer);
  }, [view, resting]);
  return isMoving;
}
