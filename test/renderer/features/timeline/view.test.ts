import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bringIntoView,
  everything,
  pan,
  rangeOf,
  type View,
  zoom,
} from '../../../../renderer/features/timeline/view.ts';

const whole = { from: 1000, to: 2000 };

test('without zooming all of it is seen, however it grows', () => {
  expect(rangeOf(everything, whole)).toEqual(whole);
  expect(rangeOf(everything, { from: 1000, to: 5000 })).toEqual({ from: 1000, to: 5000 });
});

test('what is under the pointer stays there', () => {
  expect(rangeOf(zoom(everything, whole, 0.5, 1200), whole)).toEqual({ from: 1100, to: 1600 });
});

test('what is seen to the end follows the end; what is seen in the middle stays', () => {
  const end = zoom(everything, whole, 0.5, 2000);
  expect(rangeOf(end, { from: 1000, to: 3000 })).toEqual({ from: 2500, to: 3000 });
  const middle = pan(end, whole, -100);
  expect(rangeOf(middle, { from: 1000, to: 3000 })).toEqual({ from: 1400, to: 1900 });
  expect(pan(middle, whole, 500)).toEqual(end);
});

test('zooming out to the whole is the whole again', () => {
  expect(zoom(zoom(everything, whole, 0.5, 1200), whole, 4, 1700)).toEqual(everything);
});

test('however one zooms and pans, one never leaves the whole', () => {
  const step = fc.record({ zooms: fc.boolean(), by: fc.double({ min: 0.01, max: 10, noNaN: true }), at: fc.nat(1000) });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      let view: View = everything;
      for (const { zooms, by, at } of steps) {
        view = zooms ? zoom(view, whole, by, 1000 + at) : pan(view, whole, (by - 5) * 100);
        const { from, to } = rangeOf(view, whole);
        expect(from).toBeGreaterThanOrEqual(whole.from - 1e-6);
        expect(to).toBeLessThanOrEqual(whole.to + 1e-6);
        expect(to - from).toBeGreaterThan(9);
      }
    }),
  );
});

test('a bar that is out of view is brought into it, one that is in view moves nothing', () => {
  const view = { span: 100, end: 1500 };
  expect(bringIntoView(view, whole, { from: 1450, to: 1900 })).toBe(view);
  const { from, to } = rangeOf(bringIntoView(view, whole, { from: 1700, to: 1710 }), whole);
  expect(from).toBeLessThan(1700);
  expect(to).toBeGreaterThan(1710);
  expect(bringIntoView(everything, whole, { from: 0, to: 1 })).toBe(everything);
});
