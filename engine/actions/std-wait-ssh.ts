import { fromEntries } from '../model/json.ts';
import type { Action } from './action.ts';
import { stdSsh } from './std-ssh.ts';

export const stdWaitSsh: Action = {
  name: 'std.wait_ssh',
  description: "Runs 'ls -l' on another machine over SSH, to see whether it answers; repeat it with a retry policy.",
  parameters: [
    { name: 'host', required: true, description: 'A name, or a list of names.' },
    { name: 'username', required: true, description: 'Who one is there.' },
    { name: 'password', required: true, description: 'Logs in with it.' },
  ],
  isPure: false,
  reaches: ['network', 'files'],
  isSync: true,
  mistralClass: 'mistral.actions.adhoc.AdHocAction',
  run: (input, context) => stdSsh.run(fromEntries([...Object.entries(input), ['cmd', 'ls -l']]), context),
};
