import { expect, test } from 'vitest';
import { findInJson } from '../../../../renderer/ui/json/find-in-json.ts';
import { JsonDocument } from '../../../../renderer/ui/json/json-document.ts';
import { indexJson } from '../../../../renderer/ui/json/json-index.ts';

function found(text: string, words: string): readonly string[] {
  const index = indexJson(text);
  if (index === null) throw new Error('not JSON');
  const document = new JsonDocument(text, index);
  return [...findInJson(text, index, words)].map((value) => document.pathTo(value, '$'));
}

test('words are found in keys and in values, whatever their case, each value once', () => {
  const text = '{"Name": "no name, no Name", "list": ["NAME", 5, "other"], "deep": {"rename": {"x": 1}}}';
  expect(found(text, 'name')).toEqual(['$.Name', '$.list[0]', '$.deep.rename']);
});

test('numbers and words are found as they are written', () => {
  expect(found('[1.50, true, null, "1.5"]', '1.5')).toEqual(['$[0]', '$[3]']);
  expect(found('[1.50, true, null, "1.5"]', 'tr')).toEqual(['$[1]']);
});

test('what only the notation contains is not found', () => {
  expect(found('{"a": [1, 2], "b": "x"}', ', ')).toEqual([]);
  expect(found('{"a": [1, 2], "b": "x"}', '": ')).toEqual([]);
  expect(found('["line\\nline"]', 'nline')).toEqual([]);
});

test('quotes and lines are found', () => {
  expect(found('["say \\"hi\\"", "a\\nb"]', '"hi"')).toEqual(['$[0]']);
  expect(found('["say \\"hi\\"", "a\\nb"]', 'a\nb')).toEqual(['$[1]']);
});

test('letters that get longer in lower case do no harm', () => {
  expect(found('{"İ": "x", "name": "y"}', 'name')).toEqual(['$.name']);
});
