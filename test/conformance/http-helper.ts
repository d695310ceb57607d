import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Does what http_helper.py does for the cases, on a free port of the loopback. */
export async function startHttpHelper(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sink = new Map<string, unknown>();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => answer(request, response, body, sink));
  });
  // Node itself does not read a request whose method it has never heard of.
  server.on('clientError', (error: Error & { rawPacket?: Buffer }, socket) => {
    const [method = ''] = (error.rawPacket?.toString('latin1') ?? '').split(' ');
    const page = unsupported(method);
    const head = [
      `HTTP/1.1 501 ${unsupportedMessage(method)}`,
      `Content-Type: ${HTML}`,
      `Content-Length: ${page.length}`,
      'Connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${page}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD'];
const HTML = 'text/html;charset=utf-8';

const unsupportedMessage = (method: string): string => `Unsupported method ('${method}')`;

/** What Python's server says of a method that http_helper.py does not have. */
function unsupported(method: string): string {
  return `<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: 501</p>
        <p>Message: ${unsupportedMessage(method)}.</p>
        <p>Error code explanation: 501 - Server does not support this operation.</p>
    </body>
</html>
`;
}

function answer(request: IncomingMessage, response: ServerResponse, body: string, sink: Map<string, unknown>): void {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const send = (status: number, content: unknown, headers: Record<string, string> = {}): void => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(text);
  };
  const { method = '' } = request;
  if (!METHODS.includes(method)) {
    response.writeHead(501, unsupportedMessage(method), { 'Content-Type': HTML });
    response.end(unsupported(method));
    return;
  }
  const [, first = '', second = ''] = url.pathname.split('/');
  switch (first) {
    case 'json':
      send(200, { items: [1, 2, 3], name: 'oracle', nested: { ok: true } });
      return;
    case 'text':
      send(200, 'hello text', { 'Content-Type': 'text/plain; charset=utf-8' });
      return;
    case 'empty':
      send(204, '');
      return;
    case 'status':
      send(Number(second), { code: Number(second) });
      return;
    case 'redirect':
      send(302, '', { Location: '/json' });
      return;
    case 'slow': {
      const timer = setTimeout(() => send(200, { slow: true }), Number(url.searchParams.get('s') ?? 1) * 1000);
      response.on('close', () => clearTimeout(timer));
      return;
    }
    case 'echo':
      send(200, echo(request, url, body));
      return;
    case 'mistral':
      send(200, { has: request.rawHeaders.filter((name) => name.startsWith('Mistral-')).sort() });
      return;
    case 'reset':
      sink.delete(second);
      send(200, {});
      return;
    case 'sink':
      if (request.method === 'GET') {
        send(200, sink.get(second) ?? []);
        return;
      }
      sink.set(second, [...((sink.get(second) as unknown[]) ?? []), body === '' ? null : JSON.parse(body)]);
      send(200, {});
      return;
    case 'counter': {
      const count = ((sink.get(second) as number | undefined) ?? 0) + 1;
      sink.set(second, count);
      send(count >= Number(url.searchParams.get('ok_at') ?? 1) ? 200 : 500, { n: count });
      return;
    }
    default:
      send(404, { error: 'no such path' });
      return;
  }
}

function echo(request: IncomingMessage, url: URL, body: string): unknown {
  const names = [...new Set(url.searchParams.keys())];
  const query = names.map((name) => {
    const all = url.searchParams.getAll(name);
    return [name, all.length === 1 ? all[0] : all];
  });
  return {
    method: request.method,
    query: Object.fromEntries(query),
    body,
    x: request.headers['x-test'] ?? null,
    ctype: request.headers['content-type'] ?? null,
    auth: request.headers.authorization ?? null,
    cookie: request.headers.cookie ?? null,
  };
}
