import { createHash } from 'node:crypto';
import http from 'node:http';
import net from 'node:net';
import zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { stdHttp } from '../../../engine/actions/std-http.ts';
import type { ActionResult } from '../../../engine/model/commands.ts';
import { BigInteger, Float, type JsonObject } from '../../../engine/model/json.ts';
import { failureOf, listen, objectOf, resultOf, runAction } from './action-fixture.ts';
import { echo, type Seen, serve } from './http-fixture.ts';

const send = (input: JsonObject) => runAction(stdHttp, input);

/** What a server that echoes saw of a request. */
async function echoed(input: JsonObject): Promise<Seen> {
  const port = await listen(http.createServer(echo));
  const { content } = await objectOf(send({ url: `http://127.0.0.1:${port}/`, ...input }));
  return content as unknown as Seen;
}

describe('what is sent', () => {
  test('is a GET that takes everything, unless told otherwise', async () => {
    const seen = await echoed({});
    expect(seen).toMatchObject({ method: 'GET', url: '/', body: '' });
    expect(seen.headers).toMatchObject({
      'user-agent': 'windrose',
      accept: '*/*',
      'accept-encoding': 'gzip, deflate',
    });
  });

  test.each([
    ['a dictionary', { q: 1, z: ['a', 'b'], none: null, yes: true, f: new Float(1) }, '/?q=1&z=a&z=b&yes=True&f=1.0'],
    ['a text', 'a=1&b=x%20y', '/?a=1&b=x%20y'],
    [
      'pairs',
      [
        ['a', 1],
        ['a', 2],
      ],
      '/?a=1&a=2',
    ],
    ['characters of all kinds', { 'ä b': "*~'(&=+" }, '/?%C3%A4+b=%2A~%27%28%26%3D%2B'],
    ['nothing', {}, '/'],
  ])('takes its params from %s', async (_name, params, url) => {
    expect(await echoed({ params })).toMatchObject({ url });
  });

  test('adds params to the query that the url has', async () => {
    const { url, seen } = await serve((response) => response.end());
    await send({ url: `${url}/a?x=1#fragment`, params: { y: 2 } });
    expect(seen[0]?.url).toBe('/a?x=1&y=2');
  });

  test.each([
    ['a text in UTF-8, without a content type', { body: 'Grüße' }, 'Grüße', undefined],
    [
      'a dictionary as JSON in ASCII, without a content type',
      { body: { k: 'ü', f: new Float(2) } },
      '{"k": "\\u00fc", "f": 2.0}',
      undefined,
    ],
    ['JSON with its content type', { json: { k: [1, null] } }, '{"k": [1, null]}', 'application/json'],
    ['JSON that is false', { json: false }, 'false', 'application/json'],
    [
      'pairs as a form',
      {
        body: [
          ['a', 'x y'],
          ['b', [1, 2]],
        ],
      },
      'a=x+y&b=1&b=2',
      'application/x-www-form-urlencoded',
    ],
    ['JSON with another content type', { json: [], headers: { 'content-TYPE': 'text/x' } }, '[]', 'text/x'],
    ['nothing for an empty text', { body: '' }, '', undefined],
  ])('has as its body %s', async (_name, input, body, type) => {
    const seen = await echoed({ method: 'post', ...input });
    expect(seen).toMatchObject({ method: 'POST', body });
    expect(seen.headers['content-type']).toBe(type);
  });

  test('has a body also with GET', async () => {
    expect(await echoed({ body: 'x' })).toMatchObject({ method: 'GET', body: 'x' });
  });

  test('has headers of numbers, and lacks those that are null', async () => {
    const headers = {
      'X-Test': 5,
      'X-Float': new Float(5),
      'user-agent': null,
      Accept: 'text/x',
      'Content-Length': 99,
    };
    const seen = await echoed({ headers });
    expect(seen.headers).toMatchObject({ 'x-test': '5', 'x-float': '5.0', accept: 'text/x' });
    expect(seen.headers).not.toHaveProperty('user-agent');
  });

  test('has cookies, unless a header has them', async () => {
    expect((await echoed({ cookies: { a: 1, b: 'x' } })).headers.cookie).toBe('a=1; b=x');
    expect((await echoed({ cookies: { a: 1 }, headers: { Cookie: 'own' } })).headers.cookie).toBe('own');
  });

  test('cannot have a body and JSON', async () => {
    await expect(send({ url: 'http://127.0.0.1/', body: 'x', json: 1 })).rejects.toThrow(
      "Only one of the parameters 'json' and 'body' can be passed",
    );
  });
});

describe('what comes back', () => {
  test('is the response with all that it said', async () => {
    const { url } = await serve((response) => {
      response.writeHead(201, 'Made', [
        ['Content-Type', 'application/json'],
        ['X-Own-CASE', 'a'],
        ['x-own-case', 'b'],
        ['Set-Cookie', 'k="v=1"; Path=/; HttpOnly'],
        ['Set-Cookie', 'gone=1; Max-Age=0'],
        ['Set-Cookie', 'foreign=1; Domain=example.org'],
      ]);
      response.end('{"a": [1.0, 12345678901234567890], "__proto__": 1}');
    });
    const result = await objectOf(send({ url: `${url}/x` }));
    expect(result).toMatchObject({
      status: 201,
      reason: 'Made',
      url: `${url}/x`,
      history: [],
      encoding: 'utf-8',
      cookies: { k: '"v=1"' },
      headers: { 'Content-Type': 'application/json', 'X-Own-CASE': 'a, b' },
    });
    expect(result.content).toEqual(
      JSON.parse('{"a": [], "__proto__": 1}', (key, value) =>
        key === 'a' ? [new Float(1), new BigInteger(12345678901234567890n)] : value,
      ),
    );
    expect(result.elapsed).toBeGreaterThan(0);
  });

  test.each([
    ['text/plain', Buffer.from('gr\xfc\xdfe', 'latin1'), 'grüße', 'ISO-8859-1'],
    ['text/plain; charset=utf-8', Buffer.from('grüße'), 'grüße', 'utf-8'],
    ['text/plain; charset="koi8-r"', Buffer.from([0xcb]), 'к', 'koi8-r'],
    ['text/plain; charset=nonsense', Buffer.from('x'), 'x', 'nonsense'],
    ['image/png', Buffer.from([0x89, 0x50]), '\ufffdP', null],
    ['text/html', Buffer.from('[1]'), [1], 'ISO-8859-1'],
    ['', Buffer.from(''), '', null],
  ])('has content of the type %j', async (type, bytes, content, encoding) => {
    const { url } = await serve((response) => {
      if (type !== '') response.setHeader('Content-Type', type);
      response.end(bytes);
    });
    expect(await objectOf(send({ url }))).toMatchObject({ content, encoding });
  });

  test.each([
    ['gzip', zlib.gzipSync('"packed"')],
    ['deflate', zlib.deflateSync('"packed"')],
    ['deflate', zlib.deflateRawSync('"packed"')],
    ['br', zlib.brotliCompressSync('"packed"')],
    ['gzip, br', zlib.brotliCompressSync(zlib.gzipSync('"packed"'))],
  ])('is unpacked from %s', async (encoding, bytes) => {
    const { url } = await serve((response) => response.setHeader('Content-Encoding', encoding).end(bytes));
    expect(await objectOf(send({ url }))).toMatchObject({ content: 'packed' });
  });

  test.each([200, 204, 304, 306])('is a success with the status %i', async (status) => {
    const { url } = await serve((response) => response.writeHead(status).end());
    expect(await objectOf(send({ url }))).toMatchObject({ status, content: '' });
  });

  test.each([307, 404, 500])('is a failure with the status %i, and the response is its result', async (status) => {
    const { url } = await serve((response) => response.writeHead(status).end('"sorry"'));
    expect(await failureOf(send({ url }))).toMatchObject({ status, content: 'sorry', url: `${url}/` });
  });
});

/** Headers are bytes: this is what UTF-8 looks like in one. */
const inBytes = (text: string): string => Buffer.from(text).toString('latin1');

describe('redirects', () => {
  test('are not followed unless told to', async () => {
    const { url } = await serve((response) => response.writeHead(302, { Location: '/b' }).end());
    expect(await objectOf(send({ url }))).toMatchObject({ status: 302, history: [] });
  });

  test('lead to the last response, and what came before it is its history', async () => {
    const { url, seen } = await serve((response, { url: path }) => {
      if (path === '/a') response.writeHead(302, { Location: inBytes('b?x=ü'), 'Set-Cookie': 'from=a' }).end();
      else response.end('"there"');
    });
    const input = { url: `${url}/a`, method: 'POST', json: 1, cookies: { own: 1 }, allow_redirects: true };
    const result = await objectOf(send(input));
    expect(result).toMatchObject({
      content: 'there',
      url: `${url}/b?x=%C3%BC`,
      history: [{ status: 302, reason: 'Found', url: `${url}/a` }],
      cookies: {},
    });
    expect(seen.map(({ method, body, headers }) => [method, body, headers['content-type'], headers.cookie])).toEqual([
      ['POST', '1', 'application/json', 'own=1'],
      ['GET', '', undefined, 'own=1; from=a'],
    ]);
  });

  test.each([
    [301, 'POST', 'GET', ''],
    [301, 'PUT', 'PUT', ''],
    [303, 'PUT', 'GET', ''],
    [302, 'HEAD', 'HEAD', ''],
    [307, 'POST', 'POST', 'x'],
    [308, 'PATCH', 'PATCH', 'x'],
  ])('with the status %i make of %s a %s', async (status, method, next, body) => {
    const { url, seen } = await serve((response, { url: path }) =>
      path === '/' ? response.writeHead(status, { Location: '/b' }).end() : response.end(),
    );
    await resultOf(send({ url, method, body: 'x', allow_redirects: true }));
    expect(seen[1]).toMatchObject({ method: next, body });
  });

  test('do not tell another server what was meant for the first', async () => {
    const other = await serve((response) => response.end());
    const { url, seen } = await serve((response) =>
      response.writeHead(302, { Location: other.url.replace('://', '://user:secret@') }).end(),
    );
    await resultOf(send({ url, auth: 'me:mine', allow_redirects: true }));
    expect(seen[0]?.headers.authorization).toBe('Basic bWU6bWluZQ==');
    expect(other.seen[0]?.headers).not.toHaveProperty('authorization');
  });

  test('without end are a failure', async () => {
    const { url } = await serve((response) => response.writeHead(302, { Location: '/' }).end());
    expect(await failureOf(send({ url, allow_redirects: true }))).toBe(
      'Failed to send HTTP request: Exceeded 30 redirects.',
    );
  });

  test('to what is no web address are a failure', async () => {
    const { url } = await serve((response) => response.writeHead(302, { Location: 'file:///etc/passwd' }).end());
    expect(await failureOf(send({ url, allow_redirects: true }))).toBe(
      "Failed to send HTTP request: No connection adapters were found for 'file:///etc/passwd'",
    );
  });
});

describe('authentication', () => {
  test.each(['MD5', 'MD5-sess', 'SHA-256'])('answers a server that asks for %s digests', async (algorithm) => {
    const { url, seen } = await serve(digestServer(algorithm));
    const result = await objectOf(
      send({ url: `${url}/a?b=c`, auth: { type: 'digest', username: 'me', password: 'p:q' } }),
    );
    expect(result).toMatchObject({ content: 'welcome', history: [{ status: 401 }] });
    expect(seen[0]?.headers).not.toHaveProperty('authorization');
  });

  test('turns to digests also when it was given as a text', async () => {
    const { url } = await serve(digestServer('MD5'));
    expect(await objectOf(send({ url, auth: 'me:p:q' }))).toMatchObject({ content: 'welcome' });
  });

  test('fails with the response when the password is wrong', async () => {
    const { url, seen } = await serve(digestServer('MD5'));
    expect(await failureOf(send({ url, auth: 'me:wrong' }))).toMatchObject({ status: 401 });
    expect(seen).toHaveLength(2);
  });

  test('says what it takes when it is something else', async () => {
    expect(await failureOf(send({ url: 'http://127.0.0.1/', auth: 'token' }))).toContain(
      "The auth must be 'user:password'",
    );
  });
});

/** Lets in who proves to know that the password of `me` is `p:q`. */
function digestServer(algorithm: string): (response: http.ServerResponse, request: Seen) => void {
  const hash = (text: string): string =>
    createHash(algorithm.startsWith('MD5') ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');
  const challenge = `Digest realm="here", nonce="n0nce", opaque="0p", qop="auth,auth-int", algorithm=${algorithm}`;
  return (response, { method, url, headers }) => {
    const given = headers.authorization ?? '';
    const part = (name: string): string => given.match(new RegExp(`\\b${name}="?([^",]+)`))?.[1] ?? '';
    const secret = hash('me:here:p:q');
    const ha1 = algorithm.endsWith('-sess') ? hash(`${secret}:n0nce:${part('cnonce')}`) : secret;
    const proof = hash(`${ha1}:n0nce:${part('nc')}:${part('cnonce')}:auth:${hash(`${method}:${url}`)}`);
    const isProven = given.startsWith('Digest ') && part('response') === proof && part('opaque') === '0p';
    if (isProven) response.end('"welcome"');
    else response.writeHead(401, { 'WWW-Authenticate': challenge }).end();
  };
}

describe('a request that gets nowhere', () => {
  test('fails when nobody listens', async () => {
    const server = net.createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await failureOf(send({ url: `http://127.0.0.1:${port}/` }))).toBe(
      `Failed to send HTTP request: HTTPConnectionPool(host='127.0.0.1', port=${port}): connect ECONNREFUSED 127.0.0.1:${port}`,
    );
  });

  test('fails when the server hangs up', async () => {
    const port = await listen(net.createServer((socket) => socket.on('data', () => socket.destroy())));
    expect(await failureOf(send({ url: `http://127.0.0.1:${port}/` }))).toContain(
      `HTTPConnectionPool(host='127.0.0.1', port=${port}): other side closed`,
    );
  });

  test('fails when the answer is no HTTP', async () => {
    const port = await listen(net.createServer((socket) => socket.on('data', () => socket.end('220 hello\r\n'))));
    expect(await failureOf(send({ url: `http://127.0.0.1:${port}/` }))).toContain(
      'Failed to send HTTP request: HTTPConn',
    );
  });

  test.each([
    ['says nothing', () => {}],
    ['stops in the middle', (response: http.ServerResponse) => response.write('half')],
  ])('ends after its timeout when the server %s', async (_name, answer) => {
    const { url, port } = await serve(answer);
    expect(await failureOf(send({ url, timeout: 0.05 }))).toBe(
      `Failed to send HTTP request: HTTPConnectionPool(host='127.0.0.1', port=${port}): Read timed out. (read timeout=0.05)`,
    );
  });

  test('ends after its timeout when there is no end to the handshake', async () => {
    const port = await listen(net.createServer());
    expect(await failureOf(send({ url: `https://127.0.0.1:${port}/`, timeout: 0.05 }))).toContain('Read timed out.');
  });

  test('goes on for longer than its timeout while something comes', async () => {
    const { url } = await serve((response) => {
      let left = 6;
      response.write('[');
      const timer = setInterval(() => {
        left--;
        response.write(left > 0 ? '1,' : '1]');
        if (left > 0) return;
        clearInterval(timer);
        response.end();
      }, 50);
    });
    expect(await objectOf(send({ url, timeout: 0.2 }))).toMatchObject({ content: [1, 1, 1, 1, 1, 1] });
  });

  test('is dropped, and its connection closed, when nobody waits for it any more', async () => {
    const controller = new AbortController();
    let running: Promise<ActionResult> | null = null;
    await new Promise<void>((closed) => {
      const served = serve((response) => {
        response.on('close', closed);
        response.write('half');
        controller.abort();
      });
      running = served.then(({ url }) => runAction(stdHttp, { url }, { signal: controller.signal }));
    });
    expect(await running).toMatchObject({ state: 'ERROR' });
  });
});

describe('a response without end', () => {
  const limit = 5 * 1024 * 1024;

  test('is refused by what it says of its size', async () => {
    const { url } = await serve((response) => response.writeHead(200, { 'Content-Length': limit + 1 }).write('x'));
    expect(await failureOf(send({ url }))).toBe(
      `HTTP response is too large (Content-Length=${limit + 1}, limit=${limit} bytes).`,
    );
  });

  test('is stopped when it says nothing of its size', async () => {
    const { url } = await serve((response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
      };
      response.on('drain', more);
      more();
    });
    expect(await failureOf(send({ url }))).toBe(
      `HTTP response is too large (without Content-Length, limit=${limit} bytes).`,
    );
  });

  test('is not unpacked any further', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(limit + 1));
    const { url } = await serve((response) => response.setHeader('Content-Encoding', 'gzip').end(bomb));
    expect(await failureOf(send({ url }))).toBe(`HTTP response is too large (unpacked, limit=${limit} bytes).`);
  });

  test('is none when only its headers were asked for', async () => {
    const { url } = await serve((response) => response.writeHead(200, { 'Content-Length': limit + 1 }).end());
    expect(await objectOf(send({ url, method: 'HEAD' }))).toMatchObject({
      headers: { 'Content-Length': `${limit + 1}` },
    });
  });
});

test.each<[JsonObject, string]>([
  [{ url: 'example.org' }, "Invalid URL 'example.org': No scheme supplied. Perhaps you meant https://example.org?"],
  [{ url: 'ftp://example.org/' }, "No connection adapters were found for 'ftp://example.org/'"],
  [{ url: 'file:///etc/passwd' }, "No connection adapters were found for 'file:///etc/passwd'"],
  [{ url: 'http://' }, "Invalid URL 'http://': No host supplied"],
  [{ url: null }, "Invalid URL 'None': No scheme supplied. Perhaps you meant https://None?"],
  [{ method: 'A B' }, "HTTPConnectionPool(host='127.0.0.1', port=1): invalid request method"],
  [{ params: 5 }, 'The params must be a dictionary or a text.'],
  [{ body: 5 }, 'The body must be a text, a dictionary or a list of pairs.'],
  [{ headers: ['a'] }, 'The headers must be a dictionary.'],
  [{ headers: { a: ['b'] } }, "The header 'a' must be a text or a number."],
  [{ headers: { a: 'b\r\nc: d' } }, "HTTPConnectionPool(host='127.0.0.1', port=1): invalid a header"],
  [{ cookies: 'a=b' }, 'The cookies must be a dictionary.'],
  [{ timeout: 'soon' }, 'The timeout must be a number of seconds above 0.'],
  [{ timeout: 0 }, 'The timeout must be a number of seconds above 0.'],
  [{ proxies: 'here' }, 'The proxies must be a dictionary.'],
  [{ proxies: { http: 'socks5://x' } }, "The proxy 'socks5://x' is neither http nor https: others are not supported."],
])('an input of %j ends in a sentence', async (input, reason) => {
  expect(await failureOf(send({ url: 'http://127.0.0.1:1/', ...input }))).toBe(
    `Failed to send HTTP request: ${reason}`,
  );
});

test.each(['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '169.254.169.254', '[::ffff:127.0.0.1]'])(
  'nothing is sent to %s where local addresses are refused',
  async (host) => {
    const { port, seen } = await serve((response) => response.end());
    const running = runAction(stdHttp, { url: `http://${host}:${port}/` }, { refusesLocalAddresses: true });
    expect(await failureOf(running)).toMatch(/URL host '.*' resolves to a blocked address \(.*\)\.$/);
    expect(seen).toEqual([]);
  },
);
