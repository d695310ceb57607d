import { type FSWatcher, watch } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ActionResult } from '../../model/commands.ts';
import type { Logger } from '../../model/logger.ts';
import type { Action, ActionSource } from '../action.ts';
import { ModuleLoading, type ModuleLoadingOptions } from './module-loading.ts';
import type { PackAction } from './pack-messages.ts';
import { PackProcess } from './pack-process.ts';

export interface OwnActionsOptions extends Partial<ModuleLoadingOptions> {
  /** Made when it is not there. */
  readonly folder: string;
  readonly builtIn: ReadonlyMap<string, Action>;
  readonly log: Logger;
  /** How many processes stay without anything to do, each of which takes the memory of a Node; eight unless told otherwise. */
  readonly mostIdle?: number;
}

/** A module of which nothing, or not everything, can be used, or not yet. */
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

const DEFAULTS: ModuleLoadingOptions = { memory: 512, idle: 60_000, slow: 5000, loading: 30_000, stopping: 2000 };

/**
 * The actions that come with the engine, and those that a person has written: modules in a folder, each of which runs in a
 * process of its own. A module that is changed is loaded again; what runs goes on as it was.
 */
export class OwnActions implements ActionSource {
  private readonly options: OwnActionsOptions;
  private actions: ReadonlyMap<string, Action>;
  private broken: readonly ModuleProblem[] = [];
  private modules: ModuleLoading;
  /** What the modules held when they were last loaded, by their names. */
  private known: ReadonlyMap<string, readonly PackAction[]> = new Map();
  /**
   * One for each module of which something runs, or has done so a moment ago: none can do harm to another. The one whose
   * last action ended last stands last.
   */
  private readonly processes = new Map<string, PackProcess>();
  /** Those that do what they had begun when their modules were changed, and those that end. */
  private readonly former = new Set<PackProcess>();
  private readonly listeners = new Set<() => void>();
  private watchers: FSWatcher[] = [];
  private settling: NodeJS.Timeout | undefined;
  private reading: Promise<void> = Promise.resolve();
  /** Resolves when all modules were loaded or have failed; null when none is being loaded. */
  loading: Promise<void> | null = null;
  private isClosed = false;

  private constructor(options: OwnActionsOptions) {
    this.options = options;
    this.actions = options.builtIn;
    this.modules = new ModuleLoading(this.limits());
  }

  /** Resolves when the modules are loaded, or take long. Without any no process is started. */
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
    await this.modules.end();
    await this.reading;
    for (const file of this.processes.keys()) this.dismiss(file);
    await Promise.all([...this.former].map((each) => each.end()));
  }

  private read(): Promise<void> {
    this.reading = this.reading
      .then(() => this.readModules())
      .catch((error: unknown) => {
        this.options.log.warn(`The folder ${this.options.folder} could not be read.`, error);
        this.broken = [{ file: this.options.folder, message: `Your own actions could not be read: ${String(error)}` }];
      })
      .then(() => this.tell());
    const loading = this.reading
      .then(() => this.modules.rest())
      .then(() => {
        // Another round may have begun meanwhile.
        if (this.loading === loading) this.loading = null;
      });
    this.loading = loading;
    return this.reading;
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  private async readModules(): Promise<void> {
    if (this.isClosed) return;
    const { folder } = this.options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await this.watch();
    const names = (await readdir(folder, { withFileTypes: true }))
      // A link could lead anywhere.
      .filter((each) => each.isFile() && MODULE.test(each.name))
      .map(({ name }) => name)
      .toSorted();
    for (const file of this.processes.keys()) this.dismiss(file);
    await this.modules.end();
    if (this.isClosed) return;
    const modules = new ModuleLoading(this.limits());
    this.modules = modules;
    const take = (): void => {
      if (!this.isClosed && this.modules === modules) this.use(names);
    };
    const urls = names.slice(0, MOST_MODULES).map((name) => this.url(name));
    await modules.load(urls, () => {
      take();
      this.tell();
    });
    take();
  }

  /**
   * Takes what is loaded of the modules with these names. What was known of one that is being loaded stays: its actions run
   * once its process has loaded it.
   */
  private use(names: readonly string[]): void {
    const actions = new Map(this.options.builtIn);
    const broken: ModuleProblem[] = [];
    const known = new Map<string, readonly PackAction[]>();
    for (const [at, name] of names.entries()) {
      const file = path.join(this.options.folder, name);
      if (at >= MOST_MODULES) {
        broken.push({ file, message: `Only ${MOST_MODULES} modules are loaded: ${name} is not.` });
        continue;
      }
      const described = this.modules.what(this.url(name));
      if (described === undefined)
        broken.push({ file, message: `${name} takes long to load: its actions can be used once it is loaded.` });
      if (described !== undefined && 'problem' in described) {
        const message = `${name} could not be loaded, and its actions cannot be used: ${described.problem}.`;
        broken.push({ file, message });
        continue;
      }
      const found = described?.actions ?? this.known.get(name);
      if (found === undefined) continue;
      known.set(name, found);
      for (const each of found) {
        const refused = refusal(each.name, actions.get(each.name));
        if (refused === null) actions.set(each.name, this.actionOf(each, file));
        else broken.push({ file, message: `The action '${each.name}' of ${name} cannot be used: ${refused}` });
      }
    }
    this.actions = actions;
    this.known = known;
    this.broken = broken;
  }

  private url(name: string): string {
    return pathToFileURL(path.join(this.options.folder, name)).href;
  }

  private limits(): ModuleLoadingOptions {
    const { builtIn: _builtIn, folder: _folder, log: _log, mostIdle: _mostIdle, ...given } = this.options;
    return { ...DEFAULTS, ...given };
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
      run: (input, context) => this.run(file, name, input, context),
    };
  }

  private async run(file: string, name: string, ...given: Parameters<Action['run']>): Promise<ActionResult> {
    const process = this.alive(file);
    const result = await process.run(pathToFileURL(file).href, name, ...given);
    if (this.processes.get(file) === process) {
      this.processes.delete(file);
      this.processes.set(file, process);
    }
    const { mostIdle = 8 } = this.options;
    const idle = [...this.processes].filter(([, each]) => each.isIdle);
    for (const [longest] of idle.slice(0, -mostIdle)) this.dismiss(longest);
    return result;
  }

  private alive(file: string): PackProcess {
    const known = this.processes.get(file);
    if (known?.isAlive === true) return known;
    if (known !== undefined) this.dismiss(file);
    const process = new PackProcess(this.limits());
    this.processes.set(file, process);
    return process;
  }

  private dismiss(file: string): void {
    const former = this.processes.get(file);
    if (former === undefined) return;
    this.processes.delete(file);
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
