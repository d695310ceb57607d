import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../../engine/language/problem.ts';
import { applySuggestion, excerpt, offsetOf } from '../../../../renderer/features/library/problem-excerpt.ts';

const text = 'tasks:\n  a:\n    on-success: bb\n  b:\n    action: std.noop';

function problem(line: number, column: number, endLine: number, endColumn: number): Problem {
  return { message: '', line, column, endLine, endColumn, suggestion: null };
}

describe('the excerpt of a problem', () => {
  test('marks the range in its line, between the lines around it', () => {
    expect(excerpt(text, problem(3, 17, 3, 19))).toEqual([
      { number: 2, before: '  a:', marked: '', after: '' },
      { number: 3, before: '    on-success: ', marked: 'bb', after: '' },
      { number: 4, before: '  b:', marked: '', after: '' },
    ]);
  });

  test('marks a space where something is missing at the end of a line', () => {
    expect(excerpt(text, problem(2, 5, 2, 5))[1]).toEqual({ number: 2, before: '  a:', marked: ' ', after: '' });
  });

  test('marks a range of several lines without their indent, and not more than three lines of it', () => {
    const lines = excerpt(text, problem(1, 1, 5, 21));
    expect(lines.map(({ marked }) => marked)).toEqual(['tasks:', 'a:', 'on-success: bb', '']);
  });

  test('shows the last line for a problem behind the end of the text', () => {
    expect(excerpt(text, problem(99, 1, 99, 5)).at(-1)?.number).toBe(5);
  });

  test('cuts a long line around the mark', () => {
    const [line] = excerpt(`${'x'.repeat(10_000)}HERE${'y'.repeat(10_000)}`, problem(1, 10_001, 1, 10_005));
    expect(line?.marked).toBe('HERE');
    expect(line?.before).toMatch(/^…x+$/);
    expect(line?.after).toMatch(/^y+…$/);
    expect(`${line?.before}${line?.after}`.length).toBeLessThan(300);
  });

  test('does not show the carriage returns of a file from Windows', () => {
    expect(excerpt('a: 1\r\nb: 2\r\n', problem(1, 4, 1, 5))[0]).toEqual({
      number: 1,
      before: 'a: ',
      marked: '1',
      after: '',
    });
  });
});

test('a suggestion takes the place of the range', () => {
  expect(applySuggestion(text, problem(3, 17, 3, 19), 'b')).toBe(text.replace('bb', 'b'));
});

test('a place that does not exist is the nearest that does', () => {
  expect(offsetOf('ab\ncd', 1, 99)).toBe(2);
  expect(offsetOf('ab\ncd', 2, 1)).toBe(3);
  expect(offsetOf('ab\ncd', 7, 1)).toBe(5);
});
