/// <reference path="../../worker-text.d.ts" />
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Answer, Outcome, Script } from './sandbox-worker.ts';
import { workerText } from './sandbox-worker.ts?worker-text';

/** How many scripts run at once; the others wait their turn. */
const AT_ONCE = Math.min(4, availableParallelism());

/** How long a worker is kept for the next script, in milliseconds: starting one takes about 100. */
const KEPT = 10_000;

/** What a worker may have beside the engine's own memory: the texts that go in and come out. */
const resourceLimits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 };

interface Job {
  readonly script: Script;
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (reason: unknown) => void;
}

const waiting: Job[] = [];
const idle = new Map<Worker, NodeJS.Timeout>();
let busy = 0;

/**
 * Runs a script in an engine that has nothing but the language: no files, no network, no timers. A script that runs too
 * long, or that nobody waits for any more, is stopped whatever it does.
 *
 * @param seconds how long it may run, once its turn has come
 * @throws the signal's reason once it is aborted
 */
export function runScript(script: Script, seconds: number, signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    waiting.push({ script, seconds, signal, resolve, reject });
    startNext();
  });
}

function startNext(): void {
  while (busy < AT_ONCE) {
    const job = waiting.shift();
    if (job === undefined) return;
    if (job.signal.aborted) job.reject(job.signal.reason);
    else start(job);
  }
}

function start({ script, seconds, signal, resolve, reject }: Job): void {
  const worker = takeIdle() ?? new Worker(workerText, { eval: true, name: 'std.javascript', env: {}, resourceLimits });
  busy++;
  worker.ref();
  const finish = (isReusable: boolean, settle: () => void): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    worker.off('message', answered).off('error', broke);
    busy--;
    if (isReusable) keep(worker);
    else discard(worker);
    settle();
    startNext();
  };
  const threw = (message: string): void => finish(false, () => resolve({ type: 'threw', message, line: null }));
  const abort = (): void => finish(false, () => reject(signal.reason));
  const answered = ({ outcome, isReusable }: Answer): void => finish(isReusable, () => resolve(outcome));
  const broke = (error: Error): void => threw(`its engine broke: ${error.message}`);
  worker.on('message', answered).on('error', broke);
  const timer = setTimeout(() => threw(`it was stopped after ${seconds} seconds.`), seconds * 1000);
  signal.addEventListener('abort', abort);
  worker.postMessage(script);
}

/** An idle worker does not keep the program from ending. */
function keep(worker: Worker): void {
  const timer = setTimeout(() => {
    idle.delete(worker);
    discard(worker);
  }, KEPT);
  timer.unref();
  worker.unref();
  idle.set(worker, timer);
}

function takeIdle(): Worker | null {
  const [first] = idle;
  if (first === undefined) return null;
  const [worker, timer] = first;
  clearTimeout(timer);
  idle.delete(worker);
  return worker;
}

function discard(worker: Worker): void {
  worker.on('error', () => {}); // what it says while it ends concerns nobody
  void worker.terminate();
}
