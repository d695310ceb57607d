/** Differences as "path: reason"; none when `actual` is what `expected` says. */
export function match(expected: unknown, actual: unknown, path?: string): string[];
