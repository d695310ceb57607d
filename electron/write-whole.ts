import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { explainFailure } from './explain-failure.ts';

/** What came of executions is for its owner only. */
export const OWN = 0o600;

/**
 * A new file in place of the old one, so that a crash, or a failure, leaves one of the two.
 *
 * @param data its text, or the pieces of it
 * @param mode its permissions; unless told otherwise it keeps those of the old one
 * @throws ApiError with a sentence that names the file
 */
export async function writeWhole(file: string, data: string | AsyncIterable<string>, mode?: number): Promise<void> {
  const name = path.basename(file);
  try {
    const target = await fs.realpath(file).catch(() => file);
    const before = await fs.stat(target).catch(() => null);
    const temporary = path.join(path.dirname(target), `.${name}.${randomUUID().slice(0, 8)}.tmp`);
    try {
      const handle = await fs.open(temporary, 'wx', mode ?? before?.mode);
      try {
        await fs.writeFile(handle, data);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await fs.rename(temporary, target);
    } catch (error) {
      await fs.rm(temporary, { force: true });
      throw error;
    }
  } catch (error) {
    throw explainFailure(error, name, 'written');
  }
}
