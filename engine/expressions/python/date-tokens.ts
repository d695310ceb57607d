import { isWhitespace } from './code-points.ts';

const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;

/**
 * A text with a date in it, cut into words, numbers and single other characters as `dateutil` cuts it. A point belongs
 * to a number or an abbreviation until the whole turns out to have several of them: then it separates.
 */
export function dateTokens(text: string): readonly string[] {
  const characters = Array.from(text.replaceAll('\0', ''));
  const tokens: string[] = [];
  let index = 0;
  while (index < characters.length) {
    const first = characters[index] ?? '';
    if (!LETTER.test(first) && !DIGIT.test(first)) {
      tokens.push(isWhitespace(first) ? ' ' : first);
      index++;
      continue;
    }
    const end = tokenEnd(characters, index);
    tokens.push(...separated(characters.slice(index, end).join('')));
    index = end;
  }
  return tokens;
}

function tokenEnd(characters: readonly string[], start: number): number {
  let isNumber = DIGIT.test(characters[start] ?? '');
  let dotted = false;
  let index = start + 1;
  for (; index < characters.length; index++) {
    const character = characters[index] ?? '';
    const afterDot = characters[index - 1] === '.';
    if (character === '.') {
      dotted = true;
    } else if (isNumber && DIGIT.test(character)) {
      // More of the number.
    } else if (!isNumber && LETTER.test(character)) {
      // More of the word.
    } else if (isNumber && !dotted && character === ',' && index - start >= 2) {
      dotted = true;
    } else if (dotted && afterDot && (isNumber ? LETTER : DIGIT).test(character)) {
      isNumber = !isNumber;
    } else {
      break;
    }
  }
  return index;
}

function separated(token: string): readonly string[] {
  if (!/[.,]/.test(token)) return [token];
  const points = token.split('.').length - 1;
  if (/\p{L}/u.test(token) || points > 1 || /[.,]$/.test(token)) {
    return token.split(/([.,])/).filter((part) => part !== '');
  }
  // Fractions of a second may be set off by a comma.
  return [points === 0 ? token.replace(',', '.') : token];
}
