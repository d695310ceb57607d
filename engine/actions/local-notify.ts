import type { Action } from './action.ts';
import { NO_DESKTOP } from './desktop.ts';
import { attempt } from './local/attempt.ts';
import { textOr } from './local/read-input.ts';

export const localNotify: Action = {
  name: 'local.notify',
  description: 'Shows a notification of the system.',
  result: 'nothing',
  parameters: [
    { name: 'title', required: true, types: ['text'], description: 'One line.' },
    { name: 'text', required: false, types: ['text'], description: 'What it says below.' },
  ],
  isPure: false,
  reaches: ['person'],
  bounds: { seconds: 60 },
  isSync: true,
  mistralClass: 'windrose.actions.local.NotifyAction',
  run: ({ title, text }, { desktop }) =>
    attempt(async () => {
      if (desktop === null) throw new Error(NO_DESKTOP);
      await desktop.notify({ title: textOr(title, '').slice(0, 200), text: textOr(text, '').slice(0, 2000) });
      return null;
    }),
};
