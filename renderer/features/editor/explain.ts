import type { DefinitionKind } from '../../../engine/language/kind-of-text.ts';
import type { Known } from './completion.ts';
import { functionsOf } from './functions.ts';
import { keywordsOf, sectionAt } from './keywords.ts';
import { localNames } from './local-names.ts';
import { placeAt } from './place.ts';

/** What a word of a text means. */
export interface Explanation {
  readonly from: number;
  readonly to: number;
  readonly title: string;
  readonly help: string;
}

/** Explains the keyword, the action, the function or the variable at a place; null where there is nothing to say. */
export function explain(text: string, offset: number, kind: DefinitionKind, known: Known): Explanation | null {
  const from = offset - (/[\w.-]*$/.exec(text.slice(0, offset))?.[0].length ?? 0);
  const to = offset + (/^[\w.-]*/.exec(text.slice(offset))?.[0].length ?? 0);
  const word = text.slice(from, to);
  if (word === '') return null;
  const place = placeAt(text, to);
  if (place === null) return null;
  if (place.expression !== null) return inExpression(text, offset, place.expression.language, kind, place.path);
  const said = (title: string, help: string): Explanation => ({ from, to, title, help });
  if (place.typing === 'key' || isKeyOfItsLine(text, to)) {
    const section = sectionAt(kind, place.path);
    const keyword = section === null ? undefined : keywordsOf(section).find(({ name }) => name === word);
    return keyword === undefined ? null : said(word, keyword.help);
  }
  const action =
    place.of === 'action' || place.of === 'base' ? known.actions.find(({ name }) => name === word) : undefined;
  if (action !== undefined) {
    const parameters = action.parameters.map(({ name, required }) => (required ? name : `[${name}]`)).join(' ');
    return said(`${word} ${parameters}`.trim(), action.description);
  }
  const workflow = place.of === 'workflow' ? known.workflows.find(({ name }) => name === word) : undefined;
  if (workflow === undefined) return null;
  const inputs = workflow.input.map(({ name, required }) => (required ? name : `[${name}]`)).join(' ');
  return said(`${word} ${inputs}`.trim(), workflow.description);
}

function inExpression(
  text: string,
  offset: number,
  language: 'yaql' | 'jinja',
  kind: DefinitionKind,
  path: readonly string[],
): Explanation | null {
  const from = offset - (/\w*$/.exec(text.slice(0, offset))?.[0].length ?? 0);
  const to = offset + (/^\w*/.exec(text.slice(offset))?.[0].length ?? 0);
  const name = text.slice(from, to);
  if (name === '') return null;
  const isVariable = /[$_]\.$/.test(text.slice(0, from)) && text[to] !== '(';
  if (isVariable) {
    const origin = localNames(text, kind, path).variables.get(name);
    return origin === undefined ? null : { from, to, title: name, help: `A variable: ${origin}.` };
  }
  const found = functionsOf(language).filter((each) => each.name === name);
  if (found.length === 0) return null;
  const title = found.flatMap(({ signatures }) => signatures).join('\n');
  return { from, to, title, help: `${language === 'yaql' ? 'YAQL' : 'Jinja2'}, ${found[0]?.family ?? ''}` };
}

function isKeyOfItsLine(text: string, to: number): boolean {
  return /^["']?\s*:(\s|$)/.test(text.slice(to, to + 20));
}
