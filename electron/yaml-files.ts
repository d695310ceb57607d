import path from 'node:path';
import { ApiError } from '../engine/api/api-error.ts';
import { readWhole } from './read-whole.ts';

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
  const bytes = await readWhole(
    file,
    MAX_BYTES,
    (size) => `${name} is too large for a workflow: ${megabytes(size)}, at most 4 MB are read.`,
  );
  const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { name, text: decode(bytes, name), hasByteOrderMark };
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

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
