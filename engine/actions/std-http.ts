import { TextDecoder } from 'node:util';
import { fromEntries, isObject, type Json, type JsonObject, toPlain } from '../model/json.ts';
import { type Action, failed, succeeded } from './action.ts';
import { secondsOf } from './wait.ts';

/** Mistral's newest defaults: a request ends after 60 seconds, and a response may have 5 MiB. */
const TIMEOUT_SECONDS = 60;
const RESPONSE_LIMIT = 5 * 1024 * 1024;

export const stdHttp: Action = {
  name: 'std.http',
  description: 'Sends an HTTP request. A status from 200 to 306 is a success; the result is the response either way.',
  parameters: [
    { name: 'url', required: true, description: 'Where to; http or https.' },
    { name: 'method', required: false, description: 'GET unless told otherwise.' },
    { name: 'params', required: false, description: 'A dictionary for the query; a list repeats its key.' },
    { name: 'body', required: false, description: 'A text, or a dictionary that is sent as JSON text.' },
    { name: 'json', required: false, description: 'Any value, sent as JSON with its content type.' },
    { name: 'headers', required: false, description: 'A dictionary.' },
    { name: 'cookies', required: false, description: 'A dictionary.' },
    { name: 'auth', required: false, description: "'user:password' for basic authentication." },
    { name: 'timeout', required: false, description: `Seconds; ${TIMEOUT_SECONDS} unless told otherwise.` },
    {
      name: 'allow_redirects',
      required: false,
      description: 'Whether redirects are followed; yes unless told otherwise.',
    },
  ],
  isPure: false,
  isSync: true,
  mistralClass: 'mistral.actions.std_actions.HTTPAction',

  checkInput({ url = '', body = null, json = null }) {
    if (body !== null && json !== null) return "Only one of the parameters 'json' and 'body' can be passed";
    return typeof url === 'string' && /^https?:/i.test(url) && URL.canParse(url)
      ? null
      : `std.http: '${String(url)}' is no http or https address.`;
  },

  async run(input, { signal }) {
    const url = withQuery(new URL(String(input.url)), input.params ?? null);
    const seconds = secondsOf(input.timeout ?? null) || TIMEOUT_SECONDS;
    const started = performance.now();
    try {
      const response = await fetch(url, {
        method: typeof input.method === 'string' ? input.method.toUpperCase() : 'GET',
        headers: requestHeaders(input),
        redirect: input.allow_redirects === false ? 'manual' : 'follow',
        signal: AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]),
        ...requestBody(input),
      });
      const content = await readBounded(response);
      const result = describe(response, content, (performance.now() - started) / 1000);
      return response.status >= 200 && response.status < 307 ? succeeded(result) : failed(result);
    } catch (error) {
      const pool = url.protocol === 'https:' ? 'HTTPSConnectionPool' : 'HTTPConnectionPool';
      const port = url.port || (url.protocol === 'https:' ? '443' : '80');
      return failed(
        `Failed to send HTTP request: ${pool}(host='${url.hostname}', port=${port}): ${reasonOf(error, seconds)}`,
      );
    }
  },
};

function withQuery(url: URL, params: Json): URL {
  if (!isObject(params)) return url;
  for (const [name, value] of Object.entries(params)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== null) url.searchParams.append(name, String(toPlain(each)));
    }
  }
  return url;
}

function requestHeaders({ headers = null, cookies = null, auth = null, json = null }: JsonObject): Headers {
  const result = new Headers({ 'user-agent': 'windrose', accept: '*/*' });
  if (json !== null) result.set('content-type', 'application/json');
  if (isObject(cookies)) {
    const pairs = Object.entries(cookies).map(([name, value]) => `${name}=${String(toPlain(value))}`);
    result.set('cookie', pairs.join('; '));
  }
  if (typeof auth === 'string' && auth !== '') {
    result.set('authorization', `Basic ${Buffer.from(auth).toString('base64')}`);
  }
  for (const [name, value] of Object.entries(isObject(headers) ? headers : {})) {
    result.set(name, String(toPlain(value)));
  }
  return result;
}

/** Bytes and not text, so that fetch does not add a content type of its own. */
function requestBody({ body = null, json = null }: JsonObject): { readonly body?: Uint8Array<ArrayBuffer> } {
  const text = json !== null ? pythonJson(json) : isObject(body) ? pythonJson(body) : body;
  return text === null ? {} : { body: new TextEncoder().encode(String(toPlain(text))) };
}

/** JSON as Python's json.dumps writes it, with spaces: some services sign or compare the text that they get. */
function pythonJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(toPlain(value));
  const entries = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${pythonJson(each)}`);
  return `{${entries.join(', ')}}`;
}

async function readBounded(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > RESPONSE_LIMIT) throw new Error(`the response is larger than ${RESPONSE_LIMIT} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The result, with the keys that Mistral's action gives. */
function describe(response: Response, bytes: Uint8Array, elapsed: number): JsonObject {
  const encoding = encodingOf(response.headers.get('content-type'));
  const headers = [...response.headers].filter(([name]) => name !== 'set-cookie');
  return {
    content: contentOf(bytes, encoding),
    status: response.status,
    headers: fromEntries(headers.map(([name, value]) => [titleCase(name), value])),
    url: response.url,
    history: [],
    encoding,
    reason: response.statusText,
    cookies: fromEntries(response.headers.getSetCookie().map(cookie)),
    elapsed,
  };
}

/** JSON where it is JSON, whatever its content type says; else text. */
function contentOf(bytes: Uint8Array, encoding: string | null): Json {
  const text = decoderFor(encoding).decode(bytes);
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function decoderFor(encoding: string | null): TextDecoder {
  try {
    return new TextDecoder(encoding ?? 'utf-8');
  } catch {
    return new TextDecoder();
  }
}

/** As Python's requests guesses it from the content type. */
function encodingOf(contentType: string | null): string | null {
  const charset = contentType?.match(/charset="?([^";\s]+)/i)?.[1];
  if (charset !== undefined) return charset;
  if (contentType?.startsWith('text/')) return 'ISO-8859-1';
  return contentType?.startsWith('application/json') ? 'utf-8' : null;
}

function titleCase(header: string): string {
  return header.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function cookie(header: string): [string, string] {
  const [pair = ''] = header.split(';');
  const at = pair.indexOf('=');
  return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
}

function reasonOf(error: unknown, seconds: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${seconds} seconds.`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
