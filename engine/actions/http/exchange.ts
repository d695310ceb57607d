import { Client, type Dispatcher, ProxyAgent } from 'undici';
import { basicAuthorization } from './credentials.ts';
import { decodeBody } from './decode-body.ts';
import type { HeaderList } from './header-list.ts';
import { headerOf } from './header-list.ts';
import { lookupElsewhere, refuseLocalHost } from './local-addresses.ts';
import type { HttpRequest } from './prepare-request.ts';
import { Silence } from './silence.ts';

export interface HttpResponse {
  readonly url: URL;
  readonly status: number;
  readonly reason: string;
  readonly headers: HeaderList;
  /** Without what it was compressed with. */
  readonly body: Buffer;
  /** Seconds until the headers came. */
  readonly elapsed: number;
}

export interface ExchangeOptions {
  readonly proxy: URL | null;
  readonly tls: { readonly rejectUnauthorized?: boolean; readonly ca?: string };
  /** Seconds that nothing may happen for. */
  readonly timeout: number;
  /** Bytes that the body may have, compressed or not. */
  readonly sizeLimit: number;
  readonly refusesLocal: boolean;
  readonly signal: AbortSignal;
}

/** What the response was is no failure of the connection: it is said without its address. */
export class ResponseTooLarge extends Error {
  constructor(size: string, limit: number) {
    super(`HTTP response is too large (${size}, limit=${limit} bytes).`);
  }
}

/**
 * One request and its response, over a connection of its own.
 *
 * @throws Error with the address and what went wrong there; the signal's reason once it is aborted
 */
export async function exchange(request: HttpRequest, options: ExchangeOptions): Promise<HttpResponse> {
  const { url, method, headers, body } = request;
  if (options.refusesLocal) refuseLocalHost(url);
  const silence = new Silence(options.timeout);
  const signal = AbortSignal.any([options.signal, silence.signal]);
  const dispatcher = dispatcherFor(url, options, signal);
  try {
    const started = performance.now();
    const answer = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: method as Dispatcher.HttpMethod,
      headers: headers.flat(),
      body,
      responseHeaders: 'raw',
      signal,
    });
    const elapsed = (performance.now() - started) / 1000;
    silence.broken();
    const responseHeaders = pairs(answer.headers as unknown as readonly string[]);
    const size = headerOf(responseHeaders, 'content-length');
    if (method !== 'HEAD' && Number(size) > options.sizeLimit) {
      throw new ResponseTooLarge(`Content-Length=${size}`, options.sizeLimit);
    }
    const raw = await readBounded(answer.body, options.sizeLimit, silence);
    const plain = await decodeBody(raw, headerOf(responseHeaders, 'content-encoding'), options.sizeLimit);
    if (plain === null) throw new ResponseTooLarge('unpacked', options.sizeLimit);
    return {
      url,
      status: answer.statusCode,
      reason: answer.statusText,
      headers: responseHeaders,
      body: plain,
      elapsed,
    };
  } catch (error) {
    if (options.signal.aborted) throw options.signal.reason;
    if (error instanceof ResponseTooLarge) throw error;
    throw new Error(`${connectionName(url)}: ${silence.isOver ? silence.message : reasonOf(error)}`);
  } finally {
    silence.end();
    await dispatcher.destroy();
  }
}

/** @param signal ends a connection also while it is made: a request listens to its own only afterwards */
export function dispatcherFor(
  url: URL,
  { proxy, tls, refusesLocal }: Pick<ExchangeOptions, 'proxy' | 'tls' | 'refusesLocal'>,
  signal: AbortSignal,
): Dispatcher {
  const patience = { headersTimeout: 0, bodyTimeout: 0 };
  const connection = { timeout: 0, signal };
  const secure = { ...tls, ...connection };
  if (proxy === null) {
    const connect = { ...secure, ...(refusesLocal ? { lookup: lookupElsewhere } : {}) };
    return new Client(url.origin, { ...patience, connect });
  }
  const user = decodeURIComponent(proxy.username);
  const token = basicAuthorization({ user, password: decodeURIComponent(proxy.password) });
  return new ProxyAgent({
    ...patience,
    uri: proxy.origin,
    proxyTunnel: false, // plain requests are handed to the proxy whole, as everybody does
    requestTls: secure,
    proxyTls: connection,
    ...(user === '' ? {} : { token }),
  });
}

export async function readBounded(body: AsyncIterable<Buffer>, limit: number, silence: Silence): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    silence.broken();
    size += chunk.length;
    if (size > limit) throw new ResponseTooLarge('without Content-Length', limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function pairs(raw: readonly string[]): HeaderList {
  return Array.from({ length: raw.length / 2 }, (_, i) => [raw[2 * i] ?? '', raw[2 * i + 1] ?? ''] as const);
}

function connectionName(url: URL): string {
  const isSecure = url.protocol === 'https:';
  const port = url.port || (isSecure ? '443' : '80');
  return `${isSecure ? 'HTTPSConnectionPool' : 'HTTPConnectionPool'}(host='${url.hostname}', port=${port})`;
}

export function reasonOf(error: unknown): string {
  // A name with several addresses: each has failed in its own way.
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
