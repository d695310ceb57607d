import type { Action } from './action.ts';

export const localRun: Action = {
  name: 'local.run',
  description:
    'Runs a command on this machine. What it writes can be read while it runs. It fails when the command cannot be started, ends with another code than 0, or is stopped; what it leaves running in its process group is ended with it.',
  result: 'exit_code, stdout and stderr; of a failure also error, a sentence',
  parameters: [
    {
      name: 'command',
      required: true,
      types: ['text', 'list'],
      description: 'A text for the shell, or a list of a program and its arguments, which no shell looks at.',
    },
    {
      name: 'cwd',
      required: false,
      types: ['text'],
      description: "The folder to run it in; the person's own unless told otherwise.",
    },
    {
      name: 'env',
      required: false,
      types: ['dictionary'],
      description: "Variables on top of the person's own; null takes one away.",
    },
    { name: 'stdin', required: false, description: 'What the command can read: a text, or any value as JSON.' },
    {
      name: 'timeout',
      required: false,
      types: ['number'],
      description: 'Seconds after which it is stopped; 3600 unless told otherwise.',
    },
    {
      name: 'accept',
      required: false,
      types: ['list'],
      description: 'The exit codes that are no failure; [0] unless told otherwise.',
    },
    {
      name: 'output_limit',
      required: false,
      types: ['number'],
      description:
        'Characters of each stream that the result keeps, half from the beginning and half from the end; 1000000 unless told otherwise, and 4000000 at most.',
    },
  ],
  isPure: false,
  reaches: ['commands', 'files', 'network'],
  bounds: { seconds: null },
  isSync: true,
  mistralClass: 'windrose.actions.local.RunAction',
  async run(input, context) {
    const { runCommand } = await import('./local/run-command.ts');
    return runCommand(input, context);
  },
};
