import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Case, CaseResult } from './case.ts';
import { startHttpHelper } from './http-helper.ts';
import { runCase } from './run-case.ts';
import { startServer } from './server.ts';

/** Many cases mostly wait. */
const AT_ONCE = 32;

/** Runs every case of a folder, in the order of their ids. */
export async function runCases(folder: string): Promise<readonly CaseResult[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const helper = await startHttpHelper();
  const server = await startServer(`http://127.0.0.1:${helper.port}`);
  try {
    const cases = await Promise.all(
      names.map(async (name) => {
        const text = await readFile(join(folder, name), 'utf8');
        return JSON.parse(text.replaceAll('127.0.0.1:8990', `127.0.0.1:${helper.port}`)) as Case;
      }),
    );
    const results: CaseResult[] = [];
    const queue = [...cases];
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift())
        results.push(await runCase(server, next));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return results.sort((a, b) => (a.id < b.id ? -1 : 1));
  } finally {
    await server.close();
    await helper.close();
  }
}
