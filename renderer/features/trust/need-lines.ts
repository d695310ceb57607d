/** The names of the secrets that a text refers to, each once. */
export function secretsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\$\{secret:([^}]+)\}/g)].map(([, name = '']) => name))];
}

/**
 * What an action is given, one entry a line: `url: https://example.org`. What is no whole JSON dictionary (it was cut, or
 * is an expression) stays as it is.
 */
export function needLines(input: string): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(input);
  } catch {
    return input === '' ? [] : [input];
  }
  return linesOf(value);
}

function linesOf(value: unknown): readonly string[] {
  // An ad-hoc action: what it gives to the action below it, and what it is given.
  if (Array.isArray(value)) return value.flatMap(linesOf);
  if (typeof value !== 'object' || value === null) return value === null ? [] : [plain(value)];
  return Object.entries(value).map(([key, each]) => `${key}: ${plain(each)}`);
}

/** Text without its quotes, and lists with room between their entries, as in YAML. */
function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(plain).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([key, each]) => `${key}: ${plain(each)}`)
    .join(', ')}}`;
}
