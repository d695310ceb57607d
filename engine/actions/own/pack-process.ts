/// <reference path="./module-text.d.ts" />
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ActionResult } from '../../model/commands.ts';
import { encodeJson, type JsonObject } from '../../model/json.ts';
import { type ActionContext, failed, succeeded } from '../action.ts';
import { readJson } from '../json-text.ts';
import { endGroup } from '../local/process-group.ts';
import { moduleText as hooksText } from './pack-hooks.ts?module-text';
import { moduleText as hostText } from './pack-host.ts?module-text';
import { type PackAction, type PackRequest, packMessage } from './pack-messages.ts';
import { moduleText as strippingText } from './strip-types.ts?module-text';

export interface PackProcessOptions {
  /** What all that runs in it may have together, in megabytes. */
  readonly memory: number;
  /** How long it stays without anything to do, in milliseconds. */
  readonly idle: number;
  /** How long a module may take to load, in milliseconds; how long the process takes to start does not count. */
  readonly loading: number;
  /** How long an action may take to stop once it is told to, in milliseconds. */
  readonly stopping: number;
}

export type Described = { readonly actions: readonly PackAction[] } | { readonly problem: string };

export type RunContext = Pick<ActionContext, 'signal' | 'progress' | 'log' | 'maskText'>;

interface Running {
  readonly action: string;
  readonly context: RunContext;
  readonly settle: (result: ActionResult) => void;
}

/** What is kept of what the process itself writes, in characters: it says why it died. */
const LAST_WORDS = 4000;

/** Shorter texts are whole, in characters. */
const SHORTEST_CUT = 4000;

/**
 * Its program comes as the first message: a bundle needs no second file, and a command line has no room for it. In three
 * parts, since Node takes longer for a large text than for all the rest of the start.
 */
const BOOTSTRAP = `process.once('message', (texts) => {
  const [host, hooks, stripping] = texts.map(
    (text) => 'data:text/javascript;base64,' + Buffer.from(text).toString('base64'),
  );
  require('node:module').register(hooks, { data: stripping });
  import(host).then(({ serve }) => serve(stripping));
})`;

/**
 * A process in which modules are loaded and a person's own actions run: Node, or Electron as Node. Whatever happens in it, an action fails with
 * a sentence and the engine goes on. It ends when it has had nothing to do for a while.
 */
export class PackProcess {
  private readonly options: PackProcessOptions;
  private readonly child: ChildProcess;
  private readonly running = new Map<number, Running>();
  private describing: ((described: Described) => void) | null = null;
  private lastId = 0;
  private lastWords = '';
  /** Why it ends, in a sentence; null while it shall go on. */
  private ending: string | null = null;
  private isRetired = false;
  private isEmpty = true;
  private isSound = true;
  private idleTimer: NodeJS.Timeout | undefined;
  private setReady: () => void = () => {};
  /** Resolves when it listens, or has ended. */
  readonly ready: Promise<void>;
  /** Resolves when nothing is left of it. */
  readonly gone: Promise<void>;

  constructor(options: PackProcessOptions) {
    this.options = options;
    this.ready = new Promise((resolve) => {
      this.setReady = resolve;
    });
    this.child = spawn(process.execPath, [`--max-old-space-size=${options.memory}`, '-e', BOOTSTRAP], {
      cwd: homedir(),
      // A group of its own: what its actions have started ends with it.
      detached: process.platform !== 'win32',
      env: { ...process.env, NODE_OPTIONS: '', ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
      windowsHide: true,
    });
    this.child.stdin?.on('error', () => {});
    this.child.stdout?.resume();
    this.child.stderr?.on('data', (piece: Buffer) => {
      this.lastWords = (this.lastWords + piece.toString()).slice(-LAST_WORDS);
    });
    this.child.on('message', (message) => this.receive(message));
    this.child.on('error', (error) => this.stop(`their process could not be started: ${error.message}`));
    this.child.send([hostText, hooksText, strippingText], () => {});
    this.gone = this.awaitEnd();
    this.rest();
  }

  /** Whether it can be given something to do. */
  get isAlive(): boolean {
    return this.ending === null && this.child.connected;
  }

  /** Whether it only waits for something to do. */
  get isIdle(): boolean {
    return this.isAlive && this.running.size === 0 && this.describing === null;
  }

  /** Whether there is nothing of any module in it that could be in the way of another one. */
  get isLikeNew(): boolean {
    return this.isEmpty && this.isReliable;
  }

  /** Whether more modules can be loaded in it: none that failed has left a trace. */
  get isReliable(): boolean {
    return this.isAlive && this.isSound;
  }

  get isLoading(): boolean {
    return this.describing !== null;
  }

  /** Loads a module and says what is in it. One at a time. @param file a file URL */
  async describe(file: string): Promise<Described> {
    clearTimeout(this.idleTimer);
    const described = new Promise<Described>((resolve) => {
      this.describing = resolve;
    });
    await this.ready;
    const { loading } = this.options;
    const late = setTimeout(() => this.stop(`it took longer than ${loading / 1000} seconds to load`), loading);
    this.send({ type: 'describe', file });
    const result = this.isAlive ? await described : { problem: this.ending ?? 'its process is not there' };
    clearTimeout(late);
    this.describing = null;
    if ('actions' in result) this.isEmpty = false;
    this.rest();
    return result;
  }

  run(file: string, action: string, input: JsonObject, context: RunContext): Promise<ActionResult> {
    clearTimeout(this.idleTimer);
    const id = ++this.lastId;
    return new Promise((resolve) => {
      let late: NodeJS.Timeout | undefined;
      const abort = (): void => {
        this.send({ type: 'abort', id });
        late = setTimeout(() => this.stop(`${action} did not stop when it was told to`), this.options.stopping);
      };
      const settle = (result: ActionResult): void => {
        clearTimeout(late);
        context.signal.removeEventListener('abort', abort);
        this.running.delete(id);
        this.rest();
        resolve(result);
      };
      this.running.set(id, { action, context, settle });
      this.send({ type: 'run', id, file, name: action, input: encodeJson(input) });
      if (context.signal.aborted) abort();
      else context.signal.addEventListener('abort', abort);
    });
  }

  /** Gets nothing new to do, and ends when what runs has ended. */
  retire(): void {
    this.isRetired = true;
    this.rest();
  }

  /** Ends it with all that runs in it. */
  async end(): Promise<void> {
    this.stop('it was ended');
    await this.gone;
  }

  private rest(): void {
    clearTimeout(this.idleTimer);
    if (this.running.size > 0 || this.describing !== null || this.ending !== null) return;
    if (this.isRetired) this.stop('it was ended');
    else this.idleTimer = setTimeout(() => this.stop('it was ended'), this.options.idle);
  }

  private stop(why: string): void {
    if (this.ending !== null) return;
    this.ending = why;
    clearTimeout(this.idleTimer);
    void endGroup(this.child);
  }

  private send(request: PackRequest): void {
    if (this.child.connected) this.child.send(request, () => {});
  }

  private receive(given: unknown): void {
    const parsed = packMessage.safeParse(given);
    if (!parsed.success) return;
    const message = parsed.data;
    switch (message.type) {
      case 'ready':
        this.setReady();
        return;
      case 'described':
        this.describing?.({ actions: message.actions });
        return;
      case 'broken':
        this.isSound &&= message.isHarmless;
        this.describing?.({ problem: message.message });
        return;
      case 'threw':
        this.ending ??= message.message;
        return;
      case 'reported': {
        const context = this.running.get(message.id)?.context;
        for (const { text, source } of message.lines) context?.log(whole(text, context), source ?? undefined);
        if (message.progress !== null) {
          const { fraction, text } = message.progress;
          context?.progress(fraction, text === null ? undefined : whole(text, context));
        }
        return;
      }
      case 'returned':
        this.running.get(message.id)?.settle(resultOf(message.json));
        return;
      case 'failed': {
        const running = this.running.get(message.id);
        running?.settle(failed(`${running.action} failed: ${whole(message.message, running.context)}.`));
        return;
      }
      default:
        message satisfies never;
    }
  }

  /** What it said before it ended is heard first. */
  private async awaitEnd(): Promise<void> {
    const { child } = this;
    const said = Promise.all([
      child.connected ? once(child, 'disconnect') : null,
      child.stderr === null ? null : once(child.stderr, 'close'),
    ]).catch(() => {});
    const ended = await once(child, 'exit').catch(() => [null, null]);
    // Programs that an action has started may hold the streams open.
    await Promise.race([said, sleep(200)]);
    this.ending ??= this.causeOfDeath(ended[0], ended[1]);
    await endGroup(child);
    this.describing?.({ problem: this.ending });
    this.setReady();
    for (const { action, settle } of [...this.running.values()]) {
      settle(
        failed(`${action} failed: the process of your own actions ended while it ran. The reason: ${this.ending}.`),
      );
    }
  }

  private causeOfDeath(code: number | null, signal: NodeJS.Signals | null): string {
    if (this.lastWords.includes('heap out of memory') || signal === 'SIGABRT' || signal === 'SIGTRAP') {
      return `it needed more memory than the ${this.options.memory} MB that the actions of a module may have together`;
    }
    return signal === null ? `it was left with the exit code ${code}` : `it was killed (${signal})`;
  }
}

/** The other side cuts texts, and knows no secrets: what may be the beginning of one at the end of a long text is left out. */
function whole(text: string, context: Pick<ActionContext, 'maskText'>): string {
  return text.length < SHORTEST_CUT ? text : context.maskText().add(text);
}

function resultOf(json: string): ActionResult {
  return succeeded(readJson(json));
}
