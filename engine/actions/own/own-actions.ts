import { type FSWatcher, watch } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Logger } from '../../model/logger.ts';
import type { Action, ActionSource } from '../action.ts';
import type { PackAction } from './pack-messages.ts';
import { PackProcess, type PackProcessOptions } from './pack-process.ts';

export interface OwnActionsOptions extends Partial<PackProcessOptions> {
  /** Made when it is not there. */
  readonly folder: string;
  readonly builtIn: ReadonlyMap<string, Action>;
  readonly log: Logger;
}

/** A module of which nothing, or not everything, can be used. */
export interface ModuleProblem {
  readonly file: string;
  /** In sentences. */
  readonly message: string;
}

const MODULE = /^[^.].*(?<!\.d)\.(js|mjs|ts|mts)$/;
const MOST_MODULES = 200;

/** How many folders are watched: modules may import from folders beside them. */
const MOST_FOLDERS = 100;

/** A program that writes a file does it in several steps; in milliseconds. */
const SETTLING = 150;

const DEFAULTS: PackProcessOptions = { memory: 512, idle: 60_000 };

/**
 * The actions that come with the engine, and those that a person has written: modules in a folder, which run in a process
 * of their own. A module that is changed is loaded again; what runs goes on as it was.
 */
export class OwnActions implements ActionSource {
  private readonly options: OwnActionsOptions;
  private actions: ReadonlyMap<string, Action>;
  private broken: readonly ModuleProblem[] = [];
  private process: PackProcess | null = null;
  /** Those that do what they had begun when their modules were changed, and those that end. */
  private readonly former = new Set<PackProcess>();
  private readonly listeners = new Set<() => void>();
  private watchers: FSWatcher[] = [];
  private settling: NodeJS.Timeout | undefined;
  private reading: Promise<void> = Promise.resolve();
  private isClosed = false;

  private constructor(options: OwnActionsOptions) {
    this.options = options;
    this.actions = options.builtIn;
  }

  /** Resolves when the modules are loaded. Without any no process is started. */
  static async open(options: OwnActionsOptions): Promise<OwnActions> {
    const own = new OwnActions(options);
    await own.read();
    return own;
  }

  get(name: string): Action | undefined {
    return this.actions.get(name);
  }

  values(): IterableIterator<Action> {
    return this.actions.values();
  }

  problems(): readonly ModuleProblem[] {
    return this.broken;
  }

  /** Calls the listener when the modules were loaded again. */
  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Ends everything that runs. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.settling);
    this.unwatch();
    await this.process?.end();
    await this.reading;
    await Promise.all([...this.former].map((each) => each.end()));
  }

  private read(): Promise<void> {
    this.reading = this.reading
      .then(() => this.readModules())
      .catch((error: unknown) => {
        this.options.log.warn(`The folder ${this.options.folder} could not be read.`, error);
        this.broken = [{ file: this.options.folder, message: `Your own actions could not be read: ${String(error)}` }];
      })
      .then(() => {
        for (const listener of this.listeners) listener();
      });
    return this.reading;
  }

  private async readModules(): Promise<void> {
    if (this.isClosed) return;
    const { folder, builtIn } = this.options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await this.watch();
    if (this.process !== null) this.dismiss(this.process);
    const actions = new Map(builtIn);
    const broken: ModuleProblem[] = [];
    const files = (await readdir(folder, { withFileTypes: true }))
      // A link could lead anywhere.
      .filter((each) => each.isFile() && MODULE.test(each.name))
      .map(({ name }) => name)
      .toSorted();
    for (const name of files.slice(MOST_MODULES)) {
      broken.push({
        file: path.join(folder, name),
        message: `Only ${MOST_MODULES} modules are loaded: ${name} is not.`,
      });
    }
    for (const name of files.slice(0, MOST_MODULES)) {
      if (this.isClosed) return;
      const file = path.join(folder, name);
      const described = await this.alive().describe(pathToFileURL(file).href);
      if ('problem' in described) {
        const message = `${name} could not be loaded, and its actions cannot be used: ${described.problem}.`;
        broken.push({ file, message });
        continue;
      }
      for (const each of described.actions) {
        const refused = refusal(each.name, actions.get(each.name));
        if (refused === null) actions.set(each.name, this.actionOf(each, file));
        else broken.push({ file, message: `The action '${each.name}' of ${name} cannot be used: ${refused}` });
      }
    }
    this.actions = actions;
    this.broken = broken;
  }

  private actionOf({ name, description, parameters, result, timeout }: PackAction, file: string): Action {
    return {
      name,
      description,
      parameters: parameters.map(({ types, ...each }) => (types === null ? each : { ...each, types })),
      ...(result === null ? {} : { result }),
      ...(timeout === null ? {} : { bounds: { seconds: timeout } }),
      file,
      isPure: false,
      reaches: ['commands', 'files', 'network'],
      isSync: true,
      mistralClass: name,
      run: (input, context) => this.alive().run(pathToFileURL(file).href, name, input, context),
    };
  }

  private alive(): PackProcess {
    if (this.process?.isAlive !== true) {
      if (this.process !== null) this.dismiss(this.process);
      const { memory = DEFAULTS.memory, idle = DEFAULTS.idle } = this.options;
      this.process = new PackProcess({ memory, idle });
    }
    return this.process;
  }

  private dismiss(former: PackProcess): void {
    this.process = null;
    this.former.add(former);
    former.retire();
    void former.gone.then(() => this.former.delete(former));
  }

  private async watch(): Promise<void> {
    this.unwatch();
    for (const folder of await foldersIn(this.options.folder)) {
      const watcher = watch(folder, { persistent: false }, () => {
        clearTimeout(this.settling);
        if (!this.isClosed) this.settling = setTimeout(() => void this.read(), SETTLING);
      });
      watcher.on('error', () => watcher.close()); // it is gone: the folder above tells
      this.watchers.push(watcher);
    }
  }

  private unwatch(): void {
    for (const each of this.watchers) each.close();
    this.watchers = [];
  }
}

/** @param known an action that has the name already */
function refusal(name: string, known: Action | undefined): string | null {
  if (/^(std|local)\./.test(name))
    return "names that begin with 'std.' or 'local.' belong to Windrose. Choose another one.";
  if (known?.file === undefined) return null;
  return `${path.basename(known.file)} has an action of that name, too. Choose another one.`;
}

/** The folder and those below it that may hold what modules import. */
async function foldersIn(folder: string): Promise<readonly string[]> {
  const found = [folder];
  for (const each of found) {
    const entries = await readdir(each, { withFileTypes: true });
    for (const entry of entries) {
      const isOther = entry.name.startsWith('.') || entry.name === 'node_modules' || !entry.isDirectory();
      if (!isOther && found.length < MOST_FOLDERS) found.push(path.join(each, entry.name));
    }
  }
  return found;
}
