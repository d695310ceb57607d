import { Float, fromEntries, type Json } from '../../model/json.ts';
import { enter, leave, spend, spendEntries } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { Bytes } from './bytes.ts';
import { untouchedData } from './data-value.ts';
import { DateTime } from './date-time.ts';
import { dictEntries } from './dict.ts';
import { iterate } from './iterate.ts';
import { numberText } from './number-text.ts';
import { isDict, isNumber, Markup, PythonObject, typeName, type Value } from './value.ts';

/**
 * The value as Mistral stores it: everything that can be iterated becomes a list, a date and time becomes text.
 * @throws ExpressionError of the stage `serialize` when the value cannot be stored, a time span for one
 */
export function toJson(value: Value): Json {
  // Data from outside holds nothing but data.
  if (!(value instanceof PythonObject)) return value;
  if (value instanceof Markup) return value.text;
  if (value instanceof Bytes) return value.decode('utf-8');
  const data = untouchedData(value);
  if (data !== undefined) return data;
  if (value instanceof DateTime) return value.storedText();
  spend(4);
  enter();
  let result: Json;
  if (isDict(value)) {
    const entries = dictEntries(value);
    spendEntries(entries.length);
    result = fromEntries(entries.map(([key, each]) => [keyText(key), toJson(each)] as const));
  } else {
    const list: Json[] = [];
    for (const item of iterate(value) ?? notStorable(value)) {
      spend(3);
      list.push(toJson(item));
    }
    result = list;
  }
  leave();
  return result;
}

export function notStorable(value: Value): never {
  throw new ExpressionError(`A value of the type ${typeName(value)} cannot be stored (Circular reference detected).`, {
    stage: 'serialize',
  });
}

/** A dictionary's key as JSON knows keys. @throws ExpressionError of the stage `serialize` when it cannot be one */
export function keyText(key: Value): string {
  if (typeof key === 'string') return key;
  if (key === null) return 'null';
  if (typeof key === 'boolean') return key ? 'true' : 'false';
  if (isNumber(key)) {
    const number = key instanceof Float ? key.value : key;
    if (number === Number.POSITIVE_INFINITY) return 'Infinity';
    if (number === Number.NEGATIVE_INFINITY) return '-Infinity';
    return numberText(key);
  }
  throw new ExpressionError(`keys must be str, int, float, bool or None, not ${typeName(key)}`, { stage: 'serialize' });
}
