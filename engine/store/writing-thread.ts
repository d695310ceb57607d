/// <reference path="../worker-text.d.ts" />
import { Worker } from 'node:worker_threads';
import type { Message, Writing, Written } from './writing-worker.ts';
import { workerText } from './writing-worker.ts?worker-text';

interface Asked {
  readonly where: Pick<Writing, 'path' | 'offset' | 'flags'>;
  readonly bytes: Uint8Array;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** What it holds is a few small files at a time. */
const resourceLimits = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 };

/**
 * A thread that writes small files. Each step of a file (open, write, close, rename) that the event loop asks for takes it and
 * the system several times as long as the step itself, and there are seven for each execution; here a message goes out for
 * all that was asked for in one turn. It waits for a slow disk instead of the event loop.
 */
export class WritingThread {
  #worker: Worker | null = null;
  /** Asked for in this turn. */
  #waiting: Asked[] = [];
  /** What the thread has been told and has not answered, the oldest message first. */
  #underWay: (readonly Asked[])[] = [];
  #ending: NodeJS.Timeout | undefined;
  readonly #kept: number;

  /** @param kept how long a thread is kept that has nothing to do, in milliseconds: starting one takes some 30 */
  constructor(kept = 10_000) {
    this.#kept = kept;
  }

  /** Resolves when it is written; rejects with what the system says, which has a `code`. In the order of the calls. */
  write(where: Asked['where'], bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#send());
      this.#waiting.push({ where, bytes, resolve, reject });
    });
  }

  #send(): void {
    clearTimeout(this.#ending);
    const asked = this.#waiting;
    this.#waiting = [];
    try {
      this.#worker ??= this.#start();
      const message = together(asked);
      this.#worker.postMessage(message, [message.bytes.buffer]);
      this.#worker.ref();
      this.#underWay.push(asked);
    } catch (error) {
      // The system has no memory or no thread to give. Of these nobody was told; what was told before goes on.
      for (const { reject } of asked) reject(error);
      if (this.#underWay.length === 0) this.#rest();
    }
  }

  #start(): Worker {
    const worker = new Worker(workerText, { eval: true, name: 'store', env: {}, resourceLimits });
    worker.on('message', (written: Written) => {
      // One that was given up has nothing to say of what its successor was told.
      if (this.#worker === worker) this.#answered(written);
    });
    worker.on('error', (error) => {
      if (this.#worker === worker) this.#broke(worker, error);
    });
    worker.on('exit', () => {
      if (this.#worker === worker) this.#broke(worker, new Error('the thread that writes files has ended'));
    });
    return worker;
  }

  #answered(written: Written): void {
    for (const [at, { resolve, reject }] of (this.#underWay.shift() ?? []).entries()) {
      const refused = written[at];
      if (refused === null) resolve();
      else reject(Object.assign(new Error(refused?.message ?? 'no answer'), { code: refused?.code ?? '' }));
    }
    if (this.#underWay.length === 0) this.#rest();
  }

  /**
   * Nobody knows what is written and what is not: who asked asks again, and gets another thread. Not before this one has
   * ended: what it still writes must not take the place of anything newer.
   */
  #broke(worker: Worker, error: unknown): void {
    const asked = this.#underWay.flat();
    this.#underWay = [];
    this.#worker = null;
    const rejectAll = (): void => {
      for (const { reject } of asked) reject(error);
    };
    worker.terminate().then(rejectAll, rejectAll);
  }

  /** It does not keep the program from ending, and goes when nobody needs it for some time. */
  #rest(): void {
    const worker = this.#worker;
    worker?.unref();
    this.#ending = setTimeout(() => {
      this.#worker = null;
      void worker?.terminate();
    }, this.#kept);
    this.#ending.unref();
  }
}

/** Their bytes in one block, which moves to the thread without being copied once more. */
function together(asked: readonly Asked[]): Message & { readonly bytes: Uint8Array<ArrayBuffer> } {
  const all = new Uint8Array(asked.reduce((sum, { bytes }) => sum + bytes.length, 0));
  const writings: Writing[] = [];
  let from = 0;
  for (const { where, bytes } of asked) {
    all.set(bytes, from);
    writings.push({ ...where, from, to: from + bytes.length });
    from += bytes.length;
  }
  return { writings, bytes: all };
}
