import { expect, test } from 'vitest';
import { JsonDocument } from '../../../../renderer/ui/json/json-document.ts';
import { indexJson } from '../../../../renderer/ui/json/json-index.ts';
import { JsonItem, linesAbove, preview } from '../../../../renderer/ui/json/json-item.ts';

const parsed = (text: string) => {
  const index = indexJson(text);
  if (index === null) throw new Error(`not JSON: ${text}`);
  return new JsonDocument(text, index);
};
const itemOf = (text: string) => new JsonItem(parsed(text), 0, null);
const shown = (text: string) => preview(parsed(text), 0);

test('what is empty looks different from what is not there', () => {
  expect(['null', '{}', '[]', '""'].map(shown)).toEqual(['null', '{}', '[]', '""']);
});

test('a map shows its first entries on one line, a list its length', () => {
  expect(shown('{"name": "web", "ports": [80, 443], "more": {"a": 1}}')).toBe('{ name: "web", ports: [2], more: {…} }');
  const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`key${at}`, at])));
  expect(shown(wide).length).toBeLessThan(100);
  expect(shown(wide)).toMatch(/, … }$/);
});

test('a long string shows its beginning', () => {
  expect(shown(JSON.stringify('x'.repeat(5000)))).toBe(`"${'x'.repeat(80)}…"`);
});

test('entries with the same key are two items', () => {
  const { children } = itemOf('{"a": 1, "a": 2}');
  expect(new Set(children.map(({ id }) => id)).size).toBe(2);
});

test('only what has something to open can be opened', () => {
  const opens = (text: string) => itemOf(text).expandable;
  expect(['1', 'null', '"short"', '[]', '{}'].map(opens)).toEqual([false, false, false, false, false]);
  expect(['[1]', '{"a":1}', '"two\\nlines"', JSON.stringify('x'.repeat(200))].map(opens)).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

test('an opened string shows all of its text', () => {
  const text = `first\n${'x'.repeat(250)}\n\nlast`;
  const pieces = itemOf(JSON.stringify(text)).children.map((piece) =>
    piece.shown.type === 'piece' ? piece.shown.text : '',
  );
  expect(pieces.join('')).toBe(text.replaceAll('\n', ''));
  expect(pieces.every((piece) => piece.length <= 100)).toBe(true);
});

test('children are made once', () => {
  const item = itemOf('[1, 2]');
  expect(item.children).toBe(item.children);
});

test('half a million keys are never more than a thousand lines at once, and each can be gone to', () => {
  const keys = Array.from({ length: 500_000 }, (_, at) => `"key ${at}":[${at}]`);
  const root = itemOf(`{${keys.join(',')}}`);
  expect(root.children).toHaveLength(500);
  expect(root.children.at(-1)?.children.at(-1)?.key).toBe('key 499999');

  const wanted = 2 * 123_456 + 2;
  expect(root.document.rawOf(wanted)).toBe('123456');
  const open = new Set(linesAbove(root.document, wanted));
  let lines = [root];
  while (lines.some(({ id }) => open.has(id)))
    lines = lines.flatMap((each) => (open.has(each.id) ? each.children : []));
  expect(lines.map(({ id }) => id)).toEqual([String(wanted)]);
});
