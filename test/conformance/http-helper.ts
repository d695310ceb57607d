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

function answer(request: IncomingMessage, response: ServerResponse, body: string, sink: Map<string, unknown>): void {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const send = (status: number, content: unknown, headers: Record<string, string> = {}): void => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(text);
  };
  const [, first = '', second = ''] = url.pathname.split('/');
  switch (first) {
    case 'json':
      return send(200, { items: [1, 2, 3], name: 'oracle', nested: { ok: true } });
    case 'text':
      return send(200, 'hello text', { 'Content-Type': 'text/plain; charset=utf-8' });
    case 'empty':
      return send(204, '');
    case 'status':
      return send(Number(second), { code: Number(second) });
    case 'redirect':
      return send(302, '', { Location: '/json' });
    case 'slow': {
      const timer = setTimeout(() => send(200, { slow: true }), Number(url.searchParams.get('s') ?? 1) * 1000);
      response.on('close', () => clearTimeout(timer));
      return;
    }
    case 'echo':
      return send(200, echo(request, url, body));
    case 'mistral':
      return send(200, { has: request.rawHeaders.filter((name) => name.startsWith('Mistral-')).sort() });
    case 'reset':
      sink.delete(second);
      return send(200, {});
    case 'sink':
      if (request.method === 'GET') return send(200, sink.get(second) ?? []);
      sink.set(second, [...((sink.get(second) as unknown[]) ?? []), body === '' ? null : JSON.parse(body)]);
      return send(200, {});
    case 'counter': {
      const count = ((sink.get(second) as number | undefined) ?? 0) + 1;
      sink.set(second, count);
      return send(count >= Number(url.searchParams.get('ok_at') ?? 1) ? 200 : 500, { n: count });
    }
    default:
      return send(404, { error: 'no such path' });
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
