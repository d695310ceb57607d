import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type JsonValue, parseJson } from '../../../../renderer/ui/json/parse-json.ts';

/** Back to what JSON.parse gives. */
function plain(value: JsonValue | null): unknown {
  if (value === null) throw new Error('not JSON');
  switch (value.type) {
    case 'string':
      return value.value;
    case 'number':
      return Number(value.text);
    case 'word':
      return JSON.parse(value.text);
    case 'list':
      return value.entries.map((entry) => plain(entry.value));
    case 'map':
      return Object.fromEntries(value.entries.map(({ key, value: inner }) => [key, plain(inner)]));
  }
}

test('every JSON text is read as JSON.parse reads it, however it is spaced', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('', ' ', '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(plain(parseJson(` ${text}\n`))).toEqual(JSON.parse(text));
    }),
  );
});

test('numbers stay as they were written', () => {
  expect(parseJson('[1.0, 9007199254740993, 1e400, -0]')).toMatchObject({
    entries: [
      { value: { text: '1.0' } },
      { value: { text: '9007199254740993' } },
      { value: { text: '1e400' } },
      { value: { text: '-0' } },
    ],
  });
});

test('keys keep their order, repeated and dangerous ones too', () => {
  const value = parseJson('{"b": 1, "2": 2, "b": 3, "__proto__": {"x": 1}}');
  expect(value?.type === 'map' && value.entries.map(({ key }) => key)).toEqual(['b', '2', 'b', '__proto__']);
});

test('a value knows where it stands in the text', () => {
  const text = '{ "a": [1, {"b": "x"}] }';
  const value = parseJson(text);
  const list = value?.type === 'map' ? value.entries[0]?.value : undefined;
  expect(text.slice(list?.start, list?.end)).toBe('[1, {"b": "x"}]');
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
  expect(parseJson(text)).toBeNull();
});

test('any depth can be read', () => {
  const depth = 100_000;
  expect(parseJson('['.repeat(depth) + ']'.repeat(depth))?.type).toBe('list');
  expect(parseJson('['.repeat(depth))).toBeNull();
});
