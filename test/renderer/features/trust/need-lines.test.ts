import { expect, test } from 'vitest';
import { needLines, secretsIn } from '../../../../renderer/features/trust/need-lines.ts';

test('what an action is given is read line by line', () => {
  expect(needLines('{"command":["ls","-l"],"env":{"A":"1"},"timeout":5,"cwd":null}')).toEqual([
    'command: [ls, -l]',
    'env: {A: 1}',
    'timeout: 5',
    'cwd: null',
  ]);
});

test('of an ad-hoc action it is what it gives on and what it is given', () => {
  expect(needLines('[{"url":"<% $.url %>"},{"url":"http://a"}]')).toEqual(['url: <% $.url %>', 'url: http://a']);
});

test('what was cut stays as it is', () => {
  expect(needLines('{"body":"aaaa…')).toEqual(['{"body":"aaaa…']);
});

test('the secrets that it would get are named once', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a definition names a secret
  expect(secretsIn('{"a":"${secret:TOKEN}","b":"x ${secret:TOKEN} ${secret:OTHER}"}')).toEqual(['TOKEN', 'OTHER']);
});
