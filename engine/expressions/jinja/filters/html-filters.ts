import { claimCharacters, spend } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { repeatText } from '../../python/code-points.ts';
import { dictEntries } from '../../python/dict.ts';
import { iterate } from '../../python/iterate.ts';
import { dumpJson } from '../../python/json-dump.ts';
import { asNumber, asText } from '../../python/operators.ts';
import { repr } from '../../python/text.ts';
import { isDict, Markup, typeName, type Value } from '../../python/value.ts';
import { pairs } from '../methods/dict-methods.ts';
import { Undefined } from '../undefined.ts';
import { count, items, str, truth } from '../values.ts';
import { type Filters, filter } from './filter.ts';
import { linkUrls } from './link-urls.ts';

export const HTML_FILTERS: Filters = [
  filter('e', [], (_environment, value) => escaped(value)),
  filter('escape', [], (_environment, value) => escaped(value)),
  filter('forceescape', [], (_environment, value) => new Markup(escapeHtml(str(value)))),
  filter('safe', [], (_environment, value) => new Markup(str(value))),
  filter('striptags', [], (_environment, value) => stripTags(str(value))),
  filter('tojson', [['indent', null]], (_environment, value, indent = null) => {
    if (value instanceof Undefined) value.fail();
    const json = dumpJson(value, {
      indent: indent === null ? null : (asText(indent) ?? repeatText(' ', count(indent))),
      sortKeys: true,
      onlyJson: true,
    });
    return new Markup(
      json.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026').replaceAll("'", '\\u0027'),
    );
  }),
  filter('urlencode', [], (_environment, value) => urlEncode(value)),
  filter(
    'urlize',
    [
      ['trim_url_limit', null],
      ['nofollow', false],
      ['target', null],
      ['rel', null],
      ['extra_schemes', null],
    ],
    (_environment, value, limit = null, noFollow = false, target = null, rel = null, schemes = null) => {
      const relations = new Set((rel === null ? '' : str(rel)).split(/\s+/).filter((each) => each !== ''));
      if (truth(noFollow)) relations.add('nofollow');
      relations.add('noopener');
      return linkUrls(escaped(value).text, {
        limit: asNumber(limit) === null ? null : count(limit),
        rel: [...relations].sort().join(' '),
        target: target === null ? null : str(target),
        schemes: schemes === null ? [] : Array.from(items(schemes), str),
      });
    },
  ),
  filter('xmlattr', [['autospace', true]], (_environment, value, autospace = true) => {
    if (!isDict(value)) throw new ExpressionError(`'${typeName(value)}' object has no attribute 'items'`);
    const attributes = dictEntries(value)
      .filter(([, each]) => each !== null && !(each instanceof Undefined))
      .map(([key, each]) => {
        spend(10);
        const name = asText(key);
        if (name === null) throw new ExpressionError(`expected string or bytes-like object, got '${typeName(key)}'`);
        if (/[\s/>=]/.test(name)) throw new ExpressionError(`Invalid character in attribute name: ${repr(name)}`);
        return `${escapeHtml(name)}="${escaped(each).text}"`;
      });
    const text = attributes.join(' ');
    return truth(autospace) && text !== '' ? ` ${text}` : text;
  }),
];

/** The text with everything escaped that means something in HTML. */
function escapeHtml(text: string): string {
  claimCharacters(text.length * 2);
  // Paid before: JavaScript finds all of them before it replaces the first.
  spend((text.length >>> 4) + 12 * countEscapes(text));
  const result = text.replace(/[&<>'"]/g, (character) => ESCAPES[character] ?? character);
  claimCharacters(result.length);
  return result;
}

function countEscapes(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22 || code === 0x26 || code === 0x27 || code === 0x3c || code === 0x3e) count++;
  }
  return count;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '>': '&gt;',
  '<': '&lt;',
  "'": '&#39;',
  '"': '&#34;',
};

/** What is marked as safe stays as it is. */
export function escaped(value: Value): Markup {
  return value instanceof Markup ? value : new Markup(escapeHtml(str(value)));
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

/** The text without everything from an opening mark to the next closing one. */
function without(text: string, open: string, close: string): string {
  let result = '';
  let from = 0;
  for (let start = text.indexOf(open); start !== -1; start = text.indexOf(open, from)) {
    const end = text.indexOf(close, start);
    if (end === -1) break;
    result += text.slice(from, start);
    from = end + close.length;
  }
  return result + text.slice(from);
}

function stripTags(html: string): string {
  spend(html.length * 2);
  return without(without(html, '<!--', '-->'), '<', '>')
    .split(/\s+/)
    .filter((word) => word !== '')
    .join(' ')
    .replace(
      /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));/g,
      (whole, hex?: string, decimal?: string, name?: string) => {
        if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole;
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
      },
    );
}

function urlEncode(value: Value): string {
  const text = asText(value);
  if (text !== null) return quote(text, false);
  if (iterate(value) === null) return quote(str(value), false);
  return pairs(value)
    .map(([key, each]) => {
      spend(20);
      return `${quote(str(key), true)}=${quote(str(each), true)}`;
    })
    .join('&');
}

/** @param inQuery whether spaces are plus signs and slashes escaped, as they are in a query */
function quote(text: string, inQuery: boolean): string {
  claimCharacters(text.length * 3);
  spend(text.length);
  const encoded = encodeURIComponent(text.replace(/[\ud800-\udfff](?![\udc00-\udfff])/gu, '?')).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return inQuery ? encoded.replaceAll('%20', '+') : encoded.replaceAll('%2F', '/');
}
