import { createHash, randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { ActionResult } from '../../model/commands.ts';
import { type JsonObject, toPlain } from '../../model/json.ts';
import { type ActionContext, failed, succeeded } from '../action.ts';
import { dispatcherFor, readBounded, reasonOf } from '../http/exchange.ts';
import { refuseLocalHost } from '../http/local-addresses.ts';
import { proxyFor } from '../http/proxy.ts';
import { Silence } from '../http/silence.ts';
import { localPath } from './local-path.ts';
import { numberOr, secondsOr, textOr } from './read-input.ts';
import { openRegularFile } from './regular-file.ts';
import { replaceFile } from './replace-file.ts';

const SILENCE_SECONDS = 60;
const DOWNLOAD_LIMIT = 10 * 1024 ** 3;
const ANSWER_LIMIT = 1024 * 1024;
const REDIRECTS = 10;

/** Fetches what is at an address into a file, which is there wholly or not at all. */
export async function download(input: JsonObject, context: ActionContext): Promise<JsonObject> {
  const target = localPath(input.path ?? null);
  const limit = numberOr(input.limit, DOWNLOAD_LIMIT);
  let url = addressOf(input);
  for (let redirects = 0; ; redirects++) {
    const answered = await request(
      url,
      { method: 'GET', headers: headersOf(input) },
      input,
      context,
      async (answer, silence) => {
        const location = answer.statusCode >= 300 && answer.statusCode < 400 ? answer.headers.location : undefined;
        if (typeof location === 'string') return new URL(location, url);
        if (answer.statusCode !== 200) throw new Error(`${url.href} answered with ${answer.statusCode}.`);
        const size = Number(answer.headers['content-length'] ?? Number.NaN);
        if (size > limit) throw new Error(`${url.href} has ${size} bytes, and ${limit} is the limit.`);
        return replaceFile(target, { overwrite: input.overwrite !== false, signal: context.signal }, (file) =>
          receive(answer.body, file, { size, limit, wanted: textOr(input.sha256, null) }, silence, context),
        );
      },
    );
    if (!(answered instanceof URL)) return { path: target, ...answered };
    if (redirects === REDIRECTS) throw new Error(`${url.href}: there are more than ${REDIRECTS} redirects.`);
    url = answered;
  }
}

/** Sends a file, as it is or as a field of a form. */
export async function upload(input: JsonObject, context: ActionContext): Promise<ActionResult> {
  const path = localPath(input.path ?? null);
  const field = textOr(input.field, null);
  const { file, size } = await openRegularFile(path);
  try {
    const boundary = `windrose-${randomUUID()}`;
    const [head, tail] = field === null ? ['', ''] : formAround(boundary, field, basename(path));
    const headers = {
      ...(field === null ? {} : { 'content-type': `multipart/form-data; boundary=${boundary}` }),
      ...headersOf(input),
      'content-length': String(Buffer.byteLength(head) + size + Buffer.byteLength(tail)),
    };
    const method = textOr(input.method, field === null ? 'PUT' : 'POST').toUpperCase() as Dispatcher.HttpMethod;
    return await request(
      addressOf(input),
      { method, headers },
      input,
      context,
      async ({ statusCode, body }, silence) => {
        const answer = (await readBounded(body, ANSWER_LIMIT, silence)).toString();
        const value = { status: statusCode, body: answer };
        if (statusCode >= 200 && statusCode < 300) return succeeded(value);
        return failed({ ...value, error: `The server answered with ${statusCode}.` });
      },
      (silence) => pieces(file, size, head, tail, silence, context),
    );
  } finally {
    await file.close();
  }
}

/** One request over a connection of its own; ends it when nothing happens for too long. */
async function request<T>(
  url: URL,
  { method, headers }: { readonly method: Dispatcher.HttpMethod; readonly headers: Record<string, string> },
  input: JsonObject,
  context: ActionContext,
  answered: (answer: Dispatcher.ResponseData, silence: Silence) => Promise<T>,
  body: (silence: Silence) => AsyncIterable<Buffer> | null = () => null,
): Promise<T> {
  if (context.refusesLocalAddresses) refuseLocalHost(url);
  const silence = new Silence(secondsOr('timeout', input.timeout, SILENCE_SECONDS));
  const signal = AbortSignal.any([context.signal, silence.signal]);
  const proxy = proxyFor(url, null, process.env);
  const dispatcher = dispatcherFor(url, { proxy, tls: {}, refusesLocal: context.refusesLocalAddresses }, signal);
  try {
    const answer = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers: { 'user-agent': 'Windrose', ...headers },
      body: body(silence) as Readable | null, // any iterable will do, which its types do not say
      signal,
    });
    silence.broken();
    return await answered(answer, silence);
  } catch (error) {
    context.signal.throwIfAborted();
    throw silence.isOver ? new Error(`${url.href}: ${silence.message}`) : new Error(reasonOf(error), { cause: error });
  } finally {
    silence.end();
    await dispatcher.destroy();
  }
}

async function receive(
  body: AsyncIterable<Buffer>,
  file: FileHandle,
  { size, limit, wanted }: { readonly size: number; readonly limit: number; readonly wanted: string | null },
  silence: Silence,
  context: ActionContext,
): Promise<JsonObject> {
  const hash = createHash('sha256');
  let done = 0;
  for await (const chunk of body) {
    silence.broken();
    done += chunk.length;
    if (done > limit) throw new Error(`It has more than ${limit} bytes, which is the limit.`);
    hash.update(chunk);
    await file.writeFile(chunk);
    context.progress(Number.isNaN(size) ? null : done / size, `${done} bytes`);
  }
  const sha256 = hash.digest('hex');
  if (wanted !== null && wanted.toLowerCase() !== sha256) {
    throw new Error(`What was downloaded has the SHA-256 ${sha256}, and ${wanted} was expected.`);
  }
  return { size: done, sha256 };
}

async function* pieces(
  file: FileHandle,
  size: number,
  head: string,
  tail: string,
  silence: Silence,
  context: ActionContext,
): AsyncGenerator<Buffer> {
  if (head !== '') yield Buffer.from(head);
  let done = 0;
  // No more than it had at the start: the server was told so.
  const stream = size === 0 ? [] : file.createReadStream({ autoClose: false, end: size - 1 });
  for await (const chunk of stream) {
    silence.broken();
    yield chunk as Buffer;
    done += (chunk as Buffer).length;
    context.progress(done / size, `${done} bytes`);
  }
  if (tail !== '') yield Buffer.from(tail);
}

function formAround(boundary: string, field: string, name: string): readonly [string, string] {
  const quoted = (text: string): string => text.replace(/["\r\n]/g, (each) => encodeURIComponent(each));
  const disposition = `form-data; name="${quoted(field)}"; filename="${quoted(name)}"`;
  return [
    `--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: application/octet-stream\r\n\r\n`,
    `\r\n--${boundary}--\r\n`,
  ];
}

function addressOf({ url: address = null }: JsonObject): URL {
  const text = String(address);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) throw new Error(`'${text}' is no http or https address.`);
  return url;
}

function headersOf({ headers = null }: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries((headers ?? {}) as JsonObject).map(([name, value]) => [name.toLowerCase(), String(toPlain(value))]),
  );
}
