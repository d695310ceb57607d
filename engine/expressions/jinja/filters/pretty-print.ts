import { attempt, claimCharacters, enter, leave, spend } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { isWhitespace, textLength } from '../../python/code-points.ts';
import { dictEntries, makeDict } from '../../python/dict.ts';
import { isOrdered } from '../../python/operators.ts';
import { compareText } from '../../python/order.ts';
import { splitLines } from '../../python/strings.ts';
import { repr } from '../../python/text.ts';
import { isDict, isTuple, List, sequenceItems, Tuple, typeName, type Value } from '../../python/value.ts';

const WIDTH = 80;

/** The value as Python's `pprint` writes it: keys in order, and over several lines what does not fit into one. */
export function prettyPrint(value: Value): string {
  return print(inOrder(value), 0, 0, true);
}

/** The same value with the keys of all its dictionaries in order. */
function inOrder(value: Value): Value {
  spend(12);
  enter();
  let result = value;
  const items = sequenceItems(value);
  if (items !== null) {
    const each = items.map(inOrder);
    result = isTuple(value) ? new Tuple(each) : new List(each);
  } else if (isDict(value)) {
    const entries = dictEntries(value).map(([key, each]) => [key, inOrder(each)] as const);
    result = makeDict(entries.sort(compareKeys), false);
  }
  leave();
  return result;
}

/** What cannot be compared is in the order of the names of its types. */
function compareKeys([left]: readonly [Value, Value], [right]: readonly [Value, Value]): number {
  const order = attempt(() => (isOrdered('<', left, right) ? -1 : isOrdered('<', right, left) ? 1 : 0));
  return order instanceof ExpressionError ? compareText(typeName(left), typeName(right)) : order;
}

/**
 * @param indent where in the line the value begins
 * @param allowance how many characters have to follow it in its last line
 */
function print(value: Value, indent: number, allowance: number, isOutermost: boolean): string {
  const inOneLine = repr(value);
  if (textLength(inOneLine) <= WIDTH - indent - allowance) return inOneLine;
  enter();
  const text = overLines(value, indent, allowance, isOutermost) ?? inOneLine;
  leave();
  claimCharacters(text.length);
  return text;
}

function overLines(value: Value, indent: number, allowance: number, isOutermost: boolean): string | null {
  if (typeof value === 'string') return printText(value, indent, allowance, isOutermost);
  const items = sequenceItems(value);
  if (items !== null) {
    const [opening, closing] = isTuple(value) ? ['(', items.length === 1 ? ',)' : ')'] : ['[', ']'];
    const printItem = (item: Value, after: number): string => print(item, indent + 1, after, false);
    return opening + lines(items, indent + 1, allowance + closing.length, printItem) + closing;
  }
  if (!isDict(value)) return null;
  const printEntry = ([key, each]: readonly [Value, Value], after: number): string => {
    const name = `${repr(key)}: `;
    return name + print(each, indent + 1 + textLength(name), after, false);
  };
  return `{${lines(dictEntries(value), indent + 1, allowance + 1, printEntry)}}`;
}

function lines<T>(
  items: readonly T[],
  indent: number,
  allowance: number,
  printItem: (item: T, after: number) => string,
): string {
  const last = items.length - 1;
  return items.map((item, place) => printItem(item, place === last ? allowance : 1)).join(`,\n${' '.repeat(indent)}`);
}

/** A long text in pieces, cut behind line breaks and spaces. */
function printText(text: string, indent: number, allowance: number, isOutermost: boolean): string {
  const column = isOutermost ? indent + 1 : indent;
  const width = WIDTH - column;
  const widthOfLast = width - (isOutermost ? allowance + 1 : allowance);
  const pieces: string[] = [];
  const textLines = splitLines(text, true);
  for (const [place, line] of textLines.entries()) {
    const isLast = place === textLines.length - 1;
    if (textLength(repr(line)) <= (isLast ? widthOfLast : width)) pieces.push(repr(line));
    else pieces.push(...wrap(line, width, isLast ? widthOfLast : width));
  }
  if (pieces.length === 1) return pieces.join('');
  const joined = pieces.join(`\n${' '.repeat(column)}`);
  return isOutermost ? `(${joined})` : joined;
}

function wrap(line: string, width: number, widthOfLast: number): string[] {
  const words = wordsOf(line);
  const pieces: string[] = [];
  let current = '';
  for (const [place, word] of words.entries()) {
    spend(1 + (current.length >>> 4));
    const most = place === words.length - 1 ? widthOfLast : width;
    if (textLength(repr(current + word)) <= most) {
      current += word;
    } else {
      if (current !== '') pieces.push(repr(current));
      current = word;
    }
  }
  if (current !== '') pieces.push(repr(current));
  return pieces;
}

/** Words, each with the space behind it. */
function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  let start = 0;
  for (let index = 1; index <= line.length; index++) {
    const isEnd = index === line.length;
    if (!isEnd && (isWhitespace(line.charAt(index)) || !isWhitespace(line.charAt(index - 1)))) continue;
    words.push(line.slice(start, index));
    start = index;
  }
  return words;
}
