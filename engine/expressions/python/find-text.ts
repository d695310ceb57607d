import { spend } from '../budget.ts';

/** JavaScript's own search takes, at worst, as many steps as the two lengths multiplied: up to here that is little. */
const LITTLE = 65_536;
const SHORT = 16;

/** Where the part is first found at or behind the place, or -1; in a time that grows with the sum of the lengths. */
export function indexOfText(text: string, part: string, from = 0): number {
  const room = text.length - from;
  if (isQuick(room, part)) {
    const found = text.indexOf(part, from);
    spend(((found === -1 ? room : found - from) >>> 5) + 1);
    return found;
  }
  if (part.length > room) return -1;
  return firstMatch(
    part.length,
    text.length,
    from,
    (at) => text.charCodeAt(at),
    (at) => part.charCodeAt(at),
  );
}

/** Where the part is last found, or -1. */
export function lastIndexOfText(text: string, part: string): number {
  if (isQuick(text.length, part)) {
    spend((text.length >>> 4) + 1);
    return text.lastIndexOf(part);
  }
  const [end, last] = [text.length - 1, part.length - 1];
  // Both read backwards.
  const found = firstMatch(
    part.length,
    text.length,
    0,
    (at) => text.charCodeAt(end - at),
    (at) => part.charCodeAt(last - at),
  );
  return found === -1 ? -1 : text.length - found - part.length;
}

function isQuick(room: number, part: string): boolean {
  return part.length <= SHORT || room * part.length <= LITTLE;
}

/** The algorithm of Knuth, Morris and Pratt: it never goes back in the text. */
function firstMatch(
  partLength: number,
  textLength: number,
  from: number,
  unitOfText: (at: number) => number,
  unitOfPart: (at: number) => number,
): number {
  spend((partLength + textLength - from) >>> 3);
  // For each length of a beginning of the part: how much of that beginning's end is a beginning again.
  const borders = new Int32Array(partLength + 1);
  borders[0] = -1;
  let border = -1;
  for (let at = 0; at < partLength; ) {
    while (border >= 0 && unitOfPart(at) !== unitOfPart(border)) border = borders[border] as number;
    borders[++at] = ++border;
  }
  let matched = 0;
  for (let at = from; at < textLength; at++) {
    const unit = unitOfText(at);
    while (matched >= 0 && unit !== unitOfPart(matched)) matched = borders[matched] as number;
    if (++matched === partLength) return at + 1 - partLength;
  }
  return -1;
}
