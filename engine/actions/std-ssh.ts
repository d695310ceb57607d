import type { Action } from './action.ts';

const READY_SECONDS = 30;
const OUTPUT_LIMIT = 5 * 1024 * 1024;

/** How patient actions that use SSH are, and how much they take. */
export const sshLimits = { readySeconds: READY_SECONDS, outputLimit: OUTPUT_LIMIT };

export const stdSsh: Action = {
  name: 'std.ssh',
  description:
    'Runs a command on another machine over SSH; the result is its output, or a list for several hosts. The keys of ' +
    'the person and their agent are tried after what is given, and whoever answers is believed.',
  parameters: [
    { name: 'cmd', required: true, description: 'The command, for the shell of the other machine.' },
    { name: 'host', required: true, description: 'A name, or a list of names.' },
    { name: 'username', required: true, description: 'Who runs it there.' },
    { name: 'password', required: false, description: 'Logs in with it, and unlocks the key with it.' },
    {
      name: 'private_key_filename',
      required: false,
      description: 'The key to log in with: a file of the .ssh folder, or a whole path.',
    },
    { name: 'private_key', required: false, description: 'The same as a text.' },
    {
      name: 'return_result_on_error',
      required: false,
      description: 'With true the result has stdout, stderr and exit_code, and a command that fails is no failure.',
    },
    { name: 'port', required: false, description: '22 unless told otherwise. (Mistral has no such parameter.)' },
  ],
  isPure: false,
  reaches: ['network', 'files'],
  bounds: { seconds: 86_400 },
  isSync: true,
  mistralClass: 'mistral.actions.std_actions.SSHAction',
  async run(input, { signal, maskText }) {
    const { runSsh } = await import('./ssh/run-ssh.ts');
    return runSsh(input, { ...sshLimits, signal, maskText });
  },
};
