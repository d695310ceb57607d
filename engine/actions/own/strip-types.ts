import { transform } from 'sucrase';

/**
 * A TypeScript module without its types, line by line as it was.
 *
 * @param name of the file, for the message
 * @throws SyntaxError with the place
 * @public pack-hooks.ts imports it by its address
 */
export function stripTypes(text: string, name: string): string {
  try {
    return transform(text, { transforms: ['typescript'], disableESTransforms: true }).code;
  } catch (error) {
    throw placed(error, name);
  }
}

/**
 * Where a JavaScript module breaks the grammar; null where that cannot be said.
 *
 * @public pack-module.ts imports it by its address
 */
export function parseProblem(text: string, name: string): SyntaxError | null {
  try {
    transform(text, { transforms: [], disableESTransforms: true });
    return null;
  } catch (error) {
    return placed(error, name);
  }
}

function placed(error: unknown, name: string): SyntaxError {
  const message = error instanceof Error ? error.message : String(error);
  const place = /\s*\((\d+):(\d+)\)$/.exec(message);
  const where = place === null ? '' : `, line ${place[1]}, column ${place[2]}`;
  return new SyntaxError(`${name}${where}: ${message.slice(0, place?.index)}`);
}
