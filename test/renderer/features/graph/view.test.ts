import { expect, test } from 'vitest';
import { begin, fit, reveal, zoom } from '../../../../renderer/features/graph/view.ts';

const pane = { width: 400, height: 300 };

test('a small plane is shown as large as it is, in the middle', () => {
  expect(fit({ width: 200, height: 100 }, pane)).toEqual({ scale: 1, x: 100, y: 100 });
});

test('a large plane is shown as a whole on demand', () => {
  expect(fit({ width: 4000, height: 1000 }, pane)).toEqual({ scale: 0.1, x: 0, y: 100 });
});

test('a plane that could not be read as a whole begins around its first box', () => {
  const view = begin({ width: 4000, height: 1000 }, pane, { x: 2000, y: 20, width: 100, height: 48 });
  expect(view.scale).toBeGreaterThan(0.5);
  expect(view.y).toBe(0);
  expect(view.x + 2050 * view.scale).toBe(200);
});

test('zooming keeps the point under the pointer where it is', () => {
  const view = { scale: 1, x: 10, y: 20 };
  const next = zoom(view, 1.5, { x: 110, y: 220 });
  expect(next).toEqual({ scale: 1.5, x: -40, y: -80 });
  expect(zoom(next, 1000, { x: 0, y: 0 }).scale).toBe(zoom(next, 2000, { x: 0, y: 0 }).scale);
});

test('what is in view does not move the plane; what is not moves it as far as is needed', () => {
  const view = { scale: 1, x: 0, y: 0 };
  expect(reveal(view, { x: 50, y: 50, width: 100, height: 48 }, pane)).toBe(view);
  expect(reveal(view, { x: 500, y: 50, width: 100, height: 48 }, pane)).toEqual({ scale: 1, x: -216, y: 0 });
  expect(reveal(view, { x: -50, y: 50, width: 100, height: 48 }, pane)).toEqual({ scale: 1, x: 66, y: 0 });
});
