import type { Client } from 'ssh2';
import type { ActionResult } from '../../model/commands.ts';
import type { JsonObject } from '../../model/json.ts';
import { type CommandResult, type Limits, overCommand, runCommand, type Target, withConnection } from './connection.ts';
import { loginOf, readPrivateKey } from './login.ts';
import { onHosts } from './on-hosts.ts';
import { type ProxyProcess, startProxyCommand } from './proxy-command.ts';
import { portOf, textOf } from './ssh-input.ts';

/** Characters of what the way to the host said of its failure. */
const EXCERPT = 1_000;

/**
 * Runs what the parameters of std.ssh_proxied say: through a gateway, which itself is reached through a command of this
 * machine if one is given. The password only unlocks the key, as in Mistral.
 */
export function runSshProxied(input: JsonObject, limits: Limits): Promise<ActionResult> {
  return onHosts(input, false, async (host) => {
    const username = textOf(input, 'username');
    const passphrase = textOf(input, 'password');
    const key = await readPrivateKey(textOf(input, 'private_key'), textOf(input, 'private_key_filename'), passphrase);
    const command = textOf(input, 'cmd');
    const port = portOf(input);
    const gatewayUser = textOf(input, 'gateway_username') || username;
    const gateway: Target = {
      host: textOf(input, 'gateway_host'),
      port: input.gateway_port === undefined ? 22 : portOf({ port: input.gateway_port }),
      username: gatewayUser,
      login: await loginOf(gatewayUser, '', key),
    };
    const target: Target = { host, port, username, login: await loginOf(username, '', key) };
    const proxyCommand = textOf(input, 'proxy_command');
    const proxy = proxyCommand === '' ? null : startProxyCommand(proxyCommand);
    try {
      const over = proxy === null ? gateway : { ...gateway, over: proxy.stream };
      return await orFailureOf(
        proxy,
        withConnection(over, limits, (client) => runBehind(client, target, command, limits)),
      );
    } finally {
      proxy?.end();
    }
  });
}

/** The gateway's `nc` leads from there to the host. */
async function runBehind(gateway: Client, target: Target, command: string, limits: Limits): Promise<CommandResult> {
  if (!/^[\w.:-]+$/.test(target.host)) throw new Error(`'${target.host}' is no name of a host.`);
  return overCommand(gateway, `nc ${target.host} ${target.port}`, async (over) => {
    const mask = limits.maskText();
    let said = '';
    over.stderr.on('data', (chunk: Buffer) => {
      said = (said + mask.add(chunk.toString())).slice(-EXCERPT);
    });
    try {
      return await withConnection({ ...target, over }, limits, (client) => runCommand(client, command, limits));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw said === '' ? error : new Error(`${reason} (${said.trim()})`);
    }
  });
}

async function orFailureOf<T>(proxy: ProxyProcess | null, work: Promise<T>): Promise<T> {
  return proxy === null ? work : Promise.race([work, proxy.failure]);
}
