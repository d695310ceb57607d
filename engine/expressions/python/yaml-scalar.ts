import { Float } from '../../model/json.ts';
import { ExpressionError } from '../expression-error.ts';
import { DateTime, UTC, type Zone } from './date-time.ts';
import { float, integer } from './numbers.ts';
import { PlainDate } from './plain-date.ts';
import type { Value } from './value.ts';

/** What a text without quotes means in YAML 1.1, as PyYAML reads it. */

const BOOLEAN = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const INTEGER =
  /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const FLOAT =
  /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const TIMESTAMP =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::(\d\d))?))?)?$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** Whether the text would not be read back as itself. */
export function isSpecialScalar(text: string): boolean {
  return (
    BOOLEAN.test(text) ||
    NULL.test(text) ||
    INTEGER.test(text) ||
    FLOAT.test(text) ||
    isTimestamp(text) ||
    text === '=' ||
    text === '<<'
  );
}

function isTimestamp(text: string): boolean {
  return TIMESTAMP.test(text) && (DATE.test(text) || text.includes(':'));
}

/** @throws ExpressionError when it looks like a number or date and is none */
export function readScalar(text: string): Value {
  if (NULL.test(text)) return null;
  if (BOOLEAN.test(text)) return /^(?:yes|true|on)$/i.test(text);
  if (INTEGER.test(text)) return readInteger(text.replaceAll('_', ''));
  if (FLOAT.test(text)) return readFloat(text.replaceAll('_', '').toLowerCase());
  if (isTimestamp(text)) return readTimestamp(text);
  if (text === '=' || text === '<<') throw new ExpressionError(`'${text}' means something else in YAML than a text.`);
  return text;
}

function readInteger(text: string): Value {
  const negative = text.startsWith('-');
  const digits = text.replace(/^[-+]/, '');
  const plain = digits.startsWith('0') && /^0[0-9]/.test(digits) ? `0o${digits.slice(1)}` : digits;
  if (/^0[bxo]$/.test(plain)) throw new ExpressionError(`invalid literal for int() with base 10: '${text}'`);
  const magnitude = plain.includes(':')
    ? plain.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n)
    : BigInt(plain);
  return integer(negative ? -magnitude : magnitude);
}

function readFloat(text: string): Value {
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/^[-+]/, '');
  if (digits === '.inf') return new Float(sign * Number.POSITIVE_INFINITY);
  if (digits === '.nan') return new Float(Number.NaN);
  if (digits.includes(':')) return float(sign * digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0));
  return float(sign * Number(digits));
}

function readTimestamp(text: string): Value {
  const [, year, month, day, hour, minute, second, fraction, zoneText, sign, zoneHours, zoneMinutes] =
    TIMESTAMP.exec(text) ?? [];
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (hour === undefined)
    return new PlainDate(DateTime.of({ ...date, hour: 0, minute: 0, second: 0, microsecond: 0 }, null));
  const offset = (Number(zoneHours ?? 0) * 60 + Number(zoneMinutes ?? 0)) * 60;
  const zone: Zone | null =
    zoneText === undefined ? null : offset === 0 ? UTC : { offset: sign === '-' ? -offset : offset, name: null };
  return DateTime.of(
    {
      ...date,
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      microsecond: Number((fraction ?? '').slice(0, 6).padEnd(6, '0')),
    },
    zone,
  );
}
