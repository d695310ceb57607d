import { useState } from 'react';
import type { Node } from '../../../engine/api/resources.ts';
import { isObject, type JsonObject } from '../../../engine/model/json.ts';
import { readJson, writeJson } from '../../ui/json/json-text.ts';
import { usePayload } from './use-payload.ts';

/** More cannot be edited as text, in characters. */
const LIMIT = 500_000;

export type DictionaryDraft =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly message: string }
  | {
      readonly status: 'loaded';
      readonly before: JsonObject;
      readonly text: string;
      readonly setText: (text: string) => void;
      /** Null while the text is no dictionary. */
      readonly after: JsonObject | null;
      readonly error: string | null;
    };

/** A dictionary of an execution as text to be changed: all of its input, or the environment within its params. */
export function useDictionary(node: Node, part: 'input' | 'env'): DictionaryDraft {
  const payload = usePayload(node, part === 'env' ? 'params' : 'input', LIMIT);
  const [typed, setText] = useState<string | null>(null);
  if (payload.status !== 'loaded') return payload;
  if (payload.payload.type === 'tooLarge') {
    return { status: 'failed', message: 'It is too large to be edited here.' };
  }
  const read = 'text' in payload.payload ? readJson(payload.payload.text) : null;
  const whole = read?.ok === true && isObject(read.value) ? read.value : {};
  const inner = part === 'env' ? new Map(Object.entries(whole)).get('env') : whole;
  const before = isObject(inner) ? inner : {};
  const text = typed ?? writeJson(before);
  const reading = readJson(text);
  const after = reading.ok && isObject(reading.value) ? reading.value : null;
  const error = reading.ok && after === null ? 'It must be a dictionary: {"name": value}.' : null;
  return { status: 'loaded', before, text, setText, after, error };
}
