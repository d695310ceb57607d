import { Map as ImmutableMap } from 'immutable';
import { fromEntries, isObject, type Json, type JsonObject } from '../model/json.ts';
import { mergeDeep } from '../model/merge-deep.ts';

/**
 * The variables of one branch. Branches share what they have in common, so a task's context costs only what was
 * published before it; nothing is copied.
 */
export type Context = ImmutableMap<string, Variable>;

interface Variable {
  readonly value: Json;
  /** The publication that gave the value: the newer of two is the one with the higher number. */
  readonly publication: number;
}

export const emptyContext: Context = ImmutableMap();

/** Along a branch a published value replaces the one before, dictionaries too. */
export function publish(context: Context, published: JsonObject, publication: number): Context {
  const names = Object.keys(published);
  if (names.length === 0) return context;
  return context.withMutations((draft) => {
    for (const name of names) draft.set(name, { value: published[name] as Json, publication });
  });
}

/**
 * Where branches meet, the newest published value of each variable wins; of two dictionaries the keys are put together.
 * Mistral 15 lets the order of its database rows decide; its newest version counts publications, as this does.
 */
export function merge(contexts: readonly Context[]): Context {
  const [first = emptyContext, ...others] = contexts;
  return others.reduce((merged, other) => (merged === other ? merged : mergeTwo(merged, other)), first);
}

function mergeTwo(left: Context, right: Context): Context {
  return left.withMutations((draft) => {
    for (const [name, theirs] of right) {
      const ours = draft.get(name);
      if (ours === theirs) continue;
      draft.set(name, ours === undefined ? theirs : newest(ours, theirs));
    }
  });
}

function newest(left: Variable, right: Variable): Variable {
  const [older, newer] = left.publication <= right.publication ? [left, right] : [right, left];
  return isObject(older.value) && isObject(newer.value)
    ? { value: mergeDeep(older.value, newer.value), publication: newer.publication }
    : newer;
}

export function toObject(context: Context): JsonObject {
  return fromEntries([...context].map(([name, variable]) => [name, variable.value]));
}
