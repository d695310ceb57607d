import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { listen } from './action-fixture.ts';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server that notes what comes; returns its address and the notes. */
export async function serve(
  answer: (response: ServerResponse, request: Seen) => void,
): Promise<{ readonly url: string; readonly port: number; readonly seen: readonly Seen[] }> {
  const seen: Seen[] = [];
  const port = await listen(
    http.createServer((request, response) =>
      noted(request, (each) => {
        seen.push(each);
        answer(response, each);
      }),
    ),
  );
  return { url: `http://127.0.0.1:${port}`, port, seen };
}

/** Answers every request with what it was, as JSON. */
export const echo: RequestListener = (request, response) =>
  noted(request, (seen) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(seen));
  });

function noted(request: IncomingMessage, done: (seen: Seen) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { method = '', url = '', headers } = request;
    done({ method, url, headers, body: Buffer.concat(chunks).toString() });
  });
}
