import { setTimeout as sleep } from 'node:timers/promises';
import { type Described, PackProcess, type PackProcessOptions } from './pack-process.ts';

export interface ModuleLoadingOptions extends PackProcessOptions {
  /** How long the others wait for a module that is loaded, in milliseconds. */
  readonly slow: number;
}

/**
 * Loads modules to see what is in them, one after another in one process, as long as all goes well. No module keeps another
 * one from being loaded: when one takes long, or fails and has changed what all in a process share, the others go on in
 * another process; and one that failed beside others is tried again without them.
 */
export class ModuleLoading {
  private readonly options: ModuleLoadingOptions;
  private process: PackProcess | null = null;
  /** For those that are tried again; it holds none that could be loaded. */
  private second: PackProcess | null = null;
  private readonly all = new Set<PackProcess>();
  private readonly described = new Map<string, Described>();
  /** All but those that take long are loaded. */
  private isOver = false;
  /** Those that take long. */
  private readonly slow: Promise<void>[] = [];
  private isEnded = false;

  constructor(options: ModuleLoadingOptions) {
    this.options = options;
  }

  /**
   * Resolves when every module was loaded, has failed, or takes long.
   *
   * @param files file URLs
   * @param late called when one that takes long was loaded, or has failed
   */
  async load(files: readonly string[], late: () => void): Promise<void> {
    for (const file of files) {
      if (this.isEnded) break;
      if (this.process?.isReliable !== true) this.process = this.start();
      const { process } = this;
      const loading = this.loadOne(file, process);
      // How long Node takes to start says nothing about the module.
      await process.ready;
      if (await isOverWithin(loading, this.options.slow)) continue;
      this.slow.push(loading.then(late));
      this.leave(process);
    }
    this.isOver = true;
    for (const each of [this.process, this.second]) if (each !== null) this.leave(each);
  }

  /** Resolves when those that take long were loaded, too, or have failed, and were told of. */
  async rest(): Promise<void> {
    await Promise.all(this.slow);
  }

  /** What is in a module; undefined while it is loaded. */
  what(file: string): Described | undefined {
    return this.described.get(file);
  }

  /** Loads nothing any more. Resolves when no process is left. */
  async end(): Promise<void> {
    this.isEnded = true;
    await Promise.all([...this.all].map((each) => each.end()));
  }

  private async loadOne(file: string, process: PackProcess): Promise<void> {
    const wasAlone = process.isLikeNew;
    let described = await process.describe(file);
    if (!process.isReliable) this.leave(process);
    if ('problem' in described && !wasAlone && !this.isEnded) {
      const second = this.second?.isLikeNew === true && !this.second.isLoading ? this.second : this.start();
      this.second = second;
      described = await second.describe(file);
      if (!second.isLikeNew || this.isOver || this.second !== second) this.leave(second);
    }
    this.described.set(file, described);
  }

  private start(): PackProcess {
    const process = new PackProcess(this.options);
    this.all.add(process);
    void process.gone.then(() => this.all.delete(process));
    return process;
  }

  /** It ends when it has loaded what it loads. */
  private leave(process: PackProcess): void {
    process.retire();
    if (this.process === process) this.process = null;
    if (this.second === process) this.second = null;
  }
}

async function isOverWithin(work: Promise<void>, milliseconds: number): Promise<boolean> {
  const over = new AbortController();
  const late = sleep(milliseconds, false, { signal: over.signal }).catch(() => true);
  const isOver = await Promise.race([work.then(() => true), late]);
  over.abort();
  return isOver;
}
