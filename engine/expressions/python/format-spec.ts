import type { BigInteger } from '../../model/json.ts';
import { claimCharacters, spend, spendProduct } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { repeatText, sliceText, textLength } from './code-points.ts';
import { formatDateTime } from './date-format.ts';
import { DateTime } from './date-time.ts';
import { exponentText, fixedText, generalText } from './decimal-text.ts';
import { floatText } from './number-text.ts';
import { bitLength, toBigInt, toNumber } from './numbers.ts';
import { toText } from './text.ts';
import { isFloat, isInteger, Markup, typeName, type Value } from './value.ts';

interface Spec {
  readonly fill: string;
  readonly align: '<' | '>' | '^' | '=' | '';
  readonly sign: '+' | '-' | ' ' | '';
  readonly alternate: boolean;
  readonly width: number;
  /** Whether what is rounded to zero loses its sign. */
  readonly noNegativeZero: boolean;
  readonly grouping: ',' | '_' | '';
  readonly precision: number | null;
  readonly type: string;
}

const SPEC = /^(?:([\s\S])(?=[<>=^]))?([<>=^])?([+\- ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([\s\S])?$/u;

/** Python's `format(value, spec)`. @throws ExpressionError in Python's words */
export function formatValue(value: Value, spec: string): string {
  if (spec === '') return toText(value);
  if (value instanceof DateTime) return formatDateTime(value, spec);
  if (value instanceof Markup) return formatString(value.text, parseSpec(spec, 's', 'str'));
  if (typeof value === 'string') return formatString(value, parseSpec(spec, 's', 'str'));
  if (typeof value === 'boolean') return formatInteger(Number(value), parseSpec(spec, '', 'bool'));
  if (isInteger(value)) return formatInteger(value, parseSpec(spec, '', 'int'));
  if (isFloat(value)) return formatFloat(toNumber(value), parseSpec(spec, '', 'float'));
  throw new ExpressionError(`unsupported format string passed to ${typeName(value)}.__format__`);
}

function parseSpec(text: string, defaultType: string, ofType: string): Spec {
  const match = SPEC.exec(text);
  if (match === null) throw new ExpressionError(`Invalid format specifier '${text}' for object of type '${ofType}'`);
  const [, fill, align, sign, noNegativeZero, alternate, zero, width, grouping, precision, type] = match;
  if (Number(width ?? 0) > 1e7 || Number(precision ?? 0) > 1e4) {
    throw new ExpressionError('Too many decimal digits in format string');
  }
  const isFraction = ofType === 'float' || (ofType !== 'str' && 'eEfFgG%'.includes(type ?? '-'));
  if (noNegativeZero !== undefined && !isFraction) {
    throw new ExpressionError('Negative zero coercion (z) not allowed in this format specifier');
  }
  return {
    noNegativeZero: noNegativeZero !== undefined,
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align: (align ?? (zero === undefined || ofType === 'str' ? '' : '=')) as Spec['align'],
    sign: (sign ?? '') as Spec['sign'],
    alternate: alternate !== undefined,
    width: Number(width ?? 0),
    grouping: (grouping ?? '') as Spec['grouping'],
    precision: precision === undefined ? null : Number(precision),
    type: type ?? defaultType,
  };
}

function formatString(value: string, spec: Spec): string {
  if (spec.type !== 's') unknownType(spec, 'str');
  if (spec.sign !== '') throw new ExpressionError('Sign not allowed in string format specifier');
  if (spec.alternate) throw new ExpressionError('Alternate form (#) not allowed in string format specifier');
  if (spec.align === '=') throw new ExpressionError("'=' alignment not allowed in string format specifier");
  if (spec.grouping !== '') throw new ExpressionError(`Cannot specify '${spec.grouping}' with 's'.`);
  const text = spec.precision === null ? value : sliceText(value, 0, spec.precision);
  return pad(text, '', { ...spec, align: spec.align || '<' });
}

const BASES: Readonly<Record<string, readonly [base: number, prefix: string]>> = {
  b: [2, '0b'],
  o: [8, '0o'],
  x: [16, '0x'],
  X: [16, '0X'],
  d: [10, ''],
  n: [10, ''],
};

function formatInteger(value: number | BigInteger, spec: Spec): string {
  const type = spec.type === '' ? 'd' : spec.type;
  if ('eEfFgG%'.includes(type)) return formatFloat(toNumber(value), spec);
  if (spec.precision !== null) throw new ExpressionError('Precision not allowed in integer format specifier');
  if (type === 'c') {
    if (spec.sign !== '') throw new ExpressionError("Sign not allowed with integer format specifier 'c'");
    if (spec.alternate) throw new ExpressionError("Alternate form (#) not allowed with integer format specifier 'c'");
    if (spec.grouping !== '') throw new ExpressionError(`Cannot specify '${spec.grouping}' with 'c'.`);
    const code = toNumber(value);
    if (!(code >= 0 && code <= 0x10ffff)) throw new ExpressionError('%c arg not in range(0x110000)');
    return pad(String.fromCodePoint(code), '', { ...spec, align: spec.align || '>' });
  }
  const base = Object.hasOwn(BASES, type) ? BASES[type] : undefined;
  if (base === undefined) return unknownType(spec, 'int');
  if (spec.grouping === ',' && type !== 'd') throw new ExpressionError(`Cannot specify ',' with '${type}'.`);
  if (type === 'n') refuseGrouping(spec);
  const number = toBigInt(value);
  const bits = bitLength(number);
  spend(5);
  spendProduct(4 * bits, 4 * bits);
  const digits = (number < 0n ? -number : number).toString(base[0]);
  const sign = signOf(number < 0n, spec) + (spec.alternate ? base[1] : '');
  const shown = type === 'X' ? digits.toUpperCase() : digits;
  return padNumber(shown, '', sign, spec, type === 'd' || type === 'n' ? 3 : spec.grouping === '_' ? 4 : 3);
}

function formatFloat(value: number, spec: Spec): string {
  const { type } = spec;
  if (type !== '' && !'eEfFgGn%'.includes(type)) unknownType(spec, 'float');
  if (type === 'n') refuseGrouping(spec);
  const negative = value < 0 || Object.is(value, -0);
  const magnitude = Math.abs(value);
  if (!Number.isFinite(value)) {
    const name = Number.isNaN(value) ? 'nan' : 'inf';
    const shown = `${'EFG'.includes(type) && type !== '' ? name.toUpperCase() : name}${type === '%' ? '%' : ''}`;
    return pad(shown, signOf(negative, spec), { ...spec, align: spec.align || '>' });
  }
  const text = spec.alternate ? withPoint(floatDigits(magnitude, spec)) : floatDigits(magnitude, spec);
  const sign = signOf(negative && !(spec.noNegativeZero && !/[1-9]/.test(text)), spec);
  const shown = type === 'E' || type === 'G' ? text.toUpperCase() : text;
  const split = /^(\d+)([\s\S]*)$/.exec(shown);
  return padNumber(split?.[1] ?? shown, split?.[2] ?? '', sign, spec, 3);
}

/** The point stays even when nothing follows it. */
function withPoint(digits: string): string {
  return digits.includes('.') ? digits : digits.replace(/(?=e|%|$)/, '.');
}

function refuseGrouping(spec: Spec): void {
  if (spec.grouping !== '') throw new ExpressionError(`Cannot specify '${spec.grouping}' with 'n'.`);
}

function floatDigits(magnitude: number, spec: Spec): string {
  const precision = spec.precision ?? 6;
  switch (spec.type) {
    case 'e':
    case 'E':
      return exponentText(magnitude, precision);
    case 'f':
    case 'F':
      return fixedText(magnitude, precision);
    case '%':
      return `${fixedText(magnitude * 100, precision)}%`;
    case '': {
      if (spec.precision === null) return floatText(magnitude);
      // As 'g', but a float always shows that it is one.
      const text = generalText(magnitude, precision, spec.alternate);
      const significant = Math.max(1, precision);
      if (text.includes('e') || text.includes('.')) return text;
      return text.length >= significant ? exponentFor(magnitude, significant, spec.alternate) : `${text}.0`;
    }
    default:
      return generalText(magnitude, precision, spec.alternate);
  }
}

/** A float whose digits before the point use up all that may be shown. */
function exponentFor(magnitude: number, significant: number, keepZeros: boolean): string {
  const text = exponentText(magnitude, significant - 1);
  return keepZeros ? text : text.replace(/\.?0*e/, 'e');
}

function signOf(negative: boolean, spec: Spec): string {
  if (negative) return '-';
  return spec.sign === '+' || spec.sign === ' ' ? spec.sign : '';
}

/** Pads a number's integer part, grouped, with what follows it. */
function padNumber(integer: string, rest: string, sign: string, spec: Spec, group: number): string {
  let digits = integer;
  if (spec.grouping !== '') {
    if (spec.align === '=' && spec.fill === '0') {
      // The zeros are grouped with the rest: as many of them as fit.
      const room = spec.width - sign.length - rest.length;
      let count = Math.ceil((Math.max(0, room) * group) / (group + 1));
      while (groupedLength(count, group) > room) count--;
      if (groupedLength(count, group) < room) count++;
      claimCharacters(room);
      digits = digits.padStart(count, '0');
    }
    digits = grouped(digits, spec.grouping, group);
  }
  return pad(digits + rest, sign, { ...spec, align: spec.align || '>' });
}

function groupedLength(digits: number, group: number): number {
  return digits + Math.floor((digits - 1) / group);
}

function grouped(digits: string, separator: string, group: number): string {
  spend(digits.length);
  const groups: string[] = [];
  const first = digits.length % group;
  if (first > 0) groups.push(digits.slice(0, first));
  for (let start = first; start < digits.length; start += group) groups.push(digits.slice(start, start + group));
  return groups.join(separator);
}

function pad(text: string, sign: string, spec: Spec): string {
  const missing = spec.width - textLength(text) - sign.length;
  if (missing <= 0) return sign + text;
  switch (spec.align) {
    case '=':
      return sign + repeatText(spec.fill, missing) + text;
    case '^': {
      const left = Math.floor(missing / 2);
      return repeatText(spec.fill, left) + sign + text + repeatText(spec.fill, missing - left);
    }
    case '>':
      return repeatText(spec.fill, missing) + sign + text;
    default:
      return sign + text + repeatText(spec.fill, missing);
  }
}

function unknownType(spec: Spec, ofType: string): never {
  throw new ExpressionError(`Unknown format code '${spec.type}' for object of type '${ofType}'`);
}
