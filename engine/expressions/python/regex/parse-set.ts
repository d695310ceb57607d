import { type CharacterWorld, codeRange, either, not, oneCode } from './code-tests.ts';
import type { PatternReader } from './pattern-reader.ts';
import type { CodeTest } from './syntax.ts';

const CONTROL: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** What the letter behind a backslash stands for when that is many characters; null when it is not. */
export function classEscape(letter: string, { isDigit, isSpace, isWord }: CharacterWorld): CodeTest | null {
  switch (letter) {
    case 'd':
      return isDigit;
    case 'D':
      return not(isDigit);
    case 's':
      return isSpace;
    case 'S':
      return not(isSpace);
    case 'w':
      return isWord;
    case 'W':
      return not(isWord);
    default:
      return null;
  }
}

/** Behind the backslash: what stands for one character. */
export function codeEscape(reader: PatternReader, start: number, inSet: boolean): number {
  const character = reader.take();
  if (character === '') reader.fail('bad escape (end of pattern)', start);
  if (/^[0-7]$/.test(character)) {
    const more = /^[0-7]{0,2}/.exec(reader.lookAhead(2))?.[0] ?? '';
    reader.position += more.length;
    const code = Number.parseInt(character + more, 8);
    if (code > 0o377) reader.fail(`octal escape value \\${character}${more} outside of range 0-0o377`, start);
    return code;
  }
  const control = Object.hasOwn(CONTROL, character) && (character !== 'b' || inSet) ? CONTROL[character] : undefined;
  if (control !== undefined) return control;
  const width = { x: 2, u: 4, U: 8 }[character];
  if (width !== undefined) {
    const digits = reader.lookAhead(width);
    if (!new RegExp(`^[0-9a-fA-F]{${width}}$`).test(digits))
      reader.fail(`incomplete escape \\${character}${digits}`, start);
    reader.position += width;
    return Number.parseInt(digits, 16);
  }
  if (/^[A-Za-z0-9]$/.test(character)) reader.fail(`bad escape \\${character}`, start);
  return character.codePointAt(0) ?? 0;
}

/** Behind the opening bracket. @param cased takes the case of letters out of account where the flags say so */
export function parseSet(reader: PatternReader, world: CharacterWorld, cased: (test: CodeTest) => CodeTest): CodeTest {
  const start = reader.position - 1;
  const negative = reader.accept('^');
  const tests: CodeTest[] = [];
  const first = reader.position;
  for (;;) {
    if (reader.peek() === '') reader.fail('unterminated character set', start);
    if (reader.peek() === ']' && reader.position > first) break;
    const place = reader.position;
    const from = setItem(reader, world);
    const range = reader.lookAhead(2);
    if (!range.startsWith('-') || range === '-' || range === '-]') {
      tests.push(typeof from === 'number' ? oneCode(from) : from);
      continue;
    }
    reader.position++;
    const to = setItem(reader, world);
    const text = reader.since(place);
    if (typeof from !== 'number' || typeof to !== 'number' || to < from) {
      reader.fail(`bad character range ${text}`, place);
    }
    tests.push(codeRange(from, to));
  }
  reader.position++;
  const test = cased(tests.length === 1 ? (tests[0] as CodeTest) : either(tests));
  return negative ? not(test) : test;
}

function setItem(reader: PatternReader, world: CharacterWorld): number | CodeTest {
  const start = reader.position;
  const character = reader.take();
  if (character === '') reader.fail('unterminated character set', start);
  if (character !== '\\') return character.codePointAt(0) ?? 0;
  const test = classEscape(reader.peek(), world);
  if (test === null) return codeEscape(reader, start, true);
  reader.position++;
  return test;
}
