import { z } from 'zod';

/** Where the window was, in device-independent pixels; what it has when it is not maximised. */
export const windowPlace = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  maximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof windowPlace>;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const minimumSize = { width: 800, height: 500 } as const;
const usualSize = { width: 1320, height: 860 } as const;

/**
 * Where the window is to open: where it was, moved wholly onto the screen that shows most of it, and no larger than
 * that. In the middle of the first screen when it has no place yet or its screen is gone.
 * @param screens the usable areas, the primary one first
 */
export function placeOnScreen(saved: WindowPlace | null, screens: readonly [Area, ...Area[]]): Area {
  const screen = saved === null ? null : screenOf(saved, screens);
  if (saved === null || screen === null) {
    const [primary] = screens;
    const size = fit(saved ?? usualSize, primary);
    return {
      ...size,
      x: primary.x + Math.round((primary.width - size.width) / 2),
      y: primary.y + Math.round((primary.height - size.height) / 2),
    };
  }
  const size = fit(saved, screen);
  return {
    ...size,
    x: clamp(saved.x, screen.x, screen.x + screen.width - size.width),
    y: clamp(saved.y, screen.y, screen.y + screen.height - size.height),
  };
}

function screenOf(place: Area, screens: readonly Area[]): Area | null {
  let best: Area | null = null;
  let most = 0;
  for (const screen of screens) {
    const width = overlap(place.x, place.width, screen.x, screen.width);
    const shown = width * overlap(place.y, place.height, screen.y, screen.height);
    if (shown > most) {
      best = screen;
      most = shown;
    }
  }
  return best;
}

function overlap(a: number, aLength: number, b: number, bLength: number): number {
  return Math.max(0, Math.min(a + aLength, b + bLength) - Math.max(a, b));
}

function fit(size: { readonly width: number; readonly height: number }, screen: Area) {
  return {
    width: Math.min(Math.max(size.width, minimumSize.width), screen.width),
    height: Math.min(Math.max(size.height, minimumSize.height), screen.height),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
