import type { Range } from './view.ts';

/** All in pixels. */
export const ROW = 24;
export const HEAD = 28;
/** Room before the axis, and behind it for what is written behind bars. */
const BEFORE = 12;
const BEHIND = 64;

/** Where things are on the canvas. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Where the names end and the bars begin. */
  readonly left: number;
  readonly range: Range;
}

/** The width of the part that shows time. */
export function axisWidth({ width, left }: Pick<Layout, 'width' | 'left'>): number {
  return Math.max(1, width - left - BEFORE - BEHIND);
}

export function namesWidth(width: number): number {
  return Math.round(Math.min(260, Math.max(110, width * 0.28)));
}

export function xOf(layout: Layout, time: number): number {
  const { left, range } = layout;
  return left + BEFORE + ((time - range.from) * axisWidth(layout)) / Math.max(1, range.to - range.from);
}

export function timeAt(layout: Layout, x: number): number {
  const { left, range } = layout;
  return range.from + ((x - left - BEFORE) * (range.to - range.from)) / axisWidth(layout);
}

/** The time that can be seen: what is looked at, and a little before and behind it. */
export function seenRange(layout: Layout): Range {
  return { from: timeAt(layout, layout.left), to: timeAt(layout, layout.width) };
}

/** The rows that can be seen, as the first and the one after the last. */
export function visibleRows(scrollTop: number, height: number, count: number): readonly [number, number] {
  return [Math.max(0, Math.floor(scrollTop / ROW)), Math.min(count, Math.ceil((scrollTop + height - HEAD) / ROW))];
}

/** The row at a height of the canvas; -1 where there is none. */
export function rowAt(y: number, scrollTop: number, count: number): number {
  const row = Math.floor((y - HEAD + scrollTop) / ROW);
  return y < HEAD || row >= count ? -1 : row;
}

/** The first of the stretches, which are in order and apart, that ends at this time or later. */
export function firstEndingFrom(runs: readonly { readonly to: number | null }[], time: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const end = runs[middle]?.to ?? Number.POSITIVE_INFINITY;
    if (end < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
