import { isTrue } from '../expressions/python/truth.ts';
import type { Action } from './action.ts';

export const stdHttp: Action = {
  name: 'std.http',
  description:
    'Sends an HTTP request. A status from 200 to 306 is a success; the result is the response either way: content, ' +
    'status, headers, url, history, encoding, reason, cookies and elapsed.',
  parameters: [
    { name: 'url', required: true, description: 'Where to; http or https.' },
    { name: 'method', required: false, description: 'GET unless told otherwise.' },
    {
      name: 'params',
      required: false,
      description: 'The query: a text, or a dictionary in which a list repeats its key.',
    },
    { name: 'body', required: false, description: 'A text, or a dictionary that is sent as JSON text.' },
    { name: 'json', required: false, description: 'Any value, sent as JSON with its content type.' },
    { name: 'headers', required: false, description: 'A dictionary.' },
    { name: 'cookies', required: false, description: 'A dictionary.' },
    {
      name: 'auth',
      required: false,
      description:
        "'user:password' for basic authentication, and for digest when the server asks for it; or a dictionary with type (basic or digest), username and password.",
    },
    {
      name: 'timeout',
      required: false,
      description: 'Seconds that may pass without anything happening; 60 unless told otherwise.',
    },
    {
      name: 'allow_redirects',
      required: false,
      description: 'Whether redirects are followed; no unless told otherwise.',
    },
    {
      name: 'proxies',
      required: false,
      description: 'A dictionary from http and https to addresses; unless told otherwise what the environment says.',
    },
    {
      name: 'verify',
      required: false,
      description: 'false: believe every certificate; a text: the path of the authorities to believe.',
    },
  ],
  isPure: false,
  reaches: ['network', 'files'],
  isSync: true,
  mistralClass: 'mistral.actions.std_actions.HTTPAction',
  checkInput({ body = null, json = null }) {
    return isTrue(body) && isTrue(json) ? "Only one of the parameters 'json' and 'body' can be passed" : null;
  },
  async run(input, context) {
    const { runHttp } = await import('./http/run-http.ts');
    return runHttp(input, context);
  },
};
