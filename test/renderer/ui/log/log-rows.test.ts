import { expect, test } from 'vitest';
import { foldLines, type LogLine, logRows, logText, plainLine } from '../../../../renderer/ui/log/log-rows.ts';

const line = (number: number, text = `line ${number}`): LogLine => ({ number, at: 1000, source: 'stdout', text });

test('lines that come twice are there once', () => {
  const once = foldLines([line(1)], [line(1), line(2)]);
  expect(once.map(({ number }) => number)).toEqual([1, 2]);
  expect(foldLines(once, [line(2)])).toBe(once);
});

test('where numbers are missing it is said how many lines were dropped', () => {
  const rows = logRows([line(3), line(4), line(6)], '');
  expect(logText(rows)).toBe('[2 earlier lines were dropped]\nline 3\nline 4\n[An earlier line was dropped]\nline 6');
});

test('a search keeps the lines in which the text occurs, in capital letters or not', () => {
  expect(logText(logRows([line(1, 'Warning: hot'), line(2, 'fine'), line(9, 'no warning')], 'WARN'))).toBe(
    'Warning: hot\nno warning',
  );
});

test.each([
  ['\u001b[1;31mred\u001b[0m and plain', 'red and plain'],
  ['\u001b]8;;http://example.org\u0007link\u001b]8;;\u0007', 'link'],
  ['\u001b]0;title\u001b\\text', 'text'],
  ['10 %\r20 %\r30 %', '30 %'],
  ['done\r', 'done'],
  ['\u001b(Ba\tb\u0000\u007f', 'a\tb'],
  ['\u001b[', ''],
])('of %j a terminal leaves %j', (text, plain) => {
  expect(plainLine(text)).toBe(plain);
});
