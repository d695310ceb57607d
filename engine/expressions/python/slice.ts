import { claimItems, spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { codePoints, hasSurrogates } from './code-points.ts';
import { toNumber } from './numbers.ts';
import { isInteger, isTuple, List, Markup, sequenceItems, Tuple, typeName, type Value } from './value.ts';

export interface Slice {
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
}

/** Python's `value[start:stop:step]`; undefined when the value has no slices. */
export function sliceValue(value: Value, slice: Slice): Value | undefined {
  if (typeof value === 'string') return sliceString(value, slice);
  if (value instanceof Markup) return new Markup(sliceString(value.text, slice));
  const items = sequenceItems(value);
  if (items === null) return undefined;
  const chosen = pick(items, slice);
  return isTuple(value) ? new Tuple(chosen) : new List(chosen);
}

function sliceString(text: string, slice: Slice): string {
  if (hasSurrogates(text)) return pick(codePoints(text), slice).join('');
  const { from, to, step } = sliceBounds(text.length, slice);
  if (step === 1) return text.slice(from, Math.max(from, to));
  spend(text.length);
  return pick(text.split(''), slice).join('');
}

function pick<T>(items: readonly T[], slice: Slice): T[] {
  const { from, to, step } = sliceBounds(items.length, slice);
  const result: T[] = [];
  const count = Math.max(0, Math.ceil((to - from) / step));
  claimItems(count);
  spend(count);
  for (let place = from; step > 0 ? place < to : place > to; place += step) result.push(items[place] as T);
  return result;
}

/** Where a slice begins, before what it ends, and how it goes: Python's `slice.indices`. */
export function sliceBounds(length: number, slice: Slice): { from: number; to: number; step: number } {
  const step = bound(slice.step) ?? 1;
  if (step === 0) throw new ExpressionError('slice step cannot be zero');
  const clamp = (place: number): number => {
    const absolute = place < 0 ? place + length : place;
    return step > 0 ? Math.min(length, Math.max(0, absolute)) : Math.min(length - 1, Math.max(-1, absolute));
  };
  const start = bound(slice.start);
  const stop = bound(slice.stop);
  const from = start === null ? (step > 0 ? 0 : length - 1) : clamp(start);
  const to = stop === null ? (step > 0 ? length : -1) : clamp(stop);
  return { from, to, step };
}

function bound(value: Value): number | null {
  if (value === null) return null;
  if (typeof value === 'boolean') return Number(value);
  if (isInteger(value)) return Math.max(-1e15, Math.min(1e15, toNumber(value)));
  throw new ExpressionError(
    `slice indices must be integers or None or have an __index__ method, not ${typeName(value)}`,
  );
}
