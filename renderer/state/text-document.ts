import { type DefinitionKind, kindOfText } from '../../engine/language/kind-of-text.ts';

export type DocumentKind = DefinitionKind | 'environment';

/** Something of the library that has a text. */
export interface DefinitionKey {
  readonly kind: DocumentKind;
  readonly name: string;
  readonly namespace: string;
}

/** Where a text is kept when it is saved. */
type Origin =
  | { readonly type: 'new' }
  /** `id`: by which the shell knows the file; null for one that was dropped, of which the place is not known. */
  | { readonly type: 'file'; readonly id: string | null }
  | ({ readonly type: 'library' } & DefinitionKey);

/** A text that is open in the editor. */
export interface TextDocument {
  readonly id: string;
  readonly title: string;
  readonly origin: Origin;
  /** What it is meant to be; null: what it looks like. */
  readonly kind: DocumentKind | null;
  readonly text: string;
  /** What its origin holds, as far as the person knows; null: nothing any more. Of a new text, what it began with. */
  readonly stored: string | null;
  /** What its origin holds now, where somebody else has changed it and the person has not said what about it. */
  readonly outside: { readonly text: string | null } | null;
}

export function kindOf({ kind, text }: TextDocument): DocumentKind {
  return kind ?? kindOfText(text);
}

export function isUnsaved({ text, stored }: TextDocument): boolean {
  return text !== stored;
}

/** The document after another program has written its file, or has removed it (null). */
export function changedOutside(document: TextDocument, text: string | null): TextDocument {
  if (text === document.text) return { ...document, stored: text, outside: null };
  return { ...document, outside: text === document.stored ? null : { text } };
}

/** The person takes what is there now, and loses what they have written. */
export function reloaded(document: TextDocument): TextDocument {
  const text = document.outside?.text ?? null;
  return text === null ? document : { ...document, text, stored: text, outside: null };
}

/** The person stays with what they have written; saving it will replace what is there now. */
export function kept(document: TextDocument): TextDocument {
  return document.outside === null ? document : { ...document, stored: document.outside.text, outside: null };
}

/** The document after its text, as it was when the saving began, has been stored. */
export function saved(document: TextDocument, text: string): TextDocument {
  return { ...document, stored: text, outside: null };
}
