import { expect, test } from 'vitest';
import { graphModel } from '../../../../renderer/features/graph/graph-model.ts';
import { curve, labelOf, layOut } from '../../../../renderer/features/graph/layout.ts';
import { definitionOf } from './example.ts';

const model = graphModel(
  definitionOf(`  tasks:
    last: { join: all }
    first:
      on-success: [left, right]
      on-error: fail
    left: { on-complete: last }
    right:
      on-success:
        - last: <% $.a_rather_long_expression > 3 and $.another %>
      on-error: right
`),
);
const { boxes, lines, width, height } = layOut(model);

test('nobody comes before what leads there, whatever the order of the text', () => {
  const rows = [...boxes.values()].map(({ y, height: tall }) => y + tall / 2);
  expect(rows).toEqual([...rows].sort((a, b) => a - b));
  expect([...boxes.keys()].at(0)).toBe('task first');
  expect([...boxes.keys()].at(-1)).toBe('task last');
});

test('boxes lie apart from each other and within the plane', () => {
  const all = [...boxes.values()];
  for (const box of all) {
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    expect(box.y + box.height).toBeLessThanOrEqual(height);
    for (const other of all) {
      if (other === box) continue;
      const apart =
        box.x + box.width <= other.x ||
        other.x + other.width <= box.x ||
        box.y + box.height <= other.y ||
        other.y + other.height <= box.y;
      expect(apart).toBe(true);
    }
  }
});

test('a line goes from the lower edge of one box to the upper edge of the next', () => {
  const from = boxes.get('task first');
  const to = boxes.get('task left');
  const points = lines.get('success task first task left')?.points ?? [];
  expect(points.at(0)?.y).toBe((from?.y ?? 0) + (from?.height ?? 0));
  expect(points.at(-1)?.y).toBe(to?.y);
});

test('a task that leads to itself has a line that can be drawn', () => {
  const points = lines.get('error task right task right')?.points ?? [];
  expect(points.length).toBeGreaterThan(2);
  expect(curve(points)).not.toContain('NaN');
});

test('a label says the clause and the guard without its brackets, and is cut where it is long', () => {
  expect(labelOf({ clause: 'success', guard: null })).toBeNull();
  expect(labelOf({ clause: 'requires', guard: null })).toBeNull();
  expect(labelOf({ clause: 'error', guard: null })).toBe('error');
  expect(labelOf({ clause: 'complete', guard: '<% $.n < 3 %>' })).toBe('complete, if $.n < 3');
  expect(labelOf({ clause: 'success', guard: '{{ _.go }}' })).toBe('if _.go');
  expect(labelOf({ clause: 'success', guard: '<% $.a_rather_long_expression %>' })).toBe('if $.a_rather_long_expr…');
});
