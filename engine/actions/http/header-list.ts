/** In the order in which they are sent or came, with the case that they have there. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** The first value of a header; null without one. */
export function headerOf(headers: HeaderList, name: string): string | null {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? null;
}

/** @param names in lower case */
export function withoutHeaders(headers: HeaderList, ...names: readonly string[]): HeaderList {
  return headers.filter(([name]) => !names.includes(name.toLowerCase()));
}

/** With this header in place of those of the same name. */
export function withHeader(headers: HeaderList, name: string, value: string): HeaderList {
  return [...withoutHeaders(headers, name.toLowerCase()), [name, value]];
}
