import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import http, { type RequestListener } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkInput } from '../../../engine/actions/action.ts';
import { localDownload } from '../../../engine/actions/local-download.ts';
import { localUpload } from '../../../engine/actions/local-upload.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { temporaryFolder } from '../runtime/engine-fixture.ts';
import { failureOf, listen, objectOf, resultOf, runAction } from './action-fixture.ts';
import { echo } from './http-fixture.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder('transfer');
});
afterEach(() => folder[Symbol.asyncDispose]());

const serve = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listen(http.createServer(listener))}`;
const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

describe('local.download', () => {
  const download = (url: string, more: JsonObject = {}) =>
    runAction(localDownload, { url, path: join(folder.path, 'new', 'file'), ...more });
  const kept = () => readdir(join(folder.path, 'new')).catch(() => []);

  test('puts what is at an address into a file, and says how far it is', async () => {
    const content = 'x'.repeat(300_000);
    const url = await serve(({ headers }, response) => {
      response.setHeader('content-length', content.length);
      response.end(headers['x-key'] === '5' ? content : '');
    });
    const fractions: (number | null)[] = [];
    const running = runAction(
      localDownload,
      { url, path: join(folder.path, 'file'), headers: { 'X-Key': 5 }, sha256: sha256(content).toUpperCase() },
      { progress: (fraction) => void fractions.push(fraction) },
    );
    expect(await resultOf(running)).toEqual({
      path: join(folder.path, 'file'),
      size: 300_000,
      sha256: sha256(content),
    });
    expect(await readFile(join(folder.path, 'file'), 'utf8')).toBe(content);
    expect(fractions.at(-1)).toBe(1);
  });

  test('follows redirects, but not for ever', async () => {
    const url = await serve(({ url: path }, response) => {
      if (path === '/end') response.end('here');
      else response.writeHead(302, { location: path === '/circle' ? '/circle' : '/end' }).end();
    });
    expect(await objectOf(download(`${url}/start`))).toMatchObject({ size: 4 });
    expect(await failureOf(download(`${url}/circle`))).toContain('more than 10 redirects');
  });

  test.each<[string, RequestListener, JsonObject, string | RegExp]>([
    ['is not there', (_, response) => void response.writeHead(404).end('no'), {}, /answered with 404\.$/],
    [
      'is too large',
      (_, response) => void response.setHeader('content-length', 9).end('123456789'),
      { limit: 8 },
      /has 9 bytes, and 8 is the limit/,
    ],
    [
      'grows too large',
      (_, response) => void response.write('12345', () => response.end('6789')),
      { limit: 8 },
      /more than 8 bytes/,
    ],
    ['is another', (_, response) => void response.end('other'), { sha256: sha256('this') }, /was expected\.$/],
    ['breaks off', (_, response) => void response.write('half', () => response.destroy()), {}, /.+/],
    ['never comes', () => {}, { timeout: 0.1 }, /Read timed out/],
  ])('keeps nothing of what %s', async (_name, listener, more, message) => {
    expect(await failureOf(download(await serve(listener), more))).toMatch(message);
    expect(await kept()).toEqual([]);
  });

  test('says that nobody is there, or that it may not go there', async () => {
    expect(await failureOf(download('http://127.0.0.1:9'))).toContain('ECONNREFUSED');
    expect(await failureOf(download('ftp://example.org/x'))).toBe("'ftp://example.org/x' is no http or https address.");
    const input = { url: 'http://127.0.0.1:9', path: 'x' };
    expect(await failureOf(runAction(localDownload, input, { refusesLocalAddresses: true }))).toContain(
      'blocked address',
    );
    expect(checkInput(localDownload, { url: 5, path: 'x' })).toBe('local.download: url must be a text.');
  });

  test('ends in the middle when nobody waits any more', async () => {
    const url = await serve((_, response) => void response.write('half'));
    const controller = new AbortController();
    const input = { url, path: join(folder.path, 'new', 'file') };
    const running = runAction(localDownload, input, { signal: controller.signal, progress: () => controller.abort() });
    expect((await running).state).toBe('ERROR');
    expect(await kept()).toEqual([]);
  });
});

describe('local.upload', () => {
  const upload = (url: string, more: JsonObject = {}) =>
    runAction(localUpload, { url, path: join(folder.path, 'file.txt'), ...more });
  beforeEach(() => writeFile(join(folder.path, 'file.txt'), 'content\n'));

  test('sends a file as it is', async () => {
    const { status, body } = await objectOf(upload(await serve(echo), { headers: { 'Content-Type': 'text/plain' } }));
    expect(status).toBe(200);
    expect(JSON.parse(String(body))).toMatchObject({
      method: 'PUT',
      body: 'content\n',
      headers: { 'content-type': 'text/plain', 'content-length': '8' },
    });
  });

  test('sends a file as a field of a form', async () => {
    const url = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', async () => {
        const headers = { 'content-type': request.headers['content-type'] ?? '' };
        const form = await new Response(Buffer.concat(chunks), { headers }).formData();
        const file = form.get('doc') as File;
        response.end(JSON.stringify([request.method, file.name, await file.text()]));
      });
    });
    const { body } = await objectOf(upload(url, { field: 'doc' }));
    expect(JSON.parse(String(body))).toEqual(['POST', 'file.txt', 'content\n']);
  });

  test('sends large and empty files, and says how far it is', async () => {
    const url = await serve((request, response) => {
      let size = 0;
      request.on('data', (chunk: Buffer) => {
        size += chunk.length;
      });
      request.on('end', () => response.end(String(size)));
    });
    await writeFile(join(folder.path, 'large'), Buffer.alloc(3_000_000));
    await writeFile(join(folder.path, 'empty'), '');
    const fractions: (number | null)[] = [];
    const progress = (fraction: number | null): void => void fractions.push(fraction);
    const large = runAction(localUpload, { url, path: join(folder.path, 'large') }, { progress });
    expect(await objectOf(large)).toMatchObject({ body: '3000000' });
    expect(fractions.at(-1)).toBe(1);
    expect(await objectOf(upload(url, { path: join(folder.path, 'empty') }))).toMatchObject({ body: '0' });
  });

  test('fails with what the server answered', async () => {
    const refuses = await serve((request, response) => {
      request.resume();
      response.writeHead(403).end('go away');
    });
    expect(await failureOf(upload(refuses))).toEqual({
      status: 403,
      body: 'go away',
      error: 'The server answered with 403.',
    });
    const endless = await serve((request, response) => {
      request.resume();
      request.on('end', () => response.end('x'.repeat(2_000_000)));
    });
    expect(await failureOf(upload(endless))).toContain('too large');
    expect(await failureOf(upload(await serve(() => {}), { timeout: 0.1 }))).toContain('Read timed out');
    expect(await failureOf(upload(refuses, { path: join(folder.path, 'none') }))).toContain('no such file');
  });

  test('ends in the middle when nobody waits any more', async () => {
    const controller = new AbortController();
    const url = await serve(() => controller.abort());
    const input = { url, path: join(folder.path, 'file.txt') };
    expect((await runAction(localUpload, input, { signal: controller.signal })).state).toBe('ERROR');
  });
});
