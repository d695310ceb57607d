import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Area, minimumSize, placeOnScreen } from '../../electron/window-place.ts';

const screen: Area = { x: 0, y: 25, width: 1440, height: 875 };
const second: Area = { x: 1440, y: 0, width: 1920, height: 1080 };
const saved = (place: Area) => ({ ...place, maximized: false });

test('a window comes back where it was', () => {
  const place = { x: 1500, y: 100, width: 1000, height: 700 };
  expect(placeOnScreen(saved(place), [screen, second])).toEqual(place);
});

test('the first time it stands in the middle of the first screen', () => {
  expect(placeOnScreen(null, [screen, second])).toEqual({ x: 60, y: 33, width: 1320, height: 860 });
});

test('when its screen is gone it comes to the middle of the first one, with its size', () => {
  expect(placeOnScreen(saved({ x: 1500, y: 100, width: 1000, height: 700 }), [screen])).toEqual({
    x: 220,
    y: 113,
    width: 1000,
    height: 700,
  });
});

test('one that hangs over an edge is moved onto the screen that shows most of it', () => {
  expect(placeOnScreen(saved({ x: 1300, y: -40, width: 1000, height: 700 }), [screen, second])).toEqual({
    x: 1440,
    y: 0,
    width: 1000,
    height: 700,
  });
});

test('wherever it was, it is wholly on a screen and not too small to use', () => {
  const place = fc.record({
    x: fc.integer({ min: -10_000, max: 10_000 }),
    y: fc.integer({ min: -10_000, max: 10_000 }),
    width: fc.integer({ min: -10, max: 10_000 }),
    height: fc.integer({ min: -10, max: 10_000 }),
  });
  fc.assert(
    fc.property(place, (was) => {
      const now = placeOnScreen(saved(was), [screen, second]);
      const inside = [screen, second].some(
        ({ x, y, width, height }) =>
          now.x >= x && now.y >= y && now.x + now.width <= x + width && now.y + now.height <= y + height,
      );
      return inside && now.width >= minimumSize.width && now.height >= minimumSize.height;
    }),
  );
});
