import { type BigInteger, Float } from '../../model/json.ts';
import { claimCharacters, enter, leave, spend, spendText } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { Bytes } from './bytes.ts';
import { untouchedData } from './data-value.ts';
import { DateTime } from './date-time.ts';
import { dictEntries } from './dict.ts';
import { iterate } from './iterate.ts';
import { numberText } from './number-text.ts';
import { isOrdered } from './operators.ts';
import { keyText, notStorable } from './to-json.ts';
import { isDict, isNumber, Markup, sequenceItems, typeName, type Value } from './value.ts';

export interface JsonStyle {
  /** What stands before a line for each level; null: all on one line. */
  readonly indent: string | null;
  readonly sortKeys: boolean;
  /** Whether only lists, tuples and dictionaries are taken, and not everything that Mistral makes one of. */
  readonly onlyJson: boolean;
}

/**
 * Python's `json.dumps`: spaces after commas and colons, everything beyond ASCII escaped. What can be iterated is a
 * list and a date is text, as in everything Mistral stores.
 * @throws ExpressionError when the value cannot be stored
 */
export function dumpJson(value: Value, style: JsonStyle): string {
  return write(value, style, '\n');
}

function write(value: Value, style: JsonStyle, newline: string): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quote(value);
  if (isNumber(value)) return numberJson(value);
  if (value instanceof Markup) return quote(value.text);
  if (style.onlyJson && !isDict(value) && sequenceItems(value) === null) {
    throw new ExpressionError(`Object of type ${typeName(value)} is not JSON serializable`);
  }
  if (value instanceof Bytes) return quote(value.decode('utf-8'));
  if (value instanceof DateTime) return quote(value.storedText());
  const known = untouchedData(value);
  if (known !== undefined) return write(known, style, newline);
  const inner = style.indent === null ? newline : newline + style.indent;
  enter();
  const parts: string[] = [];
  const isObject = isDict(value);
  if (isObject) {
    const entries = [...dictEntries(value)];
    // By the keys as they are, before they become texts.
    if (style.sortKeys) entries.sort(([a], [b]) => (isOrdered('<', a, b) ? -1 : isOrdered('<', b, a) ? 1 : 0));
    spend(entries.length * 6);
    for (const [key, each] of entries) parts.push(`${quote(keyText(key))}: ${write(each, style, inner)}`);
  } else {
    for (const item of iterate(value) ?? notStorable(value)) {
      spend(3);
      parts.push(write(item, style, inner));
    }
  }
  leave();
  const [open, close] = isObject ? '{}' : '[]';
  if (parts.length === 0) return `${open}${close}`;
  const text =
    style.indent === null
      ? `${open}${parts.join(', ')}${close}`
      : `${open}${inner}${parts.join(`,${inner}`)}${newline}${close}`;
  claimCharacters(text.length);
  return text;
}

function numberJson(value: number | Float | BigInteger): string {
  const number = value instanceof Float ? value.value : value;
  if (number === Number.POSITIVE_INFINITY) return 'Infinity';
  if (number === Number.NEGATIVE_INFINITY) return '-Infinity';
  return Number.isNaN(number) ? 'NaN' : numberText(value);
}

/** A JSON string in ASCII. */
function quote(text: string): string {
  spendText(4 * text.length);
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => {
    spend(4);
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
