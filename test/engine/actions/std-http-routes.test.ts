import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { stdHttp } from '../../../engine/actions/std-http.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { failureOf, listen, objectOf, runAction } from './action-fixture.ts';
import { echo, serve } from './http-fixture.ts';
import { selfSigned } from './self-signed.ts';

const send = (input: JsonObject) => runAction(stdHttp, input);
const identity = selfSigned();

async function serveSecurely(): Promise<string> {
  return `https://127.0.0.1:${await listen(https.createServer(identity, echo))}/`;
}

describe('a server whose certificate nobody vouches for', () => {
  test('is not believed', async () => {
    expect(await failureOf(send({ url: await serveSecurely() }))).toMatch(
      /^Failed to send HTTP request: HTTPSConnectionPool\(host='127.0.0.1', port=\d+\): self-signed certificate$/,
    );
  });

  test('is believed when nothing is verified', async () => {
    expect(await objectOf(send({ url: await serveSecurely(), verify: false }))).toMatchObject({ status: 200 });
  });

  test('is believed when its authority is given, as a file or in a folder', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'windrose-authorities-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = path.join(folder, 'own.pem');
    await writeFile(file, identity.cert);
    await writeFile(path.join(folder, 'other.pem'), selfSigned().cert);
    const url = await serveSecurely();
    expect(await objectOf(send({ url, verify: file }))).toMatchObject({ status: 200 });
    expect(await objectOf(send({ url, verify: folder }))).toMatchObject({ status: 200 });
    expect(await failureOf(send({ url, verify: path.join(folder, 'other.pem') }))).toContain('self-signed certificate');
  });

  test('needs an authority that is there', async () => {
    expect(await failureOf(send({ url: await serveSecurely(), verify: '/nowhere/at/all.pem' }))).toBe(
      'Failed to send HTTP request: Could not find a suitable TLS CA certificate bundle, invalid path: /nowhere/at/all.pem',
    );
  });

  test('may end a redirect only when the first address was told so', async () => {
    const secure = await serveSecurely();
    const { url } = await serve((response) => response.writeHead(302, { Location: secure }).end());
    expect(await failureOf(send({ url, verify: false, allow_redirects: true }))).toContain('self-signed certificate');
  });
});

describe('a proxy', () => {
  test('is handed plain requests whole', async () => {
    const proxy = await startProxy();
    const result = await objectOf(send({ url: 'http://nowhere.invalid/a?b=c', proxies: { http: proxy.url } }));
    expect(result).toMatchObject({
      content: { url: 'http://nowhere.invalid/a?b=c' },
      url: 'http://nowhere.invalid/a?b=c',
    });
  });

  test('leads to secure servers without seeing what is said', async () => {
    const url = await serveSecurely();
    const proxy = await startProxy();
    const result = await objectOf(send({ url, verify: false, proxies: { https: proxy.url } }));
    expect(result).toMatchObject({ content: { url: '/', method: 'GET' } });
    expect(proxy.tunnels).toEqual([{ to: new URL(url).host, authorization: undefined }]);
  });

  test('is told who is asking', async () => {
    const url = await serveSecurely();
    const proxy = await startProxy();
    const address = proxy.url.replace('://', '://me:p%3Aq@');
    await objectOf(send({ url, verify: false, proxies: { all: address } }));
    expect(proxy.tunnels).toMatchObject([{ authorization: 'Basic bWU6cDpx' }]);
    const plain = await objectOf(send({ url: 'http://nowhere.invalid/', proxies: { http: address } }));
    expect(plain).toMatchObject({ content: { headers: { 'proxy-authorization': 'Basic bWU6cDpx' } } });
  });

  test('that refuses is a failure', async () => {
    const port = await listen(
      http.createServer().on('connect', (_request, socket) => socket.end('HTTP/1.1 403 No\r\n\r\n')),
    );
    const proxies = { https: `127.0.0.1:${port}` };
    expect(await failureOf(send({ url: 'https://nowhere.invalid/', proxies }))).toContain('Proxy response (403)');
  });

  test('that says nothing is a failure after the timeout', async () => {
    const port = await listen(net.createServer());
    const proxies = { https: `http://127.0.0.1:${port}` };
    expect(await failureOf(send({ url: 'https://nowhere.invalid/', proxies, timeout: 0.05 }))).toContain(
      'Read timed out.',
    );
  });

  test('is not used for what its dictionary says nothing of', async () => {
    const { url, seen } = await serve((response) => response.end());
    await objectOf(
      send({ url, proxies: { https: 'http://nowhere.invalid', 'http://elsewhere': 'http://nowhere.invalid' } }),
    );
    expect(seen).toMatchObject([{ url: '/' }]);
  });
});

/** Forwards tunnels, and answers plain requests itself with what it saw. */
async function startProxy(): Promise<{ readonly url: string; readonly tunnels: readonly object[] }> {
  const tunnels: object[] = [];
  const server = http.createServer(echo).on('connect', (request, socket) => {
    tunnels.push({ to: request.url, authorization: request.headers['proxy-authorization'] });
    const { hostname, port } = new URL(`http://${request.url}`);
    const target = net.connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(target).pipe(socket);
    });
    socket.on('error', () => target.destroy());
    target.on('error', () => socket.destroy());
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, tunnels };
}
