import { isTrue } from '../../expressions/python/truth.ts';
import type { ActionResult } from '../../model/commands.ts';
import { Float, type Json, type JsonObject } from '../../model/json.ts';
import { type ActionContext, failed, succeeded } from '../action.ts';
import { CookieJar } from './cookie-jar.ts';
import { readCredentials } from './credentials.ts';
import { ResponseTooLarge } from './exchange.ts';
import { prepareRequest } from './prepare-request.ts';
import { proxyFor } from './proxy.ts';
import { resultOf } from './response-result.ts';
import { sendRequest } from './send-request.ts';
import { readTls } from './trusted-authorities.ts';

/** Mistral's newest defaults: nothing may happen for 60 seconds, and a response may have 5 MiB. */
const TIMEOUT_SECONDS = 60;
const RESPONSE_LIMIT = 5 * 1024 * 1024;

/** However slowly it drips: a request and its redirects are over after an hour. */
const HOUR = 3_600_000;

/** Sends what the parameters of std.http say; a status from 200 to 306 is a success. */
export async function runHttp(
  input: JsonObject,
  context: Pick<ActionContext, 'signal' | 'refusesLocalAddresses'>,
): Promise<ActionResult> {
  try {
    const request = prepareRequest(input);
    // What is said of certificates is meant for the address that it was said with, as in Mistral.
    const tls = await readTls(request.url.protocol === 'https:' ? (input.verify ?? null) : null);
    const timeout = timeoutOf(input.timeout ?? null);
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(HOUR)]);
    const sent = await sendRequest(request, {
      cookies: new CookieJar(input.cookies ?? null),
      credentials: readCredentials(input.auth ?? null),
      followsRedirects: isTrue(input.allow_redirects ?? null),
      exchangeOptions: (url) => ({
        proxy: proxyFor(url, input.proxies ?? null, process.env),
        tls,
        timeout,
        sizeLimit: RESPONSE_LIMIT,
        refusesLocal: context.refusesLocalAddresses,
        signal,
      }),
    });
    const { status } = sent.response;
    return status >= 200 && status < 307 ? succeeded(resultOf(sent)) : failed(resultOf(sent));
  } catch (error) {
    if (error instanceof ResponseTooLarge) return failed(error.message);
    return failed(`Failed to send HTTP request: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function timeoutOf(value: Json): number {
  if (value === null) return TIMEOUT_SECONDS;
  const seconds = value instanceof Float ? value.value : value;
  if (typeof seconds !== 'number' || !(seconds > 0))
    throw new Error('The timeout must be a number of seconds above 0.');
  return Math.min(seconds, HOUR / 1000);
}
