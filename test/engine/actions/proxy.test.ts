import { expect, test } from 'vitest';
import { proxyFor } from '../../../engine/actions/http/proxy.ts';
import type { JsonObject } from '../../../engine/model/json.ts';

const environment = { http_proxy: 'plain:1', HTTPS_PROXY: 'http://secure:2', no_proxy: 'near.org, .far.org,10.0.0.1' };

test.each<[string, JsonObject | null, NodeJS.ProcessEnv, string | null]>([
  ['http://a.org', null, {}, null],
  ['http://a.org', null, environment, 'http://plain:1/'],
  ['https://a.org', null, environment, 'http://secure:2/'],
  ['https://near.org', null, environment, null],
  ['https://very.near.org:8443', null, environment, null],
  ['https://linear.org', null, environment, 'http://secure:2/'],
  ['https://so.far.org', null, environment, null],
  ['https://10.0.0.1', null, environment, null],
  ['https://a.org', null, { ...environment, no_proxy: '*' }, null],
  ['https://near.org', { no_proxy: '' }, environment, 'http://secure:2/'],
  ['http://localhost:80', null, environment, null],
  ['http://127.0.0.1', null, environment, null],
  ['http://a.org', null, { all_proxy: 'http://all:3' }, 'http://all:3/'],
  ['http://a.org', { http: 'http://given:4' }, environment, 'http://given:4/'],
  ['http://a.org', { http: '' }, environment, null],
  ['http://a.org', { 'http://a.org': 'http://own:5', http: 'http://given:4' }, environment, 'http://own:5/'],
  ['https://a.org', { all: 'http://given:4' }, {}, 'http://given:4/'],
])('the proxy for %s, given %j in the environment %j, is %s', (url, proxies, variables, expected) => {
  expect(proxyFor(new URL(url), proxies, variables)?.href ?? null).toBe(expected);
});
