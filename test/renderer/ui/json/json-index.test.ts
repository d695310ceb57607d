import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonDocument } from '../../../../renderer/ui/json/json-document.ts';
import { indexJson } from '../../../../renderer/ui/json/json-index.ts';

function documentOf(text: string): JsonDocument {
  const index = indexJson(text);
  if (index === null) throw new Error('not JSON');
  return new JsonDocument(text, index);
}

/** Back to what JSON.parse gives. */
function plain(document: JsonDocument, value = 0): unknown {
  const entries = document.entriesOf(value);
  switch (document.typeOf(value)) {
    case 'string':
      return document.stringOf(value);
    case 'number':
      return Number(document.rawOf(value));
    case 'word':
      return JSON.parse(document.rawOf(value));
    case 'list':
      return entries.map((entry) => plain(document, entry));
    case 'map':
      return Object.fromEntries(entries.map((entry) => [document.keyOf(entry), plain(document, entry)]));
  }
}

test('every JSON text is read as JSON.parse reads it, however it is spaced', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('', ' ', '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(plain(documentOf(` ${text}\n`))).toEqual(JSON.parse(text));
    }),
  );
});

test('numbers stay as they were written', () => {
  const document = documentOf('[1.0, 9007199254740993, 1e400, -0]');
  expect(document.entriesOf(0).map((entry) => document.rawOf(entry))).toEqual([
    '1.0',
    '9007199254740993',
    '1e400',
    '-0',
  ]);
});

test('keys keep their order, repeated and dangerous ones too', () => {
  const document = documentOf('{"b": 1, "2": 2, "b": 3, "__proto__": {"x": 1}}');
  expect(document.entriesOf(0).map((entry) => document.keyOf(entry))).toEqual(['b', '2', 'b', '__proto__']);
});

test('a value is shown as it stands in the text, and knows its path', () => {
  const document = documentOf('{ "a": [1, {"b c": "x", "d": null}] }');
  expect(document.rawOf(1)).toBe('[1, {"b c": "x", "d": null}]');
  expect(document.pathTo(0, '$')).toBe('$');
  expect(document.pathTo(4, '$')).toBe("$.a[1]['b c']");
  expect(document.pathTo(5, 'task(t).result')).toBe('task(t).result.a[1].d');
  expect(document.above(5)).toEqual([0, 1, 3]);
});

test('the beginning of a long string ends before an escape, not in it', () => {
  const text = ('x'.repeat(40) + String.raw`\n\"\\\u00e9`).repeat(50);
  const document = documentOf(`"${text}"`);
  const whole = JSON.parse(`"${text}"`) as string;
  for (let most = 1; most < 200; most++) {
    const start = document.stringOf(0, most);
    expect(whole.startsWith(start)).toBe(true);
    expect(start.length).toBeGreaterThanOrEqual(most / 2 - 6);
  }
});

test.each([
  '',
  '{',
  '[1,]',
  '{"a":}',
  '{"a" 1}',
  '{"a":1,}',
  '[1 2]',
  '"open',
  'nul',
  '01x',
  '1 2',
  '{]',
  '[}',
  '"\\x"',
  '}',
  '{1:2}',
])('%j is not JSON', (text) => {
  expect(indexJson(text)).toBeNull();
});

test('any depth can be read', () => {
  const depth = 100_000;
  expect(indexJson('['.repeat(depth) + ']'.repeat(depth))?.counts[0]).toBe(1);
  expect(indexJson('['.repeat(depth))).toBeNull();
});
