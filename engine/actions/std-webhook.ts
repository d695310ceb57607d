import { isObject } from '../model/json.ts';
import { type Action, failed } from './action.ts';

const TIMEOUT_SECONDS = 10;

export const stdWebhook: Action = {
  name: 'std.webhook',
  description:
    "Posts a value as JSON, as Mistral's webhook notifications do: redirects are not followed, and any status beyond " +
    'the two hundreds is a failure. The result is that of std.http.',
  parameters: [
    { name: 'url', required: true, description: 'Where to; http or https.' },
    { name: 'data', required: false, description: 'Any value; an empty dictionary unless told otherwise.' },
    { name: 'headers', required: false, description: 'A dictionary.' },
  ],
  isPure: false,
  reaches: ['network'],
  isSync: true,
  mistralClass: 'mistral.notifiers.publishers.webhook.WebhookPublisher',
  async run({ url = null, data = null, headers = null }, context) {
    const { runHttp } = await import('./http/run-http.ts');
    const request = { url, method: 'POST', headers, json: data ?? {}, timeout: TIMEOUT_SECONDS };
    const result = await runHttp(request, context);
    const isRedirect = isObject(result.value) && Number(result.value.status) >= 300;
    return isRedirect ? failed(result.value) : result;
  },
};
