import { type Action, succeeded } from './action.ts';
import { readQuestion } from './local/question.ts';

export const localAsk: Action = {
  name: 'local.ask',
  description:
    'Asks the person: yes or no, or to fill in a form. It waits for the answer as long as it takes, also over restarts; ' +
    'the task may have a timeout. Who declines a form lets it fail.',
  result: 'true or false; of a form a dictionary with the values of its fields',
  parameters: [
    { name: 'question', required: true, types: ['text'], description: 'One sentence.' },
    { name: 'details', required: false, types: ['text'], description: 'What else the person should know.' },
    {
      name: 'fields',
      required: false,
      types: ['list'],
      description:
        'Makes it a form: dictionaries with name, and if wanted label, type (text, number, boolean or choice), ' +
        'required, default and choices.',
    },
    { name: 'yes', required: false, types: ['text'], description: 'What the one button says.' },
    { name: 'no', required: false, types: ['text'], description: 'What the other one says.' },
    {
      name: 'fail_on_no',
      required: false,
      types: ['boolean'],
      description: 'Whether no is a failure, which on-error can follow.',
    },
  ],
  isPure: false,
  reaches: ['person'],
  bounds: { onlyWaits: true },
  isSync: false,
  mistralClass: 'windrose.actions.local.AskAction',
  checkInput(input) {
    try {
      readQuestion(input);
      return null;
    } catch (error) {
      return `local.ask: ${error instanceof Error ? error.message : String(error)}`;
    }
  },
  /** There is nothing to start: the question stands in the input, for as long as the action is RUNNING. */
  run: () => succeeded(null),
};
