import fs from 'node:fs/promises';
import path from 'node:path';
import { ApiError } from '../engine/api/api-error.ts';
import type { FileFromOutside } from './bridge.ts';
import type { OpenedFile } from './contract.ts';

/** A workflow that a person wrote has some kilobytes. What is far beyond that was picked by mistake. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Reads a file that the person has chosen.
 * @throws ApiError with a sentence that names the file: it is gone, no file, too large, no text, or not readable
 */
export async function readYamlFile(file: string): Promise<OpenedFile> {
  const name = path.basename(file);
  try {
    const stat = await fs.stat(file);
    if (!stat.isFile()) throw new ApiError('INVALID', `${name} is not a file.`);
    if (stat.size > MAX_BYTES) {
      throw new ApiError(
        'INVALID',
        `${name} is too large for a workflow: ${megabytes(stat.size)}, at most 4 MB are read.`,
      );
    }
    return { name, text: decode(await fs.readFile(file), name) };
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError(...explain(error, name));
  }
}

/** The same for a file that nobody in the window is waiting for: what went wrong is told like a file. */
export async function readFileFromOutside(file: string): Promise<FileFromOutside> {
  try {
    return { type: 'opened', ...(await readYamlFile(file)) };
  } catch (error) {
    return { type: 'unreadable', name: path.basename(file), message: error instanceof Error ? error.message : '' };
  }
}

/** The workflow files among the words of a command line, as absolute paths. */
export function yamlFilesIn(words: readonly string[], folder: string): string[] {
  return words
    .filter((word) => !word.startsWith('-') && /\.ya?ml$/i.test(word))
    .map((word) => path.resolve(folder, word));
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    // Takes a byte order mark off, too.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ApiError('INVALID', `${name} is not a text file in UTF-8.`);
  }
}

function explain(error: unknown, name: string): ConstructorParameters<typeof ApiError> {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return ['NOT_FOUND', `${name} is not there any more.`];
  if (code === 'EACCES' || code === 'EPERM') return ['INVALID', `${name} may not be read: permission denied.`];
  return ['INVALID', `${name} cannot be read: ${error instanceof Error ? error.message : String(error)}.`];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
