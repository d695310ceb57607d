import { ExpressionError } from '../../expression-error.ts';

const CONTROL: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
]);
const ESCAPE = /\\(?:g<([^>]*)>|(0[0-7]{0,2}|[0-3][0-7]{2})|([1-9][0-9]?)|([\s\S]?))/g;

/**
 * A replacement's text as Python's `re.sub` reads it: pieces of text and numbers of groups.
 * @throws ExpressionError in Python's words
 */
export function parseReplacement(
  template: string,
  names: ReadonlyMap<string, number>,
  groups: number,
): readonly (string | number)[] {
  const parts: (string | number)[] = [];
  let from = 0;
  for (const match of template.matchAll(ESCAPE)) {
    const [whole, name, octal, digits, letter] = match;
    parts.push(template.slice(from, match.index));
    from = match.index + whole.length;
    if (name !== undefined) {
      parts.push(checkedGroup(/^\d+$/.test(name) ? Number(name) : names.get(name), name, groups, match.index));
    } else if (octal !== undefined) {
      parts.push(String.fromCharCode(Number.parseInt(octal, 8)));
    } else if (digits !== undefined) {
      parts.push(checkedGroup(Number(digits), digits, groups, match.index));
    } else {
      parts.push(escaped(letter ?? '', match.index));
    }
  }
  parts.push(template.slice(from));
  return parts;
}

function checkedGroup(index: number | undefined, name: string, groups: number, position: number): number {
  if (index === undefined) throw new ExpressionError(`unknown group name '${name}'`);
  if (index > groups) throw new ExpressionError(`invalid group reference ${index} at position ${position + 1}`);
  return index;
}

function escaped(letter: string, position: number): string {
  const control = CONTROL.get(letter);
  if (control !== undefined) return control;
  if (letter === '') throw new ExpressionError(`bad escape (end of pattern) at position ${position}`);
  if (/[A-Za-z]/.test(letter)) throw new ExpressionError(`bad escape \\${letter} at position ${position}`);
  return `\\${letter}`;
}
