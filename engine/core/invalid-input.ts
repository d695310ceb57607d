import type { InputDeclaration } from '../language/definition.ts';
import type { JsonObject } from '../model/json.ts';

/** What is missing in an input or is not declared, in Mistral's wording, which people search for; null when nothing is. */
export function invalidInput(
  name: string,
  kind: string,
  declared: readonly InputDeclaration[],
  given: JsonObject,
): string | null {
  const names = new Set(declared.map((each) => each.name));
  const missing = declared.filter((each) => each.default === undefined && !Object.hasOwn(given, each.name));
  const unexpected = Object.keys(given).filter((each) => !names.has(each));
  if (missing.length === 0 && unexpected.length === 0) return null;
  const list = (each: readonly string[]): string => `[${each.map((one) => `'${one}'`).join(', ')}]`;
  const parts = [
    `name=${name}`,
    `class=${kind}`,
    ...(missing.length > 0 ? [`missing=${list(missing.map((each) => each.name))}`] : []),
    ...(unexpected.length > 0 ? [`unexpected=${list(unexpected)}`] : []),
  ];
  return `Invalid input [${parts.join(', ')}]`;
}
