import { rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Action, checkInput } from '../../../engine/actions/action.ts';
import { localSleep } from '../../../engine/actions/local-sleep.ts';
import { localWaitForFile } from '../../../engine/actions/local-wait-for-file.ts';
import { localWaitForPort } from '../../../engine/actions/local-wait-for-port.ts';
import { localWaitForUrl } from '../../../engine/actions/local-wait-for-url.ts';
import { Float, type JsonObject } from '../../../engine/model/json.ts';
import { temporaryFolder } from '../runtime/engine-fixture.ts';
import { failureOf, listen, resultOf, runAction } from './action-fixture.ts';

const quick = { interval: 0.01 };

test('local.sleep waits, and ends when nobody waits any more', async () => {
  expect(await resultOf(runAction(localSleep, { seconds: 0.01 }))).toBeNull();
  expect(await resultOf(runAction(localSleep, { seconds: -1 }))).toBeNull();
  expect(await resultOf(runAction(localSleep, { seconds: new Float(0) }))).toBeNull();
  const controller = new AbortController();
  const sleeping = runAction(localSleep, { seconds: 1e6 }, { signal: controller.signal });
  controller.abort();
  await expect(sleeping).rejects.toThrow('aborted');
  expect(checkInput(localSleep, { seconds: '1' })).toBe('local.sleep: seconds must be a number.');
});

test('local.wait_for_file waits until a file is there, or gone', async () => {
  await using folder = await temporaryFolder('wait');
  const path = join(folder.path, 'file');
  const appears = resultOf(runAction(localWaitForFile, { path, ...quick }));
  await writeFile(path, '');
  expect(await appears).toEqual({ path });
  const goes = resultOf(runAction(localWaitForFile, { path, gone: true, ...quick }));
  await rm(path);
  expect(await goes).toEqual({ path });
});

test('local.wait_for_port waits until something accepts connections', async () => {
  const port = await listen(net.createServer());
  expect(await resultOf(runAction(localWaitForPort, { port, host: '127.0.0.1' }))).toEqual({ host: '127.0.0.1', port });
  const later = net.createServer((socket) => socket.destroy());
  const free = await new Promise<number>((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address() as net.AddressInfo;
      probe.close(() => resolve(address.port));
    });
  });
  const waiting = resultOf(runAction(localWaitForPort, { port: free, host: '127.0.0.1', ...quick }));
  await new Promise<void>((resolve) => later.listen(free, '127.0.0.1', resolve));
  expect(await waiting).toMatchObject({ port: free });
  await new Promise((resolve) => later.close(resolve));
});

test('local.wait_for_url waits until an address answers as it should', async () => {
  let requests = 0;
  const port = await listen(
    http.createServer((_request, response) => {
      requests++;
      response.writeHead(requests < 3 ? 503 : 204).end();
    }),
  );
  const url = `http://127.0.0.1:${port}/`;
  expect(await resultOf(runAction(localWaitForUrl, { url, ...quick }))).toEqual({ url, status: 204 });
  expect(requests).toBe(3);
  expect(await failureOf(runAction(localWaitForUrl, { url, status: 200, timeout: 0.1, ...quick }))).toBe(
    `${url}: it answered with 204 after 0.1 seconds.`,
  );
});

describe('what waits for something that never comes', () => {
  const cases: readonly [Action, JsonObject, RegExp][] = [
    [localWaitForFile, { path: '/no/such/file' }, /^\/no\/such\/file was not there after 0.05 seconds\.$/],
    [localWaitForFile, { path: '/', gone: true }, /^\/ was still there after/],
    [localWaitForPort, { port: 9, host: '127.0.0.1' }, /^Nothing answered at 127\.0\.0\.1:9 after/],
    [localWaitForUrl, { url: 'http://127.0.0.1:9/' }, /ECONNREFUSED/],
    [localWaitForUrl, { url: 'nonsense' }, /^nonsense: .* after 0.05 seconds\.$/],
  ];

  test.each(cases)('fails when its time is over (%#)', async (action, input, message) => {
    expect(await failureOf(runAction(action, { ...input, timeout: 0.05, ...quick }))).toMatch(message);
  });

  test.each(cases)('ends when nobody waits any more (%#)', async (action, input) => {
    const controller = new AbortController();
    const waiting = runAction(action, { ...input, interval: 1000 }, { signal: controller.signal });
    controller.abort();
    expect((await waiting).state).toBe('ERROR');
  });

  test.each(cases)('refuses a time that is none (%#)', async (action, input) => {
    expect(await failureOf(runAction(action, { ...input, timeout: 0 }))).toBe(
      'timeout must be a number of seconds above 0.',
    );
    expect(checkInput(action, { ...input, interval: 'x' })).toBe(`${action.name}: interval must be a number.`);
  });
});

test('a port that is none is refused before anything is done', () => {
  for (const port of [0, 65_536, 1.5, -1]) expect(checkInput(localWaitForPort, { port })).toContain('whole number');
});
