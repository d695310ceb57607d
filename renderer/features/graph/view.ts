import type { Box } from './layout.ts';

/** How a plane is seen: moved by `x` and `y` pixels after it was scaled. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const SMALLEST = 0.08;
const LARGEST = 2;
/** Names can be read down to this scale. */
const READABLE = 0.75;

/** All of the plane, in the middle, but never larger than it is. */
export function fit(plane: Size, window: Size): View {
  return centred(plane, window, Math.max(SMALLEST, scaleToFit(plane, window)));
}

/** As much of the plane as can be read: all of it, or else its upper end around the box. */
export function begin(plane: Size, window: Size, box: Box): View {
  const scale = scaleToFit(plane, window);
  if (scale >= READABLE) return centred(plane, window, scale);
  const view = centred(plane, window, READABLE);
  const wanted = window.width / 2 - (box.x + box.width / 2) * READABLE;
  const least = window.width - plane.width * READABLE;
  return least >= 0 ? view : { ...view, x: Math.min(0, Math.max(least, wanted)) };
}

function scaleToFit(plane: Size, window: Size): number {
  return Math.min(1, window.width / plane.width, window.height / plane.height);
}

function centred(plane: Size, window: Size, scale: number): View {
  const y = (window.height - plane.height * scale) / 2;
  return { scale, x: (window.width - plane.width * scale) / 2, y: Math.max(0, y) };
}

/** Scaled by a factor; the point of the window stays where it is. */
export function zoom(view: View, factor: number, point: { readonly x: number; readonly y: number }): View {
  const scale = Math.min(LARGEST, Math.max(SMALLEST, view.scale * factor));
  const by = scale / view.scale;
  return { scale, x: point.x - (point.x - view.x) * by, y: point.y - (point.y - view.y) * by };
}

/** Moved no farther than is needed to see the box. */
export function reveal(view: View, box: Box, window: Size): View {
  const x = shift(view.x + box.x * view.scale, box.width * view.scale, window.width);
  const y = shift(view.y + box.y * view.scale, box.height * view.scale, window.height);
  return x === 0 && y === 0 ? view : { ...view, x: view.x + x, y: view.y + y };
}

const MARGIN = 16;

function shift(start: number, length: number, available: number): number {
  if (start < MARGIN) return MARGIN - start;
  return Math.min(0, available - MARGIN - start - length);
}
