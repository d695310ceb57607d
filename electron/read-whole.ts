import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { ApiError } from '../engine/api/api-error.ts';
import { explainFailure } from './explain-failure.ts';

/**
 * What is in a file that the person has chosen, which may be anything: only a regular file is read, since a pipe or a device
 * may never end, and no more of it than the limit, also when it grows meanwhile.
 *
 * @param limit in bytes
 * @param tooLarge what is said of a larger one
 * @throws ApiError with a sentence that names the file
 */
export async function readWhole(file: string, limit: number, tooLarge: (size: number) => string): Promise<Buffer> {
  const name = path.basename(file);
  try {
    const handle = await fs.open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) throw new ApiError('INVALID', `${name} is not a file.`);
      const pieces: Buffer[] = [];
      let size = stat.size;
      if (size <= limit) {
        size = 0;
        for await (const piece of handle.createReadStream({ autoClose: false, end: limit })) {
          pieces.push(piece as Buffer);
          size += (piece as Buffer).length;
        }
      }
      if (size > limit) throw new ApiError('INVALID', tooLarge(size));
      return Buffer.concat(pieces, size);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw explainFailure(error, name, 'read');
  }
}
