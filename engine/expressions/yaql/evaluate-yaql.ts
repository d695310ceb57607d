import { fromEntries, type Json } from '../../model/json.ts';
import { enter, leave, spend, spendEntries, withBudget } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { untouchedData } from '../python/data-value.ts';
import { asSet, dictEntries, makeDict, makeSet } from '../python/dict.ts';
import { iterate } from '../python/iterate.ts';
import { keyText, toJson } from '../python/to-json.ts';
import { isDict, List, PythonObject, type Value } from '../python/value.ts';
import type { Scope } from '../scope.ts';
import { compile } from './compile.ts';
import { RootContext } from './context.ts';
import { isIterable } from './parameters.ts';
import { parseYaql } from './parser.ts';

/** A YAQL expression, read once and evaluated often. */
export interface CompiledYaql {
  /** The value as Python would have it, for what is made of it within a text. */
  value(scope: Scope): Value;
  /** The value as it is stored. */
  json(scope: Scope): Json;
}

/** @throws ExpressionError when the text is no expression */
export function compileYaql(source: string): CompiledYaql {
  const evaluate = compile(parseYaql(source));
  const value = (scope: Scope): Value => toOutput(evaluate(new RootContext(scope)));
  const json = (scope: Scope): Json => toStored(evaluate(new RootContext(scope)));
  return {
    value: (scope) => withBudget('tuple', value, scope),
    json: (scope) => withBudget('tuple', json, scope),
  };
}

/**
 * What YAQL makes of a result at the end: tuples and everything that can be iterated become lists, its own
 * dictionaries and sets become Python's; what then no longer can be a key or a member is an error.
 */
function toOutput(value: Value): Value {
  if (!(value instanceof PythonObject) || untouchedData(value) !== undefined) return value;
  if (isDict(value)) {
    return makeDict(
      dictEntries(value).map(([key, each]) => [toMember(key), toOutput(each)] as const),
      false,
    );
  }
  if (asSet(value) !== null) {
    return makeSet(Array.from(iterate(value) ?? [], toMember), false);
  }
  if (!isIterable(value)) return value;
  spend(6);
  const items: Value[] = [];
  for (const item of iterate(value) ?? []) {
    // A copy costs more than a look.
    spend(4);
    items.push(toOutput(item));
  }
  return new List(items);
}

/** What is stored of a result: the same as of {@link toOutput}, without making lists and dictionaries twice. */
function toStored(value: Value): Json {
  if (!(value instanceof PythonObject) || untouchedData(value) !== undefined) return toJson(value);
  if (isDict(value)) {
    const entries = dictEntries(value);
    spend(4);
    spendEntries(entries.length);
    enter();
    const stored = fromEntries(entries.map(([key, each]) => [keyText(toMember(key)), toStored(each)] as const));
    leave();
    return stored;
  }
  if (asSet(value) !== null || !isIterable(value)) return toJson(toOutput(value));
  const items: Json[] = [];
  spend(8);
  enter();
  for (const item of iterate(value) ?? []) {
    spend(3);
    items.push(toStored(item));
  }
  leave();
  return items;
}

/** A key or a member of a set: what has become a list or dictionary by now can be neither. */
function toMember(value: Value): Value {
  const result = toOutput(value);
  if (Array.isArray(result) || result instanceof List) throw new ExpressionError("unhashable type: 'list'");
  if (isDict(result)) throw new ExpressionError("unhashable type: 'dict'");
  return result;
}
