import { expect, test } from 'vitest';
import { samples } from '../../../engine/backends/local/samples.ts';
import { yamlTokens } from '../../../renderer/ui/yaml-tokens.ts';

function of(kind: string, text: string): readonly string[] {
  return yamlTokens(text)
    .filter((token) => token.kind === kind)
    .map((token) => token.text);
}

test('keys, comments and expressions are told from the rest', () => {
  const text = '# top\ntasks:\n  a: # here\n    action: std.echo output="<% $.x %>" # there\n  "quoted key": 1\n';
  expect(of('key', text)).toEqual(['tasks', 'a', 'action', '"quoted key"']);
  expect(of('comment', text)).toEqual(['# top', '# here', '# there']);
  expect(of('expression', text)).toEqual(['<% $.x %>']);
});

test('a guarded transition is a key in a list', () => {
  expect(of('key', '  - done: <% $.n > 3 %>')).toEqual(['done']);
});

test('addresses, times and colours are no keys and no comments', () => {
  expect(of('key', 'url: http://host:80/#top\nat: 12:30:00\n')).toEqual(['url', 'at']);
  expect(of('comment', 'url: http://host:80/#top')).toEqual([]);
});

test('not a character is lost', () => {
  for (const { text } of samples) {
    const together = yamlTokens(text)
      .map((token) => token.text)
      .join('');
    expect(together).toBe(text);
  }
});
