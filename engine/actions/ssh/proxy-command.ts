import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { splitWords } from './split-words.ts';

export interface ProxyProcess {
  /** What goes into the command, and what comes out of it. */
  readonly stream: Duplex;
  /** Rejects when the command cannot be started, and never resolves. */
  readonly failure: Promise<never>;
  /** Ends the command and all that it has started. */
  end(): void;
}

/**
 * Starts a command of this machine that leads somewhere. There is no shell: its words are what a shell would make of it.
 *
 * @throws Error with a sentence when it has none
 */
export function startProxyCommand(command: string): ProxyProcess {
  const [program, ...args] = splitWords(command);
  if (program === undefined) throw new Error('the proxy_command is empty.');
  const isGroup = process.platform !== 'win32';
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], detached: isGroup, windowsHide: true });
  const failure = new Promise<never>((_resolve, reject) => {
    child.on('error', (error) => reject(new Error(`the proxy_command cannot be started: ${error.message}`)));
  });
  failure.catch(() => {});
  const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
  stream.on('error', () => {}); // whoever uses it sees it close
  return {
    stream,
    failure,
    end() {
      stream.destroy();
      if (child.pid === undefined) return;
      try {
        process.kill(isGroup ? -child.pid : child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    },
  };
}
