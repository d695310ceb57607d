import { describe, expect, test } from 'vitest';
import { BigInteger, Float } from '../../../../engine/model/json.ts';
import { readJson, readNumber, writeJson } from '../../../../renderer/ui/json/json-text.ts';

function parsed(text: string): unknown {
  const reading = readJson(text);
  if (!reading.ok) throw new Error(reading.problem.message);
  return reading.value;
}

function problemOf(text: string): string {
  const reading = readJson(text);
  if (reading.ok) throw new Error('it was read');
  return `${reading.problem.line}:${reading.problem.column} ${reading.problem.message}`;
}

describe('reading JSON that a person typed', () => {
  test.each([
    '[]',
    '{}',
    ' [1, -2, 0.5, "a", true, false, null, {"b": []}]\n',
    '{"a": {"b": [{"c": "d\\n\\u00e9\\\\"}]}, "": 0}',
    '"plain"',
  ])('%s is what JSON.parse makes of it', (text) => {
    expect(parsed(text)).toEqual(JSON.parse(text));
  });

  test('numbers keep what JavaScript would blur', () => {
    expect(parsed('[1.0, 1, 1e3, 12345678901234567890]')).toEqual([
      new Float(1),
      1,
      new Float(1000),
      new BigInteger(12345678901234567890n),
    ]);
  });

  test('a key named __proto__ is a key like any other', () => {
    expect(Object.keys(parsed('{"__proto__": 1, "constructor": 2}') as object)).toEqual(['__proto__', 'constructor']);
  });

  test.each([
    ['', '1:1 There is nothing here. Write a value, for example [] or {}.'],
    ['[1, 2', '1:6 The closing ] is missing.'],
    ['[', '1:2 The closing ] is missing.'],
    ['{"a": ', '1:7 A value is missing at the end.'],
    ['{\n  "a": 1\n  "b": 2\n}', '3:3 A comma or the closing } is missing before ".'],
    ['[1, 2,]', '1:7 There is a comma too many before this ].'],
    ['{"a" 1}', '1:6 A colon is missing after "a".'],
    ['{a: 1}', '1:2 JSON wants double quotes around a name: "a".'],
    ["['a']", '1:2 JSON wants double quotes around text: "…".'],
    ['[1,\n True]', '2:2 True is not JSON. Did you mean true?'],
    ['constructor', '1:1 JSON wants double quotes around text: "constructor".'],
    ['{} {}', '1:4 The value ends before this. Only one value can be given.'],
    ['["a\nb"]', '1:2 This text has no closing double quote on its line.'],
    ['"C:\\dir"', '1:4 A backslash must be doubled in JSON: \\\\.'],
    ['007', '1:2 This is not a number: unexpected 0 in it.'],
    ['[5km]', '1:3 This is not a number: unexpected k in it.'],
    ['[,]', '1:2 A value is expected here, not ,.'],
  ])('%j: %s', (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  test('endless nesting is a problem and not a crash', () => {
    expect(problemOf('['.repeat(100_000))).toContain('levels deep');
  });
});

test('a number is read only when the whole text is one', () => {
  expect(readNumber('5')).toBe(5);
  expect(readNumber('-0.5')).toBe(-0.5);
  expect(readNumber('1.0')).toEqual(new Float(1));
  for (const text of ['', '5 ', '1,5', '0x10', '.5', '007', 'NaN']) expect(readNumber(text)).toBeNull();
});

describe('writing JSON for a person', () => {
  test('what is short stands on one line', () => {
    expect(writeJson([10, 'a', { b: null, c: [] }, {}])).toBe('[10, "a", {"b": null, "c": []}, {}]');
  });

  test('what is long has a line for each entry', () => {
    const text = `{\n  "first": "${'x'.repeat(40)}",\n  "second": "${'y'.repeat(40)}",\n  "list": [1, 2]\n}`;
    expect(writeJson(JSON.parse(text))).toBe(text);
  });

  test('what is written is read as the same value, with the same types', () => {
    const value = [new Float(1), new Float(1e21), new BigInteger(12345678901234567890n), -0.5, 'a"b\n', { c: [true] }];
    expect(parsed(writeJson(value))).toEqual(value);
  });
});
