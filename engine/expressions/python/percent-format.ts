import { claimCharacters, spend, spendProduct } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { repeatText, sliceText, textLength } from './code-points.ts';
import { exponentText, fixedText, generalText } from './decimal-text.ts';
import { dictGet } from './dict.ts';
import { bitLength, isFloatNumber, type PythonNumber, toBigInt, toNumber } from './numbers.ts';
import { ascii, repr, toText } from './text.ts';
import { isDict, isNumber, isTuple, Markup, sequenceItems, typeName, type Value } from './value.ts';

interface Directive {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | null;
  readonly type: string;
}

const DIRECTIVE = /%(?:\(([^)]*)\))?([#0\- +]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?([\s\S]?)/gu;

/** Python's `template % values`. @throws ExpressionError in Python's words */
export function formatPercent(template: string, values: Value): string {
  const args = new Arguments(values);
  const result = template.replace(
    DIRECTIVE,
    (
      whole,
      name: string | undefined,
      flags: string,
      width: string | undefined,
      precision: string | undefined,
      type: string,
    ) => {
      if (type === '%' && whole === '%%') return '%';
      if (type === '') throw new ExpressionError('incomplete format');
      const wanted = width === '*' ? args.integer() : Number(width ?? 0);
      const digits = precision === undefined ? null : precision === '*' ? args.integer() : Number(precision);
      const directive = {
        flags: wanted < 0 ? `${flags}-` : flags,
        width: Math.abs(wanted),
        precision: digits,
        type,
      };
      spend(15);
      claimCharacters(directive.width + (digits ?? 0));
      return format(directive, name === undefined ? args.next() : args.named(name));
    },
  );
  args.finish();
  claimCharacters(result.length);
  return result;
}

class Arguments {
  private readonly values: Value;
  private readonly items: readonly Value[];
  private place = 0;
  private byName = false;

  constructor(values: Value) {
    this.values = values;
    this.items = isTuple(values) ? (sequenceItems(values) ?? []) : [values];
  }

  next(): Value {
    const value = this.items[this.place++];
    if (value === undefined) throw new ExpressionError('not enough arguments for format string');
    return value;
  }

  integer(): number {
    const value = this.next();
    if (typeof value !== 'number' || !Number.isInteger(value)) throw new ExpressionError('* wants int');
    return value;
  }

  named(name: string): Value {
    if (!isDict(this.values)) throw new ExpressionError('format requires a mapping');
    this.byName = true;
    const value = dictGet(this.values, name);
    if (value === undefined) throw new ExpressionError(repr(name));
    return value;
  }

  finish(): void {
    // What could be a mapping may be left over.
    const mayBeMapping = isDict(this.values) || (sequenceItems(this.values) !== null && !isTuple(this.values));
    if (this.place < this.items.length && !this.byName && !mayBeMapping) {
      throw new ExpressionError('not all arguments converted during string formatting');
    }
  }
}

function format(directive: Directive, value: Value): string {
  const { type, precision } = directive;
  switch (type) {
    case 's':
    case 'r':
    case 'a': {
      const text = type === 's' ? toText(value) : type === 'r' ? repr(value) : ascii(value);
      return pad(precision === null ? text : sliceText(text, 0, precision), '', directive, false);
    }
    case 'c':
      return pad(character(value), '', directive, false);
    case 'd':
    case 'i':
    case 'u':
      return integerText(directive, wholeNumber(value, type), 10, '');
    case 'x':
    case 'X':
    case 'o': {
      const number = numberOf(value, type);
      if (isFloatNumber(number)) {
        throw new ExpressionError(`%${type} format: an integer is required, not float`);
      }
      const [base, prefix] = type === 'o' ? [8, '0o'] : [16, `0${type}`];
      return integerText(directive, toBigInt(number), base, directive.flags.includes('#') ? prefix : '');
    }
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return floatText(directive, toNumber(floatOf(value)));
    default:
      throw new ExpressionError(
        `unsupported format character '${type}' (0x${(type.codePointAt(0) ?? 0).toString(16)})`,
      );
  }
}

function character(value: Value): string {
  if (typeof value === 'string' && textLength(value) === 1) return value;
  const code = typeof value === 'boolean' ? Number(value) : value;
  if (typeof code === 'number' && Number.isInteger(code) && code >= 0 && code <= 0x10ffff) {
    return String.fromCodePoint(code);
  }
  throw new ExpressionError('%c requires int or char');
}

function numberOf(value: Value, type: string): PythonNumber {
  if (typeof value === 'boolean') return Number(value);
  if (isNumber(value)) return value;
  const wanted = type === 'x' || type === 'X' || type === 'o' ? 'an integer' : 'a real number';
  throw new ExpressionError(`%${type} format: ${wanted} is required, not ${typeName(value)}`);
}

function wholeNumber(value: Value, type: string): bigint {
  const number = numberOf(value, type);
  if (!isFloatNumber(number)) return toBigInt(number);
  const float = toNumber(number);
  if (!Number.isFinite(float)) throw new ExpressionError('cannot convert float infinity or NaN to integer');
  return BigInt(Math.trunc(float));
}

function floatOf(value: Value): PythonNumber {
  if (typeof value === 'boolean') return Number(value);
  if (isNumber(value)) return value;
  throw new ExpressionError(`must be real number, not ${value instanceof Markup ? 'str' : typeName(value)}`);
}

function integerText(directive: Directive, value: bigint, base: number, prefix: string): string {
  const bits = bitLength(value);
  spendProduct(4 * bits, 4 * bits);
  const digits = (value < 0n ? -value : value).toString(base).padStart(directive.precision ?? 0, '0');
  const shown = directive.type === 'X' ? digits.toUpperCase() : digits;
  return pad(shown, sign(value < 0n, directive) + prefix, directive, true);
}

function floatText(directive: Directive, value: number): string {
  const { type, flags } = directive;
  const precision = directive.precision ?? 6;
  const magnitude = Math.abs(value);
  const negative = value < 0 || Object.is(value, -0);
  let text: string;
  if (!Number.isFinite(value)) text = Number.isNaN(value) ? 'nan' : 'inf';
  else if (type === 'e' || type === 'E') text = exponentText(magnitude, precision);
  else if (type === 'f' || type === 'F') text = fixedText(magnitude, precision);
  else text = generalText(magnitude, precision, flags.includes('#'));
  if (type === 'E' || type === 'F' || type === 'G') text = text.toUpperCase();
  return pad(text, sign(negative, directive), directive, true);
}

function sign(negative: boolean, { flags }: Directive): string {
  if (negative) return '-';
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function pad(text: string, prefix: string, { flags, width }: Directive, isNumeric: boolean): string {
  const missing = width - textLength(text) - prefix.length;
  if (missing <= 0) return prefix + text;
  if (flags.includes('-')) return prefix + text + repeatText(' ', missing);
  return flags.includes('0') && isNumeric
    ? prefix + repeatText('0', missing) + text
    : repeatText(' ', missing) + prefix + text;
}
