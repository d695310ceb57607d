import { createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What a server may answer that means harm, byte by byte. The task that asked ends; the state says how. */
export interface HostileAnswer {
  readonly name: string;
  readonly answer: (socket: Socket) => void;
  readonly ends: 'SUCCESS' | 'ERROR';
  /** Of silence, after which the one who asked gives up; only where that is what ends it. */
  readonly timeout?: number;
}

const head = (headers: readonly string[], status = '200 OK'): string =>
  [`HTTP/1.1 ${status}`, ...headers, 'connection: close', '', ''].join('\r\n');
const whole = (body: string | Buffer, headers: readonly string[] = []): ((socket: Socket) => void) => {
  const bytes = Buffer.from(body);
  return (socket) =>
    socket.end(Buffer.concat([Buffer.from(head([...headers, `content-length: ${bytes.length}`])), bytes]));
};

/** Writes without end, as fast as the other side reads. */
function flood(socket: Socket, piece: Buffer): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', more);
  more();
}

const megabyte = Buffer.alloc(1 << 20, 'x');

export const answers: readonly HostileAnswer[] = [
  {
    name: 'a body without end',
    ends: 'ERROR',
    answer: (socket) => {
      socket.write(head(['content-type: text/plain']));
      flood(socket, megabyte);
    },
  },
  {
    name: 'headers without end',
    ends: 'ERROR',
    answer: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      flood(socket, Buffer.from(`x-${'y'.repeat(1000)}: z\r\n`.repeat(100)));
    },
  },
  {
    name: 'a status line without end',
    ends: 'ERROR',
    timeout: 1,
    answer: (socket) => {
      socket.write('HTTP/1.1 200 ');
      flood(socket, megabyte);
    },
  },
  {
    name: 'a bomb of zipped nothing',
    ends: 'ERROR',
    answer: whole(gzipSync(Buffer.alloc(200 << 20)), ['content-encoding: gzip']),
  },
  { name: 'what says it is zipped and is not', ends: 'ERROR', answer: whole('not zipped', ['content-encoding: gzip']) },
  {
    name: 'fewer bytes than it says',
    ends: 'ERROR',
    answer: (socket) => socket.end(`${head(['content-length: 1000'])}few`),
  },
  { name: 'a length below zero', ends: 'ERROR', answer: (socket) => socket.end(`${head(['content-length: -1'])}x`) },
  {
    name: 'two lengths',
    ends: 'ERROR',
    answer: (socket) => socket.end(`${head(['content-length: 1', 'content-length: 5'])}xxxxx`),
  },
  {
    name: 'a length and chunks',
    ends: 'ERROR',
    answer: (socket) => socket.end(`${head(['content-length: 4', 'transfer-encoding: chunked'])}zzzz\r\n`),
  },
  {
    name: 'a chunk of no size',
    ends: 'ERROR',
    answer: (socket) => socket.end(`${head(['transfer-encoding: chunked'])}never\r\n`),
  },
  { name: 'no HTTP at all', ends: 'ERROR', answer: (socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n') },
  { name: 'a connection that closes at once', ends: 'ERROR', answer: (socket) => socket.destroy() },
  { name: 'a status of 99', ends: 'ERROR', answer: (socket) => socket.end(head([], '99 Odd')) },
  {
    name: 'redirects in a circle',
    ends: 'ERROR',
    answer: (socket) => socket.end(head(['location: ?again', 'content-length: 0'], '302 Found')),
  },
  {
    name: 'a redirect to a file',
    ends: 'ERROR',
    answer: (socket) => socket.end(head(['location: file:///etc/passwd', 'content-length: 0'], '302 Found')),
  },
  {
    name: 'a redirect to code',
    ends: 'ERROR',
    answer: (socket) => socket.end(head(['location: javascript:alert(1)', 'content-length: 0'], '302 Found')),
  },
  {
    name: 'JSON that is nested 100,000 levels',
    ends: 'ERROR',
    answer: whole(`${'['.repeat(100_000)}${']'.repeat(100_000)}`, ['content-type: application/json']),
  },
  {
    name: 'JSON with a prototype',
    ends: 'SUCCESS',
    answer: whole('{"__proto__": {"isAdmin": true}, "constructor": {"prototype": {}}}', [
      'content-type: application/json',
    ]),
  },
  {
    name: 'JSON with a number of a million digits',
    ends: 'SUCCESS',
    answer: whole(`[${'9'.repeat(1_000_000)}]`, ['content-type: application/json']),
  },
  { name: 'JSON that stops', ends: 'SUCCESS', answer: whole('{"a": [1, 2', ['content-type: application/json']) },
  {
    name: 'text in an encoding that is not there',
    ends: 'SUCCESS',
    answer: whole('abc', ['content-type: text/plain; charset=nowhere']),
  },
  { name: 'bytes that are no text', ends: 'SUCCESS', answer: whole(Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0xc0, 0x80])) },
  {
    name: 'cookies without sense',
    ends: 'SUCCESS',
    answer: whole(
      'x',
      Array.from({ length: 50 }, (_, at) => `set-cookie: =;;${at}; path=..; expires=never`),
    ),
  },
];

/** Serves each of them under its index, on loopback. */
export async function serveAnswers(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', (request) => {
      const index = Number(/^\w+ \/(\d+)/.exec(request.toString('latin1'))?.[1]);
      answers[index]?.answer(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
