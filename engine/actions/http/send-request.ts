import type { CookieJar } from './cookie-jar.ts';
import { basicAuthorization, type Credentials, digestAuthorization } from './credentials.ts';
import { type ExchangeOptions, exchange, type HttpResponse } from './exchange.ts';
import { type HeaderList, headerOf, withHeader, withoutHeaders } from './header-list.ts';
import type { HttpRequest } from './prepare-request.ts';

export interface SendOptions {
  readonly cookies: CookieJar;
  readonly credentials: Credentials | null;
  readonly followsRedirects: boolean;
  /** How to get to an address: redirects may lead elsewhere. */
  readonly exchangeOptions: (url: URL) => ExchangeOptions;
}

export interface Sent {
  readonly response: HttpResponse;
  /** What came before it: redirects, and the question of who is asking. */
  readonly history: readonly HttpResponse[];
}

const REDIRECTS = 30;

/**
 * Sends a request, answers when the server asks who is there, and follows redirects if told to, all as Python's requests
 * does.
 *
 * @throws Error with what went wrong
 */
export async function sendRequest(first: HttpRequest, options: SendOptions): Promise<Sent> {
  const { cookies, followsRedirects, exchangeOptions } = options;
  const history: HttpResponse[] = [];
  let { credentials } = options;
  let request = authorized(first, credentials);
  for (;;) {
    const response = await exchange(withCookies(request, cookies), exchangeOptions(request.url));
    cookies.keep(response.url, response.headers);
    const proof = credentials === null ? null : answerTo(response, request, credentials);
    if (proof !== null) {
      history.push(response);
      credentials = null; // once is enough: they are wrong if it asks again
      request = { ...request, headers: withHeader(request.headers, 'Authorization', proof) };
      continue;
    }
    const target = followsRedirects ? redirectTarget(response) : null;
    if (target === null) return { response, history };
    history.push(response);
    if (history.length > REDIRECTS) throw new Error(`Exceeded ${REDIRECTS} redirects.`);
    request = redirected(request, response.status, target);
    if (!isSameServer(response.url, target)) credentials = null;
  }
}

function authorized(request: HttpRequest, credentials: Credentials | null): HttpRequest {
  if (credentials?.type !== 'basic') return request;
  return { ...request, headers: withHeader(request.headers, 'Authorization', basicAuthorization(credentials)) };
}

function withCookies(request: HttpRequest, cookies: CookieJar): HttpRequest {
  const header = cookies.header(request.url);
  if (header === null || headerOf(request.headers, 'cookie') !== null) return request;
  return { ...request, headers: withHeader(request.headers, 'Cookie', header) };
}

function answerTo(response: HttpResponse, { method, url }: HttpRequest, credentials: Credentials): string | null {
  const challenge = response.status === 401 ? headerOf(response.headers, 'www-authenticate') : null;
  return challenge === null ? null : digestAuthorization(credentials, challenge, method, url.pathname + url.search);
}

function redirectTarget({ url, status, headers }: HttpResponse): URL | null {
  const location = [301, 302, 303, 307, 308].includes(status) ? headerOf(headers, 'location') : null;
  if (location === null) return null;
  const text = Buffer.from(location, 'latin1').toString(); // headers come as bytes; in an address they are UTF-8
  const target = URL.canParse(text, url.href) ? new URL(text, url) : null;
  if (target === null || !/^https?:$/.test(target.protocol)) {
    throw new Error(`No connection adapters were found for '${text}'`);
  }
  target.username = '';
  target.password = '';
  target.hash = '';
  return target;
}

function redirected(request: HttpRequest, status: number, url: URL): HttpRequest {
  const { method } = request;
  const becomesGet = (method !== 'HEAD' && (status === 302 || status === 303)) || (method === 'POST' && status === 301);
  const keepsBody = status === 307 || status === 308;
  const headers = safeHeaders(request.headers, request.url, url);
  return {
    url,
    method: becomesGet ? 'GET' : method,
    headers: keepsBody ? headers : withoutHeaders(headers, 'content-type'),
    body: keepsBody ? request.body : null,
  };
}

/** What was meant for one server is not told to another. */
function safeHeaders(headers: HeaderList, from: URL, to: URL): HeaderList {
  const own = withoutHeaders(headers, 'host');
  return isSameServer(from, to) ? own : withoutHeaders(own, 'authorization', 'cookie');
}

function isSameServer(from: URL, to: URL): boolean {
  const isUpgrade = from.protocol === 'http:' && to.protocol === 'https:' && from.port === '' && to.port === '';
  return from.hostname === to.hostname && (from.origin === to.origin || isUpgrade);
}
