import { fromEntries, isObject, type Json } from '../model/json.ts';
import type { Action, ActionContext } from './action.ts';
import { stdHttp } from './std-http.ts';

export const stdMistralHttp: Action = {
  ...stdHttp,
  name: 'std.mistral_http',
  description:
    'Sends an HTTP request whose headers say who is asking, and waits until whoever got it completes the action from ' +
    'outside. It fails at once when the request does.',
  isSync: false,
  mistralClass: 'mistral.actions.std_actions.MistralHTTPAction',
  async run(input, context) {
    const { runHttp } = await import('./http/run-http.ts');
    return runHttp(
      fromEntries([...Object.entries(input), ['headers', withOrigin(input.headers ?? {}, context)]]),
      context,
    );
  },
};

/** Mistral's own headers win; those that a standalone action has no value for are left out. */
function withOrigin(headers: Json, { actionId, origin }: ActionContext): Json {
  if (!isObject(headers)) return headers;
  return fromEntries([
    ...Object.entries(headers),
    ['Mistral-Workflow-Name', origin?.workflowName ?? null],
    ['Mistral-Workflow-Execution-Id', origin?.workflowExecutionId ?? null],
    ['Mistral-Task-Id', origin?.taskExecutionId ?? null],
    ['Mistral-Action-Execution-Id', actionId],
    ['Mistral-Callback-URL', `/v2/action_executions/${actionId}`],
  ]);
}
