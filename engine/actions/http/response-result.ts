import { TextDecoder } from 'node:util';
import { fromEntries, type Json, type JsonObject } from '../../model/json.ts';
import { readJson } from '../json-text.ts';
import { cookiesSet } from './cookie-jar.ts';
import type { HttpResponse } from './exchange.ts';
import { type HeaderList, headerOf } from './header-list.ts';
import type { Sent } from './send-request.ts';

/** What std.http gives, with the keys that Mistral's action gives. */
export function resultOf({ response, history }: Sent): JsonObject {
  const encoding = encodingOf(headerOf(response.headers, 'content-type'));
  return {
    content: contentOf(response.body, encoding),
    status: response.status,
    headers: headersOf(response.headers),
    url: response.url.href,
    history: history.map((each) => ({
      status: each.status,
      reason: each.reason,
      url: each.url.href,
      headers: headersOf(each.headers),
    })),
    encoding,
    reason: response.reason,
    cookies: cookiesOf(response),
    elapsed: response.elapsed,
  };
}

/** A header that came several times is one, as HTTP has it. */
function headersOf(headers: HeaderList): JsonObject {
  const joined = new Map<string, readonly [string, string]>();
  for (const [name, value] of headers) {
    const before = joined.get(name.toLowerCase());
    joined.set(name.toLowerCase(), before === undefined ? [name, value] : [before[0], `${before[1]}, ${value}`]);
  }
  return fromEntries(joined.values());
}

function cookiesOf({ url, headers }: HttpResponse): JsonObject {
  return fromEntries(cookiesSet(url, headers).map(({ name, value }) => [name, value]));
}

/** JSON where it is JSON, whatever its content type says; else text. */
function contentOf(body: Buffer, encoding: string | null): Json {
  const text = decode(body, encoding);
  try {
    return readJson(text);
  } catch {
    return text;
  }
}

/** What is no text in this encoding is shown by replacement characters. */
function decode(body: Buffer, encoding: string | null): string {
  if (encoding !== null && /^(iso-8859-1|latin-?1)$/i.test(encoding)) return body.toString('latin1');
  try {
    return new TextDecoder(encoding ?? 'utf-8').decode(body);
  } catch {
    return body.toString();
  }
}

/** As Python's requests guesses it from the content type. */
function encodingOf(contentType: string | null): string | null {
  const charset = contentType?.match(/charset\s*=\s*["']?([^"';\s]+)/i)?.[1];
  if (charset !== undefined) return charset;
  if (contentType?.includes('text')) return 'ISO-8859-1';
  return contentType?.includes('application/json') ? 'utf-8' : null;
}
