import { toText } from '../../expressions/python/text.ts';
import { isObject, type Json } from '../../model/json.ts';
import type { HeaderList } from './header-list.ts';

interface Cookie {
  readonly name: string;
  readonly value: string;
  /** Where it is sent to; null: wherever the request goes. */
  readonly host: string | null;
  readonly withSubdomains: boolean;
  readonly path: string;
  readonly secure: boolean;
}

/** The cookies of one request and of the redirects that it follows. */
export class CookieJar {
  private cookies: readonly Cookie[];

  /**
   * @param given a dictionary; these are sent wherever the request goes
   * @throws Error with a sentence when it is none
   */
  constructor(given: Json) {
    if (given !== null && !isObject(given)) throw new Error('The cookies must be a dictionary.');
    this.cookies = Object.entries(given ?? {}).map(([name, value]) => {
      return { name, value: toText(value), host: null, withSubdomains: true, path: '/', secure: false };
    });
  }

  /** The value of the `Cookie` header; null when there is nothing to send. */
  header(url: URL): string | null {
    const sent = this.cookies.filter((cookie) => isFor(cookie, url));
    return sent.length === 0 ? null : sent.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  /** Keeps what a response sets for those that follow. */
  keep(url: URL, headers: HeaderList): void {
    for (const cookie of cookiesSet(url, headers)) {
      const others = this.cookies.filter((each) => each.name !== cookie.name || each.host !== cookie.host);
      this.cookies = [...others, cookie];
    }
  }
}

/** What a response sets, without what it takes back and what it may not set. */
export function cookiesSet(url: URL, headers: HeaderList): readonly Cookie[] {
  const lines = headers.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value);
  return lines.map((line) => readCookie(url, line)).filter((each) => each !== null);
}

function readCookie(url: URL, line: string): Cookie | null {
  const [pair = '', ...rest] = line.split(';');
  const at = pair.indexOf('=');
  if (at < 1) return null;
  const attributes = new Map(
    rest.map((each) => {
      const [name = '', ...value] = each.split('=');
      return [name.trim().toLowerCase(), value.join('=').trim()];
    }),
  );
  const age = attributes.get('max-age');
  const end = Date.parse(attributes.get('expires') ?? '');
  if (age === undefined ? end < Date.now() : Number(age) <= 0) return null;
  const domain = attributes.get('domain')?.replace(/^\./, '').toLowerCase() ?? '';
  const cookie: Cookie = {
    name: pair.slice(0, at).trim(),
    value: pair.slice(at + 1).trim(),
    host: domain || url.hostname,
    withSubdomains: domain !== '',
    path: attributes.get('path')?.startsWith('/') ? (attributes.get('path') ?? '/') : '/',
    secure: attributes.has('secure'),
  };
  return matchesHost(cookie, url.hostname) ? cookie : null;
}

function isFor(cookie: Cookie, url: URL): boolean {
  const isSafe = !cookie.secure || url.protocol === 'https:';
  return isSafe && url.pathname.startsWith(cookie.path) && matchesHost(cookie, url.hostname);
}

function matchesHost({ host, withSubdomains }: Cookie, hostname: string): boolean {
  return host === null || host === hostname || (withSubdomains && hostname.endsWith(`.${host}`));
}
