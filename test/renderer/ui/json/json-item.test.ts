import { expect, test } from 'vitest';
import { JsonItem, preview } from '../../../../renderer/ui/json/json-item.ts';
import { parseJson } from '../../../../renderer/ui/json/parse-json.ts';

const parsed = (text: string) => {
  const value = parseJson(text);
  if (value === null) throw new Error(`not JSON: ${text}`);
  return value;
};
const itemOf = (text: string) => new JsonItem('', null, parsed(text));

test('what is empty looks different from what is not there', () => {
  expect(['null', '{}', '[]', '""'].map((text) => preview(parsed(text)))).toEqual(['null', '{}', '[]', '""']);
});

test('a map shows its first entries on one line, a list its length', () => {
  expect(preview(parsed('{"name": "web", "ports": [80, 443], "more": {"a": 1}}'))).toBe(
    '{ name: "web", ports: [2], more: {…} }',
  );
  const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`key${at}`, at])));
  expect(preview(parsed(wide)).length).toBeLessThan(100);
  expect(preview(parsed(wide))).toMatch(/, … }$/);
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
  const pieces = itemOf(JSON.stringify(text)).children.map(({ value }) => value);
  expect(pieces.join('')).toBe(text.replaceAll('\n', ''));
  expect(pieces.every((piece) => typeof piece === 'string' && piece.length <= 100)).toBe(true);
});

test('children are made once', () => {
  const item = itemOf('[1, 2]');
  expect(item.children).toBe(item.children);
});
