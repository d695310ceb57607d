import fs from 'node:fs/promises';
import path from 'node:path';
import { ApiError } from '../engine/api/api-error.ts';

/** A workflow that a person wrote has some kilobytes. What is far beyond that was picked by mistake. */
const MAX_BYTES = 4 * 1024 * 1024;

/** The text of a file without its byte order mark. */
export interface YamlFile {
  /** Without its folder. */
  readonly name: string;
  readonly text: string;
  readonly hasByteOrderMark: boolean;
}

/**
 * Reads a file that the person has chosen.
 * @throws ApiError with a sentence that names the file: it is gone, no file, too large, no text, or not readable
 */
export async function readYamlFile(file: string): Promise<YamlFile> {
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
    const bytes = await fs.readFile(file);
    const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    return { name, text: decode(bytes, name), hasByteOrderMark };
  } catch (error) {
    throw explainFailure(error, name, 'read');
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

/** @param done what could not be done with the file, as it reads in a sentence */
export function explainFailure(error: unknown, name: string, done: 'read' | 'written'): ApiError {
  if (error instanceof ApiError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return new ApiError('NOT_FOUND', `${name} is not there any more.`);
  if (code === 'EACCES' || code === 'EPERM') {
    return new ApiError('INVALID', `${name} may not be ${done}: permission denied.`);
  }
  if (code === 'ENOSPC') return new ApiError('UNAVAILABLE', `${name} cannot be written: the disk is full.`);
  const reason = error instanceof Error ? error.message : String(error);
  return new ApiError('INVALID', `${name} cannot be ${done}: ${reason}.`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
