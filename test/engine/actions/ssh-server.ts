import net from 'node:net';
import ssh2, { type Connection, type ServerChannel } from 'ssh2';
import { listen } from './action-fixture.ts';

export interface SshServer {
  readonly port: number;
  /** What was run, and by whom. */
  readonly commands: readonly { readonly user: string; readonly by: string; readonly command: string }[];
  /** Signals that commands were sent. */
  readonly signals: readonly string[];
  /** Resolves when the last connection is gone. */
  gone(): Promise<void>;
}

export interface SshServerOptions {
  /** The password that lets everybody in; null: none does. */
  readonly password?: string | null;
  /** Asks for the password as a question, and takes it in no other way. */
  readonly asks?: boolean;
  /** A key, private or public, whose owner is let in. */
  readonly key?: string;
  /** What a command does; `nc host port` leads there without being asked. */
  readonly run?: (command: string, channel: ServerChannel, connection: Connection) => void;
}

const hostKey = newKey();

/** Now and then ssh2 makes a key that it cannot read itself: 17 of 3,000 when it was counted. */
export function newKey(passphrase?: string): string {
  const { private: key } =
    passphrase === undefined
      ? ssh2.utils.generateKeyPairSync('ed25519')
      : ssh2.utils.generateKeyPairSync('ed25519', { passphrase, cipher: 'aes256-ctr', rounds: 1 });
  return ssh2.utils.parseKey(key, passphrase) instanceof Error ? newKey(passphrase) : key;
}

/** Does what it is told when it sees the password or the key. */
export async function startSshServer(options: SshServerOptions): Promise<SshServer> {
  const { password = null, asks = false, run = echo } = options;
  const commands: { user: string; by: string; command: string }[] = [];
  const signals: string[] = [];
  const known = options.key === undefined ? null : ssh2.utils.parseKey(options.key);
  if (known instanceof Error) throw known;
  let connections = 0;
  let gone = (): void => {};

  const server = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
    let user = '';
    let by = '';
    connections++;
    connection.on('error', () => {});
    connection.on('close', () => {
      connections--;
      if (connections === 0) gone();
    });
    connection.on('authentication', (attempt) => {
      user = attempt.username;
      by = attempt.method;
      if (attempt.method === 'keyboard-interactive' && asks) {
        attempt.prompt([{ prompt: 'Password:', echo: false }], ([answer]) =>
          answer === password ? attempt.accept() : attempt.reject(),
        );
        return;
      }
      const isKnownPassword = attempt.method === 'password' && !asks && attempt.password === password;
      const isKnownKey = attempt.method === 'publickey' && known?.getPublicSSH().equals(attempt.key.data);
      if (isKnownPassword || isKnownKey) attempt.accept();
      else attempt.reject(asks ? ['keyboard-interactive'] : ['password', 'publickey']);
    });
    connection.on('session', (accept) => {
      const session = accept();
      session.on('signal', (acceptSignal, _reject, { name }) => {
        signals.push(name);
        acceptSignal?.();
      });
      session.on('exec', (acceptCommand, _reject, { command }) => {
        commands.push({ user, by, command });
        const channel = acceptCommand();
        channel.on('error', () => {});
        const [, host, port] = command.match(/^nc (\S+) (\d+)$/) ?? [];
        if (host === undefined) run(command, channel, connection);
        else lead(channel, host, Number(port));
      });
    });
  });
  return {
    port: await listen(server),
    commands,
    signals,
    gone: () =>
      connections === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            gone = resolve;
          }),
  };
}

/** Says the command, and ends well. */
function echo(command: string, channel: ServerChannel): void {
  channel.write(`${command}\n`);
  channel.exit(0);
  channel.end();
}

function lead(channel: ServerChannel, host: string, port: number): void {
  const target = net.connect(port, host);
  target.on('connect', () => channel.pipe(target).pipe(channel));
  target.on('error', (error) => {
    channel.stderr.write(`nc: ${error.message}\n`);
    channel.exit(1);
    channel.end();
  });
  channel.on('close', () => target.destroy());
}
