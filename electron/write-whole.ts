import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { explainFailure } from './yaml-files.ts';

/**
 * A new file in place of the old one, so that a crash leaves one of the two. It keeps the permissions.
 * @throws ApiError with a sentence that names the file
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const name = path.basename(file);
  try {
    const target = await fs.realpath(file).catch(() => file);
    const mode = await fs.stat(target).then(
      (stat) => stat.mode,
      () => undefined,
    );
    const temporary = path.join(path.dirname(target), `.${name}.${randomUUID().slice(0, 8)}.tmp`);
    try {
      const handle = await fs.open(temporary, 'wx', mode);
      try {
        await handle.writeFile(text);
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
