import type { FunctionDefinition } from './function-definition.ts';
import { BOOLEAN } from './functions/boolean.ts';
import { BRANCHING } from './functions/branching.ts';
import { COLLECTIONS } from './functions/collections.ts';
import { MATH } from './functions/math.ts';
import { MISTRAL } from './functions/mistral.ts';
import { QUERIES } from './functions/queries.ts';
import { REGEX } from './functions/regex.ts';
import { STRINGS } from './functions/strings.ts';
import { SYSTEM } from './functions/system.ts';
import { TIME } from './functions/time.ts';

/** All functions, by family. */
export const FAMILIES: Readonly<Record<string, readonly FunctionDefinition[]>> = {
  boolean: BOOLEAN,
  branching: BRANCHING,
  collections: COLLECTIONS,
  math: MATH,
  mistral: MISTRAL,
  queries: QUERIES,
  regex: REGEX,
  strings: STRINGS,
  system: SYSTEM,
  time: TIME,
};

const byName = new Map<string, FunctionDefinition[]>();
for (const definition of Object.values(FAMILIES).flat()) {
  const existing = byName.get(definition.name);
  if (existing === undefined) byName.set(definition.name, [definition]);
  else existing.push(definition);
}

export function functionsNamed(name: string): readonly FunctionDefinition[] {
  return byName.get(name) ?? [];
}
