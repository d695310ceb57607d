import { readFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// What Node asks in a thread of its own (`module.register`), in the process in which a person's own actions run.

let stripping = '';

/**
 * A module may be in an endless loop when the engine is killed: this thread sees the end of the standard input.
 *
 * @param given the address of strip-types.ts: most folders need none of it, and it takes as long to load as all the rest
 * @public
 */
export function initialize(given: string): void {
  stripping = given;
  const end = (): void => {
    process.kill(process.pid, 'SIGKILL');
  };
  new Socket({ fd: 0 })
    .on('error', () => {})
    .on('close', end)
    .resume();
}

interface LoadContext {
  readonly format?: string | null;
}
type NextLoad = (url: string, context: LoadContext) => unknown;

/**
 * The text of modules, without types. In the folder of own actions `.js` means a module, as everywhere else than in Node.
 *
 * @public
 */
export async function load(url: string, context: LoadContext, next: NextLoad): Promise<unknown> {
  if (!url.startsWith('file:') || url.includes('/node_modules/')) return next(url, context);
  const file = fileURLToPath(url);
  if (/\.m?ts$/.test(file)) {
    const { stripTypes } = (await import(stripping)) as typeof import('./strip-types.ts');
    const source = stripTypes(await readFile(file, 'utf8'), path.basename(file));
    return { format: 'module', shortCircuit: true, source };
  }
  return next(url, file.endsWith('.js') ? { ...context, format: 'module' } : context);
}
