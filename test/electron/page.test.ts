import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { pageUrl, servePage } from '../../electron/page.ts';

let folder: string;
let serve: ReturnType<typeof servePage>;

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'windrose-page-'));
  onTestFinished(() => fs.rm(folder, { recursive: true, force: true }));
  await fs.mkdir(path.join(folder, 'page', 'assets'), { recursive: true });
  await fs.writeFile(path.join(folder, 'page', 'index.html'), '<h1>page</h1>');
  await fs.writeFile(path.join(folder, 'page', 'assets', 'a b.js'), 'code');
  await fs.writeFile(path.join(folder, 'secret.json'), 'secret');
  serve = servePage(path.join(folder, 'page'));
});

test('the address of the page gives its HTML, under a policy without inline code or network', async () => {
  const response = await serve({ url: pageUrl });
  expect(await response.text()).toBe('<h1>page</h1>');
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test('its files come with their type, also when their names are encoded', async () => {
  const response = await serve({ url: `${pageUrl}assets/a%20b.js?v=1` });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
});

test.each([
  `${pageUrl}nothing.js`,
  `${pageUrl}assets`,
  `${pageUrl}..%2Fsecret.json`,
  `${pageUrl}%2e%2e/secret.json`,
  `${pageUrl}assets/..%2f..%2fsecret.json`,
  `${pageUrl}%zz.js`,
  `${pageUrl}a%00.js`,
  'app://elsewhere/index.html',
])('%s is not found', async (url) => {
  expect((await serve({ url })).status).toBe(404);
});

test('what is only known when a page is served stands in its places, as text', async () => {
  await fs.writeFile(path.join(folder, 'page', 'crash.html'), '<p>%REASON%</p><p>%OTHER%</p>');
  const facts = servePage(path.join(folder, 'page'), () => ({ REASON: '<script>1</script> & "2"' }));
  const response = await facts({ url: `${pageUrl}crash.html` });
  expect(await response.text()).toBe('<p>&#60;script&#62;1&#60;/script&#62; &#38; &#34;2&#34;</p><p>%OTHER%</p>');
});
