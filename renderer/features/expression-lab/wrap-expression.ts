export type Language = 'yaql' | 'jinja';

/** A text that can be evaluated, and how far what was typed is moved in it. */
interface Wrapped {
  readonly text: string;
  readonly shift: number;
}

/** Puts the marks of the language around what was typed, unless it has marks of its own. Lines become one, as an expression ends with its line. */
export function wrapExpression(typed: string, language: Language): Wrapped {
  if (/<%|\{\{|\{%/.test(typed)) return { text: typed, shift: 0 };
  const line = typed.replaceAll(/\r\n|\n|\r/g, (end) => ' '.repeat(end.length));
  return language === 'yaql' ? { text: `<% ${line} %>`, shift: 3 } : { text: `{{ ${line} }}`, shift: 3 };
}

/** Where an offset of the wrapped text is in what was typed. */
export function unwrapOffset(typed: string, { shift }: Wrapped, offset: number): number {
  return Math.min(Math.max(0, offset - shift), typed.length);
}

/** What kind of value a JSON text is, in Mistral's words. */
export function typeOf(json: string): string {
  const first = json[0];
  if (first === '{') return 'dictionary';
  if (first === '[') return 'list';
  if (first === '"') return 'text';
  if (first === 't' || first === 'f') return 'true or false';
  if (first === 'n') return 'null';
  return /[.eE]/.test(json) ? 'float' : 'integer';
}
