import { claimItems, spend } from '../../budget.ts';
import { sliceText, textLength } from '../../python/code-points.ts';

export interface LinkStyle {
  /** How many characters of an address are shown; null: all of them. */
  readonly limit: number | null;
  readonly rel: string;
  readonly target: string | null;
  readonly schemes: readonly string[];
}

const URL =
  /^((https?:\/\/|www\.)(([\p{L}\p{N}_%-]+\.)+)?([a-z]{2,63}|xn--[\p{L}\p{N}_%]{2,59})|([\p{L}\p{N}_%-]{2,63}\.)+(com|net|int|edu|gov|org|info|mil)|(https?:\/\/)((([\d]{1,3})(\.[\d]{1,3}){3})|(\[([\da-f]{0,4}:){2}([\da-f]{0,4}:?){1,6}\])))(?::[\d]{1,5})?(?:[/?#]\S*)?$/iu;
const EMAIL = /^\S+@[\p{L}\p{N}_][\p{L}\p{N}_.-]*\.[\p{L}\p{N}_]+$/u;
const BRACKETS = [
  ['(', ')'],
  ['<', '>'],
  ['&lt;', '&gt;'],
] as const;
const LONGEST_WORD = 2000;

/** Makes links of the addresses in a text that has been escaped already. */
export function linkUrls(text: string, style: LinkStyle): string {
  spend(text.length * 3);
  const words = text.split(/(\s+)/);
  claimItems(words.length);
  return words.map((word) => (word.length > LONGEST_WORD ? word : linkWord(word, style))).join('');
}

function linkWord(word: string, style: LinkStyle): string {
  const head = /^([(<]|&lt;)+/.exec(word)?.[0] ?? '';
  let middle = word.slice(head.length);
  let tail = /([)>.,\n]|&gt;)+$/.exec(middle)?.[0] ?? '';
  middle = middle.slice(0, middle.length - tail.length);
  for (const [open, close] of BRACKETS) {
    // A bracket that was opened within the address is closed within it.
    const missing = occurrences(middle, open) - occurrences(middle, close);
    if (missing <= 0) continue;
    for (let moved = Math.min(occurrences(middle, open), occurrences(tail, close)); moved > 0; moved--) {
      const end = tail.indexOf(close) + close.length;
      middle += tail.slice(0, end);
      tail = tail.slice(end);
    }
  }
  return head + link(middle, style) + tail;
}

function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
}

function link(address: string, { limit, rel, target, schemes }: LinkStyle): string {
  const attributes = `${rel === '' ? '' : ` rel="${rel}"`}${target === null ? '' : ` target="${target}"`}`;
  const shown = limit !== null && textLength(address) > limit ? `${sliceText(address, 0, limit)}...` : address;
  if (URL.test(address)) {
    const url = /^https?:\/\//.test(address) ? address : `https://${address}`;
    return `<a href="${url}"${attributes}>${shown}</a>`;
  }
  if (address.startsWith('mailto:') && EMAIL.test(address.slice(7)))
    return `<a href="${address}">${address.slice(7)}</a>`;
  const isEmail =
    !address.startsWith('www.') && !address.startsWith('@') && !address.includes(':') && EMAIL.test(address);
  if (isEmail) return `<a href="mailto:${address}">${address}</a>`;
  const scheme = schemes.find((each) => address !== each && address.startsWith(each));
  return scheme === undefined ? address : `<a href="${address}"${attributes}>${address}</a>`;
}
