import { setTimeout as sleep } from 'node:timers/promises';
import { type Described, PackProcess, type PackProcessOptions } from './pack-process.ts';

export interface ModuleLoadingOptions extends PackProcessOptions {
  /** How long the others wait for a module that is loaded, in milliseconds. */
  readonly slow: number;
}

/**
 * Loads modules to see what is in them, one after another in one process, as long as all goes well. No module keeps another
 * one from being loaded: when one takes long, the others go on in another process; after one that failed, which may have
 * changed what all in a process share, they do so, too; and one that failed beside others is tried again alone.
 */
export class ModuleLoading {
  private readonly options: ModuleLoadingOptions;
  private process: PackProcess | null = null;
  private readonly all = new Set<PackProcess>();
  private readonly described = new Map<string, Described>();
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
      if (this.process?.isAlive !== true) this.process = this.start();
      const { process } = this;
      const loading = this.loadOne(file, process);
      // How long Node takes to start says nothing about the module.
      await process.ready;
      if (await isOverWithin(loading, this.options.slow)) continue;
      void loading.then(late);
      this.leave(process);
    }
    if (this.process !== null) this.leave(this.process);
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
    const wasAlone = process.isUnused;
    let described = await process.describe(file);
    if ('problem' in described) this.leave(process);
    if ('problem' in described && !wasAlone && !this.isEnded) {
      const another = this.start();
      described = await another.describe(file);
      another.retire();
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
  }
}

async function isOverWithin(work: Promise<void>, milliseconds: number): Promise<boolean> {
  const over = new AbortController();
  const late = sleep(milliseconds, false, { signal: over.signal }).catch(() => true);
  const isOver = await Promise.race([work.then(() => true), late]);
  over.abort();
  return isOver;
}
