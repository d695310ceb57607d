import type { InputDeclaration } from '../../../engine/api/resources.ts';
import {
  BigInteger,
  decodeJson,
  encodeJson,
  Float,
  fromEntries,
  type Json,
  type JsonObject,
} from '../../../engine/model/json.ts';
import { readJson, readNumber, writeJson } from '../../ui/json/json-text.ts';

/** How an input is edited. `lines` is text of several lines. */
export type InputKind = 'text' | 'lines' | 'number' | 'boolean' | 'json';

/** What the person has typed for one input, valid or not. A boolean's text is `true` or `false`. */
export interface InputDraft {
  readonly kind: InputKind;
  readonly text: string;
}

export type Drafts = ReadonlyMap<string, InputDraft>;

/**
 * The drafts by which the form begins: what `example` says, else what was typed `before`, else the default, and nothing
 * for what is required.
 */
export function initialDrafts(
  declarations: readonly InputDeclaration[],
  example: Readonly<Record<string, unknown>>,
  before: Drafts = new Map(),
): Drafts {
  return new Map(
    declarations.map((declaration) => {
      const { name } = declaration;
      if (Object.hasOwn(example, name)) return [name, draftOf(offWire(example[name]))];
      return [name, before.get(name) ?? defaultDraft(declaration)];
    }),
  );
}

/** Of a required input nothing is known, not even its type: text is the best guess. */
export function defaultDraft(declaration: InputDeclaration): InputDraft {
  if (declaration.required) return { kind: 'text', text: '' };
  return draftOf(offWire(declaration.default));
}

/** The value, as the kind of editor that fits it shows it. */
export function draftOf(value: Json): InputDraft {
  if (typeof value === 'string') return { kind: value.includes('\n') ? 'lines' : 'text', text: value };
  if (typeof value === 'boolean') return { kind: 'boolean', text: String(value) };
  return { kind: isNumber(value) ? 'number' : 'json', text: writeJson(value) };
}

/** Says the same in another kind where that is possible, and otherwise keeps what was typed. */
export function changeKind(draft: InputDraft, kind: InputKind): InputDraft {
  if (kind === 'text') return { kind, text: plainText(draft).replaceAll('\n', ' ') };
  if (kind === 'lines') return { kind, text: plainText(draft) };
  const { text } = draft;
  if (kind === 'json') {
    const isText = draft.kind === 'text' || draft.kind === 'lines';
    return { kind, text: isText && text !== '' && !readJson(text).ok ? JSON.stringify(text) : text };
  }
  if (kind === 'boolean') return { kind, text: String(text.trim() === 'true') };
  return { kind, text: plainText(draft) };
}

type DraftReading =
  | { readonly ok: true; readonly value: Json }
  /** `message` is a sentence for the person who typed. */
  | { readonly ok: false; readonly message: string };

/** The value that was typed, with its type. */
function readDraft({ kind, text }: InputDraft): DraftReading {
  switch (kind) {
    case 'text':
    case 'lines':
      return { ok: true, value: text };
    case 'number': {
      const value = readNumber(text.trim());
      return value === null ? { ok: false, message: noNumber(text) } : { ok: true, value };
    }
    case 'boolean':
      return { ok: true, value: text === 'true' };
    case 'json': {
      const reading = readJson(text);
      if (reading.ok) return reading;
      const { line, column, message } = reading.problem;
      return { ok: false, message: `Line ${line}, column ${column}: ${message}` };
    }
  }
}

export type InputReading =
  | { readonly ok: true; readonly input: JsonObject }
  /** A sentence for each input that cannot be sent, by its name. */
  | { readonly ok: false; readonly errors: ReadonlyMap<string, string> };

/** The input to start with. What stands at its default is left out: the engine adds it, exactly as it was written. */
export function readInput(declarations: readonly InputDeclaration[], drafts: Drafts): InputReading {
  const errors = new Map<string, string>();
  const entries: [string, Json][] = [];
  for (const declaration of declarations) {
    const unset = defaultDraft(declaration);
    const draft = drafts.get(declaration.name) ?? unset;
    if (declaration.required && draft.text === '') errors.set(declaration.name, 'This input is required.');
    else if (!isSame(draft, unset)) {
      const reading = readDraft(draft);
      if (reading.ok) entries.push([declaration.name, reading.value]);
      else errors.set(declaration.name, reading.message);
    }
  }
  return errors.size > 0 ? { ok: false, errors } : { ok: true, input: fromEntries(entries) };
}

export function isSame(one: InputDraft, other: InputDraft): boolean {
  return one.kind === other.kind && one.text === other.text;
}

/** The values as they can leave the window: boxed numbers do not survive it, so they go in their written form. */
export function onWire(input: JsonObject): Record<string, unknown> {
  return JSON.parse(encodeJson(input)) as Record<string, unknown>;
}

function offWire(value: unknown): Json {
  return decodeJson(encodeJson(value ?? null)) as Json;
}

/** The text without the quotes that JSON wants around it. */
function plainText({ kind, text }: InputDraft): string {
  if (kind !== 'json') return text;
  const reading = readJson(text);
  return reading.ok && typeof reading.value === 'string' ? reading.value : text;
}

function noNumber(text: string): string {
  if (text.trim() === '') return 'Write a number.';
  if (/^-?\d+,\d+$/.test(text.trim())) return `Write the decimals after a point: ${text.trim().replace(',', '.')}.`;
  return `“${text.trim()}” is not a number. Write it like 5, -0.5 or 1e3.`;
}

function isNumber(value: Json): boolean {
  return typeof value === 'number' || value instanceof Float || value instanceof BigInteger;
}
