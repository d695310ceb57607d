import type { Action } from './action.ts';
import { sshLimits } from './std-ssh.ts';

export const stdSshProxied: Action = {
  name: 'std.ssh_proxied',
  description:
    'Runs a command on another machine over SSH, through a gateway on which nc leads there; the result is its output, ' +
    'or a list for several hosts.',
  parameters: [
    { name: 'cmd', required: true, description: 'The command, for the shell of the other machine.' },
    { name: 'host', required: true, description: 'A name, or a list of names, as the gateway knows them.' },
    { name: 'username', required: true, description: 'Who runs it there.' },
    {
      name: 'private_key_filename',
      required: true,
      description: 'The key to log in with, on the gateway too: a file of the .ssh folder, or a whole path.',
    },
    { name: 'gateway_host', required: true, description: 'The name of the gateway.' },
    {
      name: 'gateway_username',
      required: false,
      description: 'Who one is on the gateway; the same unless told otherwise.',
    },
    { name: 'password', required: false, description: 'Unlocks the key.' },
    {
      name: 'proxy_command',
      required: false,
      description: 'A command of this machine whose input and output lead to the gateway.',
    },
    { name: 'private_key', required: false, description: 'The key as a text, in place of the file.' },
    { name: 'port', required: false, description: '22 unless told otherwise. (Mistral has no such parameter.)' },
    { name: 'gateway_port', required: false, description: 'The same for the gateway.' },
  ],
  isPure: false,
  reaches: ['network', 'files'],
  bounds: { seconds: 86_400 },
  isSync: true,
  mistralClass: 'mistral.actions.std_actions.SSHProxiedAction',
  async run(input, { signal, maskText }) {
    const { runSshProxied } = await import('./ssh/run-ssh-proxied.ts');
    return runSshProxied(input, { ...sshLimits, signal, maskText });
  },
};
