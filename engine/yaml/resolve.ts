import { BigInteger, Float } from '../model/json.ts';
import type { ScalarNode, ScalarPlace, ScalarType, YamlNode } from './node.ts';
import { STANDARD } from './tag.ts';
import { readTimestamp, timestampText } from './timestamp.ts';
import { YamlError } from './yaml-error.ts';

/** The patterns are those of YAML 1.1 as PyYAML has them; `1e3` and `08` are text, `0755` is octal, `1:30` is 90. */
const BOOLEAN = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const INTEGER = /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const DATE =
  /^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)$/;

/** What would begin an anchor, an alias or a tag is no text when it stands alone. */
const MEANINGLESS = /^[!&*]$/;

/** Longer numbers are refused, as Python does: reading them takes time that grows with the square of the length. */
const MOST_DIGITS = 4300;

/** Whether text without quotes and without a tag is nothing but text. */
export function meansText(text: string): boolean {
  return ![BOOLEAN, NULL, INTEGER, FLOAT, DATE].some((pattern) => pattern.test(text)) && text !== '=' && text !== '<<';
}

/** The value of text without quotes and without a tag. @throws YamlError */
export function resolvePlain(text: string, place: ScalarPlace): ScalarNode {
  // Most text begins with a letter that no other type begins with, or is longer than any word that means something.
  const code = text.charCodeAt(0);
  const isNumberLike = (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46;
  if (isNumberLike) {
    if (FLOAT.test(text)) return scalar('float', readFloat(text), place);
    if (INTEGER.test(text)) return scalar('integer', readInteger(text, place), place);
    if (DATE.test(text)) return date(text, place);
  } else if (text.length <= 5) {
    if (BOOLEAN.test(text)) return scalar('boolean', readBoolean(text), place);
    if (NULL.test(text)) return scalar('null', null, place);
    if (MEANINGLESS.test(text)) {
      throw new YamlError(`${text} alone means nothing here; put it in quotes.`, place.start, place.end);
    }
  }
  return scalar('string', text, place);
}

/** The value of text with a tag such as `!!int`. @throws YamlError */
export function resolveTagged(tag: string, text: string, place: ScalarPlace): ScalarNode {
  const type = tag.startsWith(STANDARD) ? tag.slice(STANDARD.length) : tag;
  const wrong = (): YamlError => new YamlError(`'${text}' cannot be read as !!${type}.`, place.start, place.end);
  switch (type) {
    case 'str':
      return scalar('string', text, place);
    case 'null':
      return scalar('null', null, place);
    case 'bool':
      if (!/^(?:yes|no|true|false|on|off)$/i.test(text)) throw wrong();
      return scalar('boolean', readBoolean(text), place);
    case 'int':
      if (!INTEGER.test(text)) throw wrong();
      return scalar('integer', readInteger(text, place), place);
    case 'float':
      if (!FLOAT.test(text) && !/^[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$/.test(text)) throw wrong();
      return scalar('float', readFloat(text), place);
    case 'timestamp':
      if (!DATE.test(text)) throw wrong();
      return date(text, place);
    case 'binary':
      if (!isBase64(text)) throw wrong();
      return scalar('binary', text.replace(/\s/g, ''), place);
    default:
      throw new YamlError(
        `The tag ${type.startsWith('!') ? type : `!!${type}`} is not known; put text that begins with '!' in quotes.`,
        place.start,
        place.end,
      );
  }
}

/** A list or a dictionary with a tag such as `!!set`; null when the tag is not for such a value. */
export function resolveCollection(tag: string, node: YamlNode): YamlNode | null {
  const type = tag.startsWith(STANDARD) ? tag.slice(STANDARD.length) : tag;
  if (type === '!' || type === (node.kind === 'list' ? 'seq' : 'map')) return node;
  // What JSON has no word for becomes lists, as in Python's JSON.
  if (type === 'set' && node.kind === 'map')
    return listOf(
      node,
      'set',
      node.entries.map(({ key }) => key),
    );
  if ((type !== 'omap' && type !== 'pairs') || node.kind !== 'list') return null;
  const pairs = node.items.flatMap((item) =>
    item.kind === 'map' ? item.entries.map(({ key, value }) => listOf(item, 'list', [key, value])) : [],
  );
  return pairs.length === node.items.length ? listOf(node, 'pairs', pairs) : null;
}

/** Whether Python can decode it: it passes over what belongs to no such text, and over all that follows the padding. */
function isBase64(text: string): boolean {
  let digits = 0;
  let padding = 0;
  for (const character of text) {
    if (character === '=') {
      padding += 1;
      if (digits % 4 >= 2 && (digits % 4) + padding >= 4) return true;
    } else if (/[A-Za-z0-9+/]/.test(character)) {
      digits += 1;
      padding = 0;
    }
  }
  return digits % 4 === 0;
}

function listOf({ start, end }: YamlNode, form: 'list' | 'set' | 'pairs', items: readonly YamlNode[]): YamlNode {
  return { kind: 'list', form, items, start, end };
}

function scalar(type: ScalarType, value: ScalarNode['value'], place: ScalarPlace): ScalarNode {
  return { kind: 'scalar', type, value, style: place.style, start: place.start, end: place.end };
}

function date(text: string, place: ScalarPlace): ScalarNode {
  const timestamp = readTimestamp(text, place);
  return { ...scalar('date', timestampText(timestamp), place), timestamp };
}

function readBoolean(text: string): boolean {
  return /^(?:yes|true|on)$/i.test(text);
}

function readFloat(text: string): number | Float {
  const plain = text.replaceAll('_', '').toLowerCase();
  const negative = plain.startsWith('-');
  const digits = plain.replace(/^[-+]/, '');
  let value: number;
  if (digits === '.inf') value = Infinity;
  else if (digits === '.nan') value = Number.NaN;
  else value = digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  if (negative) value = -value;
  return Number.isFinite(value) && !Number.isInteger(value) ? value : new Float(value);
}

function readInteger(text: string, place: ScalarPlace): number | BigInteger {
  const plain = text.replaceAll('_', '');
  const negative = plain.startsWith('-');
  const digits = plain.replace(/^[-+]/, '');
  const value = readDigits(digits);
  if (value === null) {
    throw new YamlError(
      digits.length > MOST_DIGITS ? `A number may have at most ${MOST_DIGITS} digits.` : `'${text}' is not a number.`,
      place.start,
      place.end,
    );
  }
  const signed = negative ? -value : value;
  return signed >= BigInt(Number.MIN_SAFE_INTEGER) - 1n && signed <= BigInt(Number.MAX_SAFE_INTEGER) + 1n
    ? Number(signed)
    : new BigInteger(signed);
}

function readDigits(digits: string): bigint | null {
  if (digits.length > MOST_DIGITS) return null;
  const prefix = digits.slice(0, 2);
  if (prefix === '0b' || prefix === '0x') return digits.length > 2 ? BigInt(digits) : null;
  if (digits.startsWith('0')) return digits === '0' ? 0n : BigInt(`0o${digits.slice(1)}`);
  return digits.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n);
}
