import { spend } from '../budget.ts';

/** What is equal is passed over in pieces: comparing unit by unit is slow. */
const CHUNK = 1024;

/** Python compares texts by code point, JavaScript by UTF-16 unit: they differ beyond the basic plane. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  let same = 0;
  while (same + CHUNK <= length && a.slice(same, same + CHUNK) === b.slice(same, same + CHUNK)) same += CHUNK;
  for (let index = same; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left === right) continue;
    spend(index >>> 4);
    return rank(left) - rank(right);
  }
  spend(length >>> 4);
  return a.length - b.length;
}

/** Surrogates stand for code points beyond all others. */
function rank(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
}
