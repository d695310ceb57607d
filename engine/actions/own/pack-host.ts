import { AsyncLocalStorage } from 'node:async_hooks';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultBounds } from '../action.ts';
import { areIntrinsicsIntact } from './intrinsics.ts';
import type { PackRequest } from './pack-messages.ts';
import { type LoadedAction, loadModule } from './pack-module.ts';
import { PackReport, send } from './pack-report.ts';

/**
 * The program of the process in which a person's own actions run; pack-hooks.ts is the other thread of it.
 *
 * @param stripping the address of strip-types.ts
 * @public
 */
export function serve(stripping: string): void {
  // The modules find the environment that the person has.
  delete process.env.ELECTRON_RUN_AS_NODE;
  const modules = new Map<string, Promise<ReadonlyMap<string, LoadedAction>>>();
  const running = new Map<number, { readonly controller: AbortController; readonly report: PackReport }>();
  const current = new AsyncLocalStorage<PackReport>();

  const loaded = (file: string): Promise<ReadonlyMap<string, LoadedAction>> => {
    const known = modules.get(file) ?? loadModule(file, stripping);
    modules.set(file, known);
    return known;
  };

  const describe = async (file: string): Promise<void> => {
    try {
      const actions = [...(await loaded(file)).values()].map(({ described }) => described);
      send({ type: 'described', file, actions });
    } catch (error) {
      send({ type: 'broken', file, message: said(error), isHarmless: areIntrinsicsIntact() });
    }
  };

  const run = async ({ id, file, name, input }: Extract<PackRequest, { type: 'run' }>): Promise<void> => {
    const controller = new AbortController();
    const report = new PackReport(id);
    running.set(id, { controller, report });
    const context = {
      signal: controller.signal,
      log: (...values: readonly unknown[]) => report.log(values),
      progress: (fraction: unknown, text: unknown) => report.progress(fraction, text),
    };
    try {
      const action = (await loaded(file)).get(name);
      if (action === undefined) throw new Error(`the module has no action '${name}' any more`);
      const given = fitting(action.input.safeParse(JSON.parse(input)), 'the input does not fit');
      const json = written(await current.run(report, () => action.run(given, context)));
      if (action.output !== null) {
        fitting(action.output.safeParse(JSON.parse(json)), 'what it gave does not fit its output');
      }
      report.end();
      send({ type: 'returned', id, json });
    } catch (error) {
      report.end();
      send({ type: 'failed', id, message: said(error) });
    }
    running.delete(id);
  };

  process.on('message', (request: PackRequest) => {
    if (request.type === 'describe') void describe(request.file);
    else if (request.type === 'run') void run(request);
    else running.get(request.id)?.controller.abort();
  });
  process.on('uncaughtException', (error) => send({ type: 'threw', message: said(error) }, () => process.exit(1)));
  process.on('exit', () => {
    for (const { report } of running.values()) report.end();
  });
  for (const source of ['stdout', 'stderr'] as const) captureOutput(source, current);
  send({ type: 'ready' });
}

/** What an action writes, however deep below, are lines of its log. */
function captureOutput(source: 'stdout' | 'stderr', current: AsyncLocalStorage<PackReport>): void {
  const write = process[source].write.bind(process[source]);
  process[source].write = (chunk: string | Uint8Array, ...rest: never[]): boolean => {
    const report = current.getStore();
    if (report === undefined) return write(chunk, ...rest);
    report.write(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString(), source);
    const done: unknown = rest.find((each) => typeof each === 'function');
    if (typeof done === 'function') process.nextTick(done as () => void);
    return true;
  };
}

type Parsed = { success: true; data: unknown } | { success: false; error: { issues: readonly Issue[] } };
type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

function fitting(parsed: Parsed, what: string): unknown {
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 5);
  throw new Misfit(`${what}: ${issues.map((each) => [...each.path, each.message].join(': ')).join('; ')}`);
}

/** Not a mistake in the module: its place in there says nothing. */
class Misfit extends Error {}

function written(value: unknown): string {
  const json: string | undefined = JSON.stringify(value);
  const limit = defaultBounds.resultSize;
  if ((json?.length ?? 0) > limit)
    throw new Misfit(`its result is larger than ${limit} characters, which is the limit`);
  return json ?? 'null';
}

const LONGEST_MESSAGE = 10_000;

/** What was thrown, with its place where that is in a module of the person. Anything can be thrown. */
function said(error: unknown): string {
  try {
    if (!(error instanceof Error)) {
      const shown = typeof error === 'object' && error !== null ? JSON.stringify(error) : String(error);
      return `it threw ${shown.slice(0, LONGEST_MESSAGE)}`;
    }
    const message = String(error.message || error.name).slice(0, LONGEST_MESSAGE);
    const place = /(file:\/\/[^\s)]*):(\d+):\d+/.exec(error instanceof Misfit ? '' : String(error.stack));
    if (place === null || error instanceof SyntaxError) return message;
    return `${message} (${path.basename(fileURLToPath(place[1] ?? ''))}, line ${place[2]})`;
  } catch {
    return 'it threw something that cannot be shown';
  }
}
