import type { Question } from '../../../engine/api/resources.ts';
import { decodeJson, encodeJson, fromEntries, type Json, type JsonObject } from '../../../engine/model/json.ts';
import { readNumber, writeJson } from '../../ui/json/json-text.ts';

export type QuestionField = NonNullable<Question['fields']>[number];

/** What stands in each field, by its name. A boolean's text is `true` or `false`. */
export type Drafts = ReadonlyMap<string, string>;

/** The form as it is first shown. */
export function firstDrafts(fields: readonly QuestionField[]): Drafts {
  return new Map(
    fields.map((field) => {
      const value = decodeJson(encodeJson(field.default ?? null)) as Json;
      if (value === null) return [field.name, field.type === 'boolean' ? 'false' : ''];
      return [field.name, typeof value === 'string' ? value : writeJson(value)];
    }),
  );
}

export type Answer =
  | { readonly ok: true; readonly values: JsonObject }
  /** A sentence for each field that cannot be sent, by its name. */
  | { readonly ok: false; readonly errors: ReadonlyMap<string, string> };

/** The values with their types: a number is a number, and what was left empty is null. */
export function readAnswer(fields: readonly QuestionField[], drafts: Drafts): Answer {
  const errors = new Map<string, string>();
  const entries: [string, Json][] = [];
  for (const { name, type, required } of fields) {
    const text = drafts.get(name) ?? '';
    const isEmpty = type === 'number' ? text.trim() === '' : text === '';
    if (isEmpty) {
      if (required) errors.set(name, type === 'choice' ? 'Choose one of them.' : 'This must be filled in.');
      else entries.push([name, type === 'text' ? '' : null]);
      continue;
    }
    const value = type === 'number' ? readNumber(text.trim()) : type === 'boolean' ? text === 'true' : text;
    if (value === null) errors.set(name, `“${text.trim()}” is not a number. Write it like 5, -0.5 or 1e3.`);
    else entries.push([name, value]);
  }
  return errors.size > 0 ? { ok: false, errors } : { ok: true, values: fromEntries(entries) };
}

/** The field that a refusal speaks of, as the engine words it: `'Label' must be ...`; null when it speaks of none. */
export function fieldOfRefusal(fields: readonly QuestionField[], message: string): QuestionField | null {
  return fields.find(({ label }) => message.startsWith(`'${label}' `)) ?? null;
}
