import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { appearances } from '../../../engine/runtime/appearances.ts';

const SHORTEST = 8;

/** Lines as a key has them, each with something that JSON, addresses and HTML write otherwise. */
const linesOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `"${createHash('sha256').update(`${n}`).digest('base64')}&é"`);

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

test('a key of fifty lines is known in each line, whatever is made of it', () => {
  const lines = linesOf(50);
  const found = new Set(appearances(lines.join('\n'), SHORTEST));
  for (const line of lines)
    expect([line, inJson(line), encodeURIComponent(line)].filter((each) => !found.has(each))).toEqual([]);
});

test('a secret of many lines is known in each of them as it is and in JSON, and as a whole, without costing what it would in every form', () => {
  const lines = linesOf(1500);
  const value = lines.join('\n');
  const all = appearances(value, SHORTEST);
  const found = new Set(all);
  const wanted = [value, inJson(value), encodeURIComponent(value), Buffer.from(value).toString('base64'), ...lines];
  expect([...wanted, ...lines.map(inJson)].filter((each) => !found.has(each))).toEqual([]);
  expect(all.length).toBeLessThan(2 * lines.length + 100);
});
