import { BigInteger, Float } from '../../model/json.ts';
import { claimCharacters, dataArrayType, enter, leave, spend, withBudget } from '../budget.ts';
import { untouchedData } from './data-value.ts';
import { DateTime } from './date-time.ts';
import { dictEntries, viewItems } from './dict.ts';
import { numberText } from './number-text.ts';
import { PlainDate } from './plain-date.ts';
import { Pattern } from './regex/pattern.ts';
import { TimeSpan } from './time-span.ts';
import { DictView, isDict, isTuple, Markup, PythonObject, PythonSet, sequenceItems, type Value } from './value.ts';

/** Python's `str(value)`. */
export function toText(value: Value): string {
  return typeof value === 'string' ? value : withBudget('list', text, value);
}

function text(value: Value): string {
  if (value instanceof Markup) return value.text;
  if (value instanceof DateTime) return value.isoText(' ');
  if (value instanceof TimeSpan || value instanceof PlainDate) return value.toString();
  return (value instanceof PythonObject ? value.ownText() : null) ?? repr(value);
}

/** Python's `repr(value)`. */
export function repr(value: Value): string {
  switch (typeof value) {
    case 'string':
      return reprText(value);
    case 'number':
      return numberText(value);
    case 'boolean':
      return value ? 'True' : 'False';
    default:
      if (value === null) return 'None';
      if (value instanceof Float || value instanceof BigInteger) return numberText(value);
      return reprObject(value);
  }
}

function reprObject(given: Exclude<Value, null>): string {
  // What nobody has looked into need not be copied for that; YAQL would take the lists in it for tuples.
  const value = (dataArrayType() === 'list' ? untouchedData(given) : undefined) ?? given;
  const items = sequenceItems(value);
  if (items !== null) {
    if (!isTuple(value)) return `[${joinReprs(items)}]`;
    return `(${joinReprs(items)}${items.length === 1 ? ',' : ''})`;
  }
  if (isDict(value)) return `{${reprEntries(dictEntries(value))}}`;
  if (value instanceof PythonSet) {
    const members = joinReprs([...value.entries.values()]);
    if (value.frozen) return members === '' ? 'frozenset()' : `frozenset({${members}})`;
    return members === '' ? 'set()' : `{${members}}`;
  }
  if (value instanceof DictView) return reprView(value);
  if (value instanceof Markup) return `Markup(${reprText(value.text)})`;
  if (value instanceof DateTime) return reprDateTime(value);
  if (value instanceof Pattern) return reprPattern(value);
  return value instanceof PythonObject ? value.repr() : '';
}

function reprPattern(pattern: Pattern): string {
  const { source, flags } = pattern.origin();
  const names = [
    flags.ignoreCase ? ['re.IGNORECASE'] : [],
    flags.multiLine ? ['re.MULTILINE'] : [],
    flags.dotAll ? ['re.DOTALL'] : [],
  ].flat();
  return `re.compile(${[reprText(source), ...(names.length > 0 ? [names.join('|')] : [])].join(', ')})`;
}

function reprView(view: DictView): string {
  const { typeName } = view;
  return typeName.startsWith('dict_')
    ? `${typeName}([${joinReprs(viewItems(view))}])`
    : `${typeName}(${repr(view.dict)})`;
}

function joinReprs(items: readonly Value[]): string {
  spend(3 + items.length * 2);
  enter();
  const text = items.map(repr).join(', ');
  leave();
  claimCharacters(text.length);
  return text;
}

function reprEntries(entries: readonly (readonly [Value, Value])[]): string {
  spend(4 + entries.length * 4);
  enter();
  const text = entries.map(([key, value]) => `${repr(key)}: ${repr(value)}`).join(', ');
  leave();
  claimCharacters(text.length);
  return text;
}

function reprDateTime(value: DateTime): string {
  const { year, month, day, hour, minute, second, microsecond } = value.fields();
  const time = [hour, minute, ...(second || microsecond ? [second] : []), ...(microsecond ? [microsecond] : [])];
  const zone = value.zone;
  const zoneText =
    zone === null ? '' : `, tzinfo=${zone.name === 'UTC' ? 'tzutc()' : `tzoffset(None, ${zone.offset})`}`;
  return `datetime.datetime(${[year, month, day, ...time].join(', ')}${zoneText})`;
}

/** A string as Python prints it within a list: single quotes unless only those occur, everything unprintable escaped. */
function reprText(text: string): string {
  claimCharacters(text.length);
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  // Nothing to escape is by far the most common case.
  if (/^[ !#-&(-[\]-~]*$/.test(text)) return `'${text}'`;
  spend(text.length);
  let result = '';
  for (const character of text) {
    result += character === quote || character === '\\' ? `\\${character}` : printable(character);
  }
  return quote + result + quote;
}

const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function printable(character: string): string {
  const named = NAMED_ESCAPES.get(character);
  if (named !== undefined) return named;
  return character === ' ' || !/[\p{C}\p{Z}]/u.test(character) ? character : escapeCode(character);
}

function escapeCode(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

/** Python's `ascii(value)`: its `repr` with everything beyond ASCII escaped. */
export function ascii(value: Value): string {
  return repr(value).replace(/\P{ASCII}/gu, escapeCode);
}
