import { toText } from '../../expressions/python/text.ts';
import { isTrue } from '../../expressions/python/truth.ts';
import { BigInteger, Float, isObject, type Json, type JsonObject } from '../../model/json.ts';
import { writeJson } from '../json-text.ts';
import { type HeaderList, headerOf, withHeader, withoutHeaders } from './header-list.ts';

export interface HttpRequest {
  readonly method: string;
  /** Without user, password and fragment. */
  readonly url: URL;
  readonly headers: HeaderList;
  readonly body: Uint8Array | null;
}

const DEFAULT_HEADERS: HeaderList = [
  ['User-Agent', 'windrose'],
  ['Accept-Encoding', 'gzip, deflate'],
  ['Accept', '*/*'],
];

/** What the connection itself says; a value of one's own could only be wrong. */
const CONNECTION_HEADERS = ['content-length', 'transfer-encoding', 'connection', 'keep-alive', 'upgrade', 'expect'];

/**
 * The request that Python's requests makes of the parameters of std.http.
 *
 * @throws Error with a sentence when it makes none of them
 */
export function prepareRequest(input: JsonObject): HttpRequest {
  const { method = null, url = null, params = null, headers = null } = input;
  const { bytes, type } = prepareBody(input.body ?? null, input.json ?? null);
  const given = prepareHeaders(headers);
  return {
    method: method === null ? 'GET' : toText(method).toUpperCase(),
    url: prepareUrl(toText(url).trimStart(), params),
    headers:
      type === null || headerOf(given, 'content-type') !== null ? given : withHeader(given, 'Content-Type', type),
    body: bytes,
  };
}

function prepareUrl(text: string, params: Json): URL {
  if (text.includes(':') && !/^http/i.test(text)) throw new Error(`No connection adapters were found for '${text}'`);
  if (!/^https?:/i.test(text)) {
    throw new Error(`Invalid URL '${text}': No scheme supplied. Perhaps you meant https://${text}?`);
  }
  if (!URL.canParse(text)) throw new Error(`Invalid URL '${text}': No host supplied`);
  const url = new URL(text);
  url.username = '';
  url.password = '';
  url.hash = '';
  const query = isTrue(params) ? queryText(params) : '';
  if (query !== '') url.search = url.search === '' ? query : `${url.search}&${query}`;
  return url;
}

function queryText(params: Json): string {
  if (typeof params === 'string') return params;
  const pairs = pairsOf(params);
  if (pairs === null) throw new Error('The params must be a dictionary or a text.');
  return formText(pairs);
}

/** As `urllib.parse.urlencode` writes it: a list repeats its key, null leaves it out. */
function formText(pairs: readonly (readonly [Json, Json])[]): string {
  return pairs
    .flatMap(([name, value]) => itemsOf(value).map((each) => [name, each] as const))
    .filter(([, value]) => value !== null)
    .map((pair) => pair.map(quotePlus).join('='))
    .join('&');
}

function itemsOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.keys(value) : [value];
}

function quotePlus(value: Json): string {
  const quoted = encodeURIComponent(toText(value).replace(/\p{Surrogate}/gu, '\ufffd'));
  return quoted
    .replaceAll('%20', '+')
    .replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The pairs of a dictionary or of a list of pairs; null for anything else. */
function pairsOf(value: Json): readonly (readonly [Json, Json])[] | null {
  if (isObject(value)) return Object.entries(value);
  if (!Array.isArray(value)) return null;
  const isPair = (each: Json): each is readonly [Json, Json] => Array.isArray(each) && each.length === 2;
  return value.every(isPair) ? value : null;
}

/** Bytes, and the content type that they ask for unless another is given. */
function prepareBody(body: Json, json: Json): { readonly bytes: Uint8Array | null; readonly type: string | null } {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  if (isObject(body)) return { bytes: encode(writeJson(body)), type: null };
  if (isTrue(body)) {
    if (typeof body === 'string') return { bytes: encode(body), type: null };
    const pairs = pairsOf(body);
    if (pairs === null) throw new Error('The body must be a text, a dictionary or a list of pairs.');
    return { bytes: encode(formText(pairs)), type: 'application/x-www-form-urlencoded' };
  }
  if (json === null) return { bytes: null, type: null };
  return { bytes: encode(writeJson(json)), type: 'application/json' };
}

function prepareHeaders(headers: Json): HeaderList {
  if (headers === null) return DEFAULT_HEADERS;
  if (!isObject(headers)) throw new Error('The headers must be a dictionary.');
  let result = DEFAULT_HEADERS;
  for (const [name, value] of Object.entries(headers)) {
    result =
      value === null ? withoutHeaders(result, name.toLowerCase()) : withHeader(result, name, headerText(name, value));
  }
  return withoutHeaders(result, ...CONNECTION_HEADERS);
}

function headerText(name: string, value: Json): string {
  const isScalar = !isObject(value) && !Array.isArray(value);
  if (isScalar || value instanceof Float || value instanceof BigInteger) return toText(value);
  throw new Error(`The header '${name}' must be a text or a number.`);
}
