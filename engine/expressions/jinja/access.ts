import { attempt } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { Bytes } from '../python/bytes.ts';
import { codePoints, hasSurrogates } from '../python/code-points.ts';
import { DateTime } from '../python/date-time.ts';
import { dictGet } from '../python/dict.ts';
import { toNumber } from '../python/numbers.ts';
import { asNumber, asText } from '../python/operators.ts';
import { partOf } from '../python/parts.ts';
import { sliceValue } from '../python/slice.ts';
import { repr } from '../python/text.ts';
import { Dict, isInteger, List, sequenceItems, Tuple, typeName, type Value } from '../python/value.ts';
import { AttributeObject } from './attribute-object.ts';
import { Callable, NativeFunction } from './callable.ts';
import { GroupTuple } from './group-tuple.ts';
import { BYTES_METHODS } from './methods/bytes-methods.ts';
import { DATE_TIME_METHODS } from './methods/date-time-methods.ts';
import { DICT_METHODS } from './methods/dict-methods.ts';
import { LIST_METHODS } from './methods/list-methods.ts';
import type { Methods } from './methods/method.ts';
import { hasMethod, NUMBER_METHODS } from './methods/number-methods.ts';
import { STRING_METHODS } from './methods/string-methods.ts';
import { TUPLE_METHODS } from './methods/tuple-methods.ts';
import { Range } from './range.ts';
import { SliceValue } from './slice-value.ts';
import { defined, Undefined, undefinedPart } from './undefined.ts';

/** What every Python object has, and no template may touch. */
const INTERNAL = new Set(
  'class delattr dir doc eq format ge getattribute getstate gt hash init init_subclass le lt module ne new reduce reduce_ex repr setattr sizeof str subclasshook'
    .split(' ')
    .concat(
      'add contains getitem iter len mul rmul setitem delitem reversed or ior ror call self name qualname'.split(' '),
    )
    .map((name) => `__${name}__`),
);

/** `value.name`: an attribute or method of Python's, else the item of that name. */
export function getAttribute(value: Value, name: string): Value {
  const known = defined(value);
  const attribute = attributeOf(known, name);
  if (attribute !== undefined) return attribute;
  if (INTERNAL.has(name)) return unsafe(known, name);
  const item = known instanceof Dict ? dictGet(known, name) : undefined;
  return item === undefined ? undefinedPart(known, name) : item;
}

/** `value[key]`: the item, else the attribute of that name. */
export function getItem(value: Value, key: Value): Value {
  const known = defined(value);
  if (key instanceof Undefined) return known instanceof Dict ? key.fail() : undefinedPart(known, key);
  const item = itemOf(known, key);
  if (item !== undefined) return item;
  if (typeof key === 'string') {
    const attribute = attributeOf(known, key);
    if (attribute !== undefined) return attribute;
    if (INTERNAL.has(key)) return unsafe(known, key);
  }
  return undefinedPart(known, key);
}

function unsafe(value: Value, name: string): Undefined {
  return new Undefined(`access to attribute ${repr(name)} of ${repr(typeName(value))} object is unsafe.`);
}

function itemOf(value: Value, key: Value): Value | undefined {
  if (key instanceof SliceValue) return sliceOf(value, key);
  if (value instanceof Dict) return itemOfDict(value, key);
  const number = asNumber(key);
  if (number === null || !isInteger(number)) return undefined;
  const index = toNumber(number);
  if (value instanceof Range) return value.at(index);
  if (value instanceof Bytes) return value.data.at(index);
  const text = asText(value);
  const items = text === null ? sequenceItems(value) : hasSurrogates(text) ? codePoints(text) : text;
  return items?.[index < 0 ? index + items.length : index];
}

/** Jinja2 leaves slices to Python: what has none is an error at once, and not undefined. */
function sliceOf(value: Value, slice: SliceValue): Value {
  if (value instanceof Range) return value.slice(slice);
  const slices = value instanceof Bytes ? sliceValue(new Tuple([...value.data]), slice) : sliceValue(value, slice);
  if (value instanceof Bytes && slices instanceof Tuple) return new Bytes(Uint8Array.from(slices.items, Number));
  if (slices !== undefined) return slices;
  if (value instanceof Dict) throw new ExpressionError("unhashable type: 'slice'");
  throw new ExpressionError(`'${typeName(value)}' object is not subscriptable`);
}

function itemOfDict(dict: Dict, key: Value): Value | undefined {
  const item = attempt(() => dictGet(dict, key));
  if (!(item instanceof ExpressionError)) return item;
  // What cannot be a key is no key.
  if (item.message.startsWith('unhashable')) return undefined;
  throw item;
}

function attributeOf(value: Value, name: string): Value | undefined {
  if (value instanceof Dict) return bound(DICT_METHODS, value, name);
  const text = asText(value);
  if (text !== null) return bound(STRING_METHODS, text, name);
  if (value instanceof AttributeObject || value instanceof Callable) return value.attribute(name);
  if (value instanceof List) return bound(LIST_METHODS, value, name);
  if (value instanceof GroupTuple && (name === 'grouper' || name === 'list')) return value[name];
  if (value instanceof Tuple) return bound(TUPLE_METHODS, value, name);
  if (value instanceof Range) {
    if (name === 'start' || name === 'stop' || name === 'step') return value[name];
    return bound(TUPLE_METHODS, new Tuple(value.iterate()), name);
  }
  if (value instanceof Bytes) return bound(BYTES_METHODS, value, name);
  if (value instanceof DateTime) return partOf(value, name) ?? bound(DATE_TIME_METHODS, value, name);
  const number = asNumber(value);
  if (number === null) return undefined;
  return partOf(number, name) ?? (hasMethod(number, name) ? bound(NUMBER_METHODS, number, name) : undefined);
}

function bound<T>(methods: Methods<T>, receiver: T, name: string): Value | undefined {
  const method = methods.get(name);
  if (method === undefined) return undefined;
  return new NativeFunction(name, (args) => method(receiver, args), 'builtin_function_or_method');
}

/** Reads `a.b.0` out of values, as filters take names of attributes; null stands for the value itself. */
export function attributeGetter(attribute: Value, fallback: Value = null): (value: Value) => Value {
  const parts = attributeParts(attribute);
  return (value) =>
    parts.reduce<Value>((current, part) => {
      const next = getItem(current, part);
      return next instanceof Undefined && fallback !== null ? fallback : next;
    }, value);
}

/** Several attributes, set apart by commas. */
export function attributesGetter(attribute: Value): (value: Value) => readonly Value[] {
  const names = typeof attribute === 'string' ? attribute.split(',') : [attribute];
  const getters = names.map((name) => attributeGetter(name));
  return (value) => getters.map((getter) => getter(value));
}

function attributeParts(attribute: Value): readonly Value[] {
  if (attribute === null) return [];
  if (typeof attribute !== 'string') return [attribute];
  return attribute.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
