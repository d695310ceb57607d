import { isSpaceCode } from '../code-points.ts';
import type { CodeTest, PlaceTest } from './syntax.ts';

const NEWLINE = 10;

const LETTER_OR_NUMBER = /[\p{L}\p{N}]/u;
const DECIMAL = /\p{Nd}/u;

/** Of ASCII alone with the flag `a`. */
export interface CharacterWorld {
  readonly isDigit: CodeTest;
  readonly isSpace: CodeTest;
  readonly isWord: CodeTest;
}

const isAsciiDigit = (code: number): boolean => code >= 48 && code <= 57;
const isAsciiWord = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || isAsciiDigit(code) || code === 95;

export const ASCII: CharacterWorld = {
  isDigit: isAsciiDigit,
  isSpace: (code) => code === 32 || (code >= 9 && code <= 13),
  isWord: isAsciiWord,
};

export const UNICODE: CharacterWorld = {
  isDigit: (code) => (code < 128 ? isAsciiDigit(code) : DECIMAL.test(String.fromCodePoint(code))),
  isSpace: isSpaceCode,
  isWord: (code) => (code < 128 ? isAsciiWord(code) : LETTER_OR_NUMBER.test(String.fromCodePoint(code))),
};

export const anyCode: CodeTest = () => true;
export const anyButNewline: CodeTest = (code) => code !== NEWLINE;

export function not(test: CodeTest): CodeTest {
  return (code) => !test(code);
}

export function either(tests: readonly CodeTest[]): CodeTest {
  return (code) => tests.some((test) => test(code));
}

export function oneCode(wanted: number): CodeTest {
  return (code) => code === wanted;
}

export function codeRange(from: number, to: number): CodeTest {
  return (code) => code >= from && code <= to;
}

/** The same test with the case of letters left out of account. */
export function caseless(test: CodeTest): CodeTest {
  return (code) => {
    if (test(code)) return true;
    const lower = lowerCode(code);
    const upper = upperCode(code);
    return (lower !== code && test(lower)) || (upper !== code && test(upper));
  };
}

export function lowerCode(code: number): number {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
  return single(String.fromCodePoint(code).toLowerCase(), code);
}

function upperCode(code: number): number {
  if (code < 128) return code >= 97 && code <= 122 ? code - 32 : code;
  return single(String.fromCodePoint(code).toUpperCase(), code);
}

function single(text: string, otherwise: number): number {
  const code = text.codePointAt(0) ?? otherwise;
  return text.length === (code > 0xffff ? 2 : 1) ? code : otherwise;
}

export const atStart: PlaceTest = (_text, place) => place === 0;
export const atEnd: PlaceTest = (text, place) => place === text.length;
export const atLineStart: PlaceTest = (text, place) => place === 0 || text[place - 1] === NEWLINE;
export const atLineEnd: PlaceTest = (text, place) => place === text.length || text[place] === NEWLINE;
/** `$`: at the end, or before a newline that is the end. */
export const atLastLineEnd: PlaceTest = (text, place) =>
  place === text.length || (place === text.length - 1 && text[place] === NEWLINE);

export function wordBoundary(isWord: CodeTest): PlaceTest {
  return (text, place) => {
    const before = place > 0 && isWord(text[place - 1] as number);
    const after = place < text.length && isWord(text[place] as number);
    return before !== after;
  };
}
