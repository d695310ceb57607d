import { type Action, failed, succeeded } from './action.ts';
import { readJson, writeJson } from './json-text.ts';

const TIME_LIMIT_SECONDS = 30;

export const stdJavascript: Action = {
  name: 'std.javascript',
  description: `Runs JavaScript that sees nothing but its context, for at most ${TIME_LIMIT_SECONDS} seconds.`,
  parameters: [
    { name: 'script', required: true, description: 'The body of a function: what it returns is the result.' },
    { name: 'context', required: false, description: 'Any value; the script sees it as $. It fails without one.' },
  ],
  isPure: true,
  reaches: [],
  isSync: true,
  mistralClass: 'mistral.actions.std_actions.JavaScriptAction',

  async run({ script = null, context = null }, { signal }) {
    if (typeof script !== 'string') return failed('JavaScriptAction failed: the script must be a text.');
    const { runScript } = await import('./javascript/sandbox.ts');
    const given = { body: script, context: context === null ? null : writeJson(context) };
    const outcome = await runScript(given, TIME_LIMIT_SECONDS, signal);
    if (outcome.type === 'returned') return succeeded(outcome.json === null ? null : readJson(outcome.json));
    const place = outcome.line === null ? '' : ` (line ${outcome.line})`;
    return failed(`JavaScriptAction failed: ${outcome.message}${place}`);
  },
};
