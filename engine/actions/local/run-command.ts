import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import type { Readable } from 'node:stream';
import type { ActionResult } from '../../model/commands.ts';
import { type Json, type JsonObject, toPlain } from '../../model/json.ts';
import { toJsonText } from '../../model/json-text.ts';
import { type ActionContext, failed, type LogSource, succeeded } from '../action.ts';
import { wait } from '../wait.ts';
import { BoundedText } from './bounded-text.ts';
import { localPath } from './local-path.ts';
import { endGroup } from './process-group.ts';
import { numberOr, secondsOr } from './read-input.ts';

const TIMEOUT_SECONDS = 3600;
/** Characters of each stream that are kept for the result, unless told otherwise, and at most. */
const OUTPUT_LIMIT = 1_000_000;
const MOST_OUTPUT = 4_000_000;
/** A line that does not end is logged in pieces of this length. */
const LONGEST_LINE = 4000;
/** After so many bytes a stream has to wait so many milliseconds: 20 MiB a second are enough for everybody. */
const BURST = 512 * 1024;
const BREATH = 25;
/** How long output may still come once the command has ended, in seconds: somebody else may hold its streams. */
const LAST_WORDS = 1;

/** Runs what the parameters of local.run say. The result is the same for a failure, with `error` in it. */
export async function runCommand(input: JsonObject, context: ActionContext): Promise<ActionResult> {
  const seconds = secondsOr('timeout', input.timeout, TIMEOUT_SECONDS);
  const limit = Math.min(numberOr(input.output_limit, OUTPUT_LIMIT), MOST_OUTPUT);
  const stdout = new BoundedText(limit, context.maskText());
  const stderr = new BoundedText(limit, context.maskText());
  const result = (exitCode: number | null, error: string | null): ActionResult => {
    const value = { exit_code: exitCode, stdout: stdout.toString(), stderr: stderr.toString() };
    return error === null ? succeeded(value) : failed({ ...value, error });
  };
  const cwd = input.cwd === undefined || input.cwd === null ? homedir() : localPath(input.cwd);
  if (!(await stat(cwd).catch(() => null))?.isDirectory()) return result(null, `There is no folder ${cwd}.`);
  context.signal.throwIfAborted();

  let child: ChildProcess;
  let started: Promise<unknown>;
  const refused = (error: unknown): ActionResult =>
    result(null, `The command could not be started: ${reasonOf(error, input.command ?? null)}.`);
  try {
    child = start(input.command ?? null, cwd, environment(input.env ?? null));
    started = once(child, 'spawn');
  } catch (error) {
    return refused(error); // some reasons are known at once
  }
  const exit = once(child, 'exit');
  const closed = once(child, 'close');
  for (const each of [exit, closed]) each.catch(() => {}); // of a command that did not start
  const flushes = [follow(child.stdout, 'stdout', stdout, context), follow(child.stderr, 'stderr', stderr, context)];
  child.stdin?.on('error', () => {}); // the command need not read it
  child.stdin?.end(stdinOf(input.stdin ?? null));
  try {
    await started;
  } catch (error) {
    return refused(error);
  }
  const patience = new AbortController();
  try {
    const stopped = AbortSignal.any([context.signal, patience.signal]);
    const isOver = await Promise.race([
      exit.then(() => false),
      wait(seconds, stopped).then(
        () => true,
        () => true,
      ),
    ]);
    await endGroup(child);
    await Promise.race([closed, wait(LAST_WORDS, patience.signal).catch(() => {})]);
    for (const flush of flushes) flush();
    context.signal.throwIfAborted();
    if (isOver) return result(null, `The command was stopped after ${seconds} seconds.`);
  } finally {
    patience.abort();
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
  const { exitCode, signalCode } = child;
  if (exitCode === null) return result(null, `The command was ended by ${signalCode}.`);
  const accepted = Array.isArray(input.accept) ? input.accept : [0];
  return result(exitCode, accepted.includes(exitCode) ? null : `The command ended with ${exitCode}.`);
}

/** Each command leads a process group of its own, so that all of it can be ended. */
function start(command: Json, cwd: string, env: NodeJS.ProcessEnv): ChildProcess {
  const options = { cwd, env, detached: process.platform !== 'win32', windowsHide: true } as const;
  if (!Array.isArray(command)) return spawn(String(command), { ...options, shell: true });
  const [program = '', ...args] = command.map(wordOf);
  return spawn(program, args, options);
}

/** The person's own variables, and on top of them what is given; null takes one away. */
function environment(given: Json): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const [name, value] of Object.entries((given ?? {}) as JsonObject)) {
    if (value === null) delete env[name];
    else env[name] = wordOf(value);
  }
  return env;
}

function wordOf(value: Json): string {
  const plain = toPlain(value);
  return typeof plain === 'object' ? toJsonText(value) : String(plain);
}

function stdinOf(value: Json): string {
  return value === null ? '' : typeof value === 'string' ? value : toJsonText(value);
}

/** Keeps what comes, and logs it line by line. Returns what logs the rest. */
function follow(stream: Readable | null, source: LogSource, text: BoundedText, context: ActionContext): () => void {
  let line = '';
  let taken = 0;
  stream?.on('error', () => {});
  stream?.on('data', (bytes: Buffer) => {
    taken += bytes.length;
    if (taken > BURST) {
      // A command that writes without end is held up, and nobody else is.
      taken = 0;
      stream.pause();
      setTimeout(() => stream.resume(), BREATH);
    }
    line += text.add(bytes);
    const end = line.length > LONGEST_LINE ? line.length : line.lastIndexOf('\n') + 1;
    if (end === 0) return;
    context.log(line.slice(0, end), source);
    line = line.slice(end);
  });
  return () => {
    line += text.end();
    if (line !== '') context.log(line, source);
    line = '';
  };
}

function reasonOf(error: unknown, command: Json): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const program = Array.isArray(command) ? String(command[0]) : 'the shell';
  if (code === 'ENOENT') return `there is no program ${program}`;
  if (code === 'EACCES') return `${program} may not be run`;
  if (code === 'E2BIG') return 'its arguments and variables are too long';
  return message;
}
