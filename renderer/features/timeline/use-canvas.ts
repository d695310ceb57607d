import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { onPaletteChange } from './palette.ts';

type Paint = (context: CanvasRenderingContext2D, width: number, height: number) => void;

/**
 * Keeps a canvas as large as the element that it fills, sharp on every screen, and painted: after each render, when it is
 * scrolled or resized, and when the theme changes. Many reasons within one frame make one picture.
 *
 * @param period paints again after so many milliseconds, for as long as the window is in view; null: nothing moves
 */
export function useCanvas(
  frame: RefObject<HTMLElement | null>,
  canvas: RefObject<HTMLCanvasElement | null>,
  paint: Paint,
  period: number | null,
): void {
  const latest = useRef(paint);
  const repaint = useRef(() => {});

  useLayoutEffect(() => {
    latest.current = paint;
    repaint.current();
  });

  useEffect(() => {
    const element = frame.current;
    const context = canvas.current?.getContext('2d') ?? null;
    if (element === null || context === null) return;
    let request: number | undefined;
    const now = () => {
      request = undefined;
      const { clientWidth: width, clientHeight: height } = element;
      fit(context.canvas, width, height);
      const ratio = window.devicePixelRatio;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      latest.current(context, width, height);
    };
    const soon = () => {
      request ??= requestAnimationFrame(now);
    };
    repaint.current = soon;
    const resized = new ResizeObserver(soon);
    resized.observe(element);
    element.addEventListener('scroll', soon, { passive: true });
    const stop = onPaletteChange(soon);
    void document.fonts.ready.then(soon);
    soon();
    return () => {
      repaint.current = () => {};
      if (request !== undefined) cancelAnimationFrame(request);
      resized.disconnect();
      element.removeEventListener('scroll', soon);
      stop();
    };
  }, [frame, canvas]);

  useEffect(() => {
    if (period === null) return;
    let timer: number | undefined;
    const follow = () => {
      window.clearInterval(timer);
      timer = undefined;
      if (document.visibilityState === 'visible') timer = window.setInterval(() => repaint.current(), period);
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', follow);
    };
  }, [period]);
}

function fit(canvas: HTMLCanvasElement, width: number, height: number): void {
  const ratio = window.devicePixelRatio;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width === wide && canvas.height === high) return;
  canvas.width = wide;
  canvas.height = high;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
}
