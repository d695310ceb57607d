import { isObject } from '../model/json.ts';
import type { Action } from './action.ts';
import { attempt } from './local/attempt.ts';
import { numberOr } from './local/read-input.ts';
import { patienceParameters, waitUntil } from './local/wait-until.ts';

/** How long one answer may take. */
const PATIENCE_SECONDS = 10;

export const localWaitForUrl: Action = {
  name: 'local.wait_for_url',
  description: 'Waits until an address answers with a status from 200 to 399, or with a given one.',
  result: 'url and status',
  parameters: [
    { name: 'url', required: true, types: ['text'], description: 'http or https.' },
    { name: 'status', required: false, types: ['number'], description: 'The status to wait for.' },
    { name: 'headers', required: false, types: ['dictionary'], description: 'Sent with the request.' },
    ...patienceParameters,
  ],
  isPure: false,
  reaches: ['network'],
  bounds: { seconds: null, onlyWaits: true },
  isSync: true,
  mistralClass: 'windrose.actions.local.WaitForUrlAction',
  run: ({ url = null, status, headers, ...patience }, context) =>
    attempt(async () => {
      const { runHttp } = await import('./http/run-http.ts');
      const wanted = numberOr(status, null);
      let last = 'nothing answered';
      return waitUntil(
        () => `${url}: ${last}`,
        patience,
        context,
        async (signal) => {
          const request = { url, headers: headers ?? null, timeout: PATIENCE_SECONDS };
          const answer = await runHttp(request, { refusesLocalAddresses: context.refusesLocalAddresses, signal });
          if (signal.aborted) return null; // in the middle of it: what was said before is the reason
          if (!isObject(answer.value)) last = String(answer.value);
          const got = isObject(answer.value) ? numberOr(answer.value.status, 0) : 0;
          if (got > 0) last = `it answered with ${got}`;
          return (wanted === null ? got >= 200 && got < 400 : got === wanted) ? { url, status: got } : null;
        },
      );
    }),
};
