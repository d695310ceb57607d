import type { Duplex } from 'node:stream';
import ssh2, { type Client, type ClientChannel } from 'ssh2';
import { maskedBy, type TextMask } from '../text-mask.ts';
import type { Login } from './login.ts';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly login: Login;
  /** Over what, where the way there is not a connection of its own. */
  readonly over?: Duplex;
}

export interface Limits {
  readonly signal: AbortSignal;
  /** How long it may take until commands can be run. */
  readonly readySeconds: number;
  /** Bytes that each of the two outputs of a command may have. */
  readonly outputLimit: number;
  readonly maskText: () => TextMask;
}

export interface CommandResult {
  /** -1 when a signal ended the command. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A server that does not answer for a minute is gone. */
const KEEPALIVE = { keepaliveInterval: 15_000, keepaliveCountMax: 4 };

/** How long the other side may take to say goodbye, in milliseconds. */
const GOODBYE = 2_000;

/**
 * Does something over a connection that is closed afterwards. Whoever answers is believed, as in Mistral.
 *
 * @throws Error when there is no connection, or it is lost; the signal's reason once it is aborted
 */
export async function withConnection<T>(
  target: Target,
  { signal, readySeconds }: Limits,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const client = new ssh2.Client();
  const { host, port, username, login, over } = target;
  let abort = (): void => {};
  const lost = new Promise<never>((_resolve, reject) => {
    client.on('error', reject);
    client.on('close', () => reject(new Error('the connection was lost.')));
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort);
  });
  lost.catch(() => {}); // what is lost after the work is done concerns nobody
  try {
    const ready = new Promise<void>((resolve) => client.on('ready', resolve));
    client.connect({
      host,
      port,
      username,
      authHandler: [...login],
      readyTimeout: readySeconds * 1000,
      ...KEEPALIVE,
      ...(over === undefined ? {} : { sock: over }),
    });
    client.setNoDelay(true); // small questions and answers, one after another
    await Promise.race([ready, lost]);
    return await Promise.race([use(client), lost]);
  } finally {
    signal.removeEventListener('abort', abort);
    close(client);
  }
}

/** @throws Error when the command cannot be run, or says too much; the signal's reason once it is aborted */
export function runCommand(client: Client, command: string, limits: Limits): Promise<CommandResult> {
  return overCommand(client, command, (channel) => collect(channel, limits));
}

/**
 * Runs a command for what goes through it, in both directions.
 *
 * @param use has to listen before it waits for anything: what comes may be there already
 */
export function overCommand<T>(
  client: Client,
  command: string,
  use: (channel: ClientChannel) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => {
      if (error) reject(error);
      else use(channel).then(resolve, reject);
    });
  });
}

async function collect(channel: ClientChannel, { signal, outputLimit, maskText }: Limits): Promise<CommandResult> {
  let exitCode = -1;
  channel.on('exit', (code: number | null) => {
    exitCode = code ?? -1;
  });
  const closed = new Promise<void>((resolve) => channel.on('close', () => resolve()));
  const outputs = [readBounded(channel, outputLimit), readBounded(channel.stderr, outputLimit)] as const;
  // A remote command outlives its connection unless it is told to end. It could not be told any more if its input had
  // ended, so that stays open, as in Mistral.
  const stop = (): void => channel.signal('TERM');
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop);
  try {
    const [stdout, stderr] = await Promise.all([...outputs, closed]);
    // Before anybody takes a part of it.
    return { exitCode, stdout: maskedBy(maskText(), stdout), stderr: maskedBy(maskText(), stderr) };
  } catch (error) {
    stop();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function readBounded(stream: NodeJS.ReadableStream, limit: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else reject(new Error(`the command gave more than ${limit} bytes.`));
    });
    stream.on('end', () => resolve(Buffer.concat(chunks).toString()));
    stream.on('error', reject);
  });
}

function close(client: Client): void {
  client.on('error', () => {});
  client.end();
  const timer = setTimeout(() => client.destroy(), GOODBYE);
  timer.unref();
  client.once('close', () => clearTimeout(timer));
}
