import { isTrue } from '../../expressions/python/truth.ts';
import type { ActionResult } from '../../model/commands.ts';
import type { JsonObject } from '../../model/json.ts';
import { type Limits, runCommand, withConnection } from './connection.ts';
import { loginOf, readPrivateKey } from './login.ts';
import { onHosts } from './on-hosts.ts';
import { portOf, textOf } from './ssh-input.ts';

/** Runs what the parameters of std.ssh say. */
export function runSsh(input: JsonObject, limits: Limits): Promise<ActionResult> {
  return onHosts(input, isTrue(input.return_result_on_error ?? null), async (host) => {
    const username = textOf(input, 'username');
    const password = textOf(input, 'password');
    const key = await readPrivateKey(textOf(input, 'private_key'), textOf(input, 'private_key_filename'), password);
    const login = await loginOf(username, password, key);
    const command = textOf(input, 'cmd');
    const target = { host, port: portOf(input), username, login };
    return withConnection(target, limits, (client) => runCommand(client, command, limits));
  });
}
