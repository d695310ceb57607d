import { describe, expect, test } from 'vitest';
import { samples } from '../../../../engine/backends/local/samples.ts';
import { format } from '../../../../renderer/features/editor/format.ts';

const formatted = (text: string) => {
  const result = format(text);
  return result.ok ? result.text : result.message;
};

describe('formatting', () => {
  test('indents by two and keeps comments, words and order', () => {
    const text = `version: '2.0'   

# What it is for
flow:
    # the tasks
    tasks:
        a:
            action: std.echo   output="x"  # loud
            on-success:
            - b
            -   c: <% $.d %>
        b: {action:   std.noop}
        c:
            publish: { d:   1 }

`;
    expect(formatted(text)).toBe(`version: '2.0'

# What it is for
flow:
  # the tasks
  tasks:
    a:
      action: std.echo   output="x"  # loud
      on-success:
        - b
        -   c: <% $.d %>
    b: {action:   std.noop}
    c:
      publish: { d:   1 }
`);
  });

  test('moves texts of several lines as a whole', () => {
    const text = 'a:\n    b: |\n        one\n          two\n    c: >-\n      x\n\n      y\n';
    expect(formatted(text)).toBe('a:\n  b: |\n      one\n        two\n  c: >-\n    x\n\n    y\n');
  });

  test('leaves what is right as it is, all samples among it, and Windows line ends', () => {
    for (const { text } of samples) expect(formatted(text)).toBe(text);
    expect(formatted('a:\r\n    b: 1\r\n')).toBe('a:\r\n  b: 1\r\n');
  });

  test('a text that is no YAML, or that would mean something else, is not touched', () => {
    expect(formatted('a: [')).toMatch(/cannot be formatted/);
    // The spaces at the end of the line are part of the value.
    expect(formatted('a: |\n    b  \n')).toMatch(/left as it is/);
  });
});
