import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a command may tidy up once it is told to end, in milliseconds. */
const PATIENCE = 1000;

/** How often somebody looks whether all are gone, in milliseconds, and how often it takes a closer look. */
const LOOK = 20;
const CLOSER_LOOK = 5;

/**
 * Ends a process that leads a group, and all others of the group, and resolves when they are gone: they are told to end
 * (SIGTERM), and after a second they are killed.
 */
export async function endGroup({ pid }: ChildProcess): Promise<void> {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true }).on('error', () => {});
    return;
  }
  const killAt = performance.now() + PATIENCE;
  const giveUpAt = killAt + PATIENCE;
  let signal: NodeJS.Signals | 0 = 'SIGTERM';
  for (let looks = 1; send(pid, signal); looks++) {
    if (performance.now() > giveUpAt) return;
    if (looks % CLOSER_LOOK === 0 && !(await anyRuns(pid))) return;
    await sleep(LOOK);
    signal = performance.now() < killAt ? 0 : 'SIGKILL';
  }
}

/** @returns whether anybody is left in the group */
function send(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether anybody in the group still runs. Those that have ended stay in it until somebody asks for their exit code, and
 * in some containers nobody ever does. True where the system does not say.
 */
async function anyRuns(group: number): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const runs = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
      // The name in brackets may hold anything; behind it are the state, the parent and the group.
      const [state, , itsGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(itsGroup) === group && state !== 'Z' && state !== 'X';
    }),
  );
  return pids.length === 0 || runs.includes(true);
}
