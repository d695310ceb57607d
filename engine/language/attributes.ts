import { Float, type JsonObject } from '../model/json.ts';
import { keyText, type MapEntry, type MapNode, toJson, type YamlNode } from '../yaml/node.ts';
import { capitalized, describe } from './describe.ts';
import { checkDictionary, refuseKey } from './dictionary.ts';
import { refuseDuplicates } from './duplicates.ts';
import { isExpression } from './expression-syntax.ts';
import type { Range, Report } from './report.ts';

/** What Mistral lets stand in nearly every dictionary of the language. */
export const META = ['name', 'version', 'description', 'tags'] as const;

/**
 * The attributes of a task, a workflow or the like. Each reader gives the value that the attribute must have, or null
 * when it is missing or wrong; what is wrong is reported.
 */
export class Attributes {
  /** Whose attributes they are, as it reads in a sentence: "task 'a'". */
  readonly owner: string;
  readonly range: Range;
  private readonly report: Report;
  private readonly entries = new Map<string, MapEntry>();

  constructor(map: MapNode, owner: string, report: Report) {
    this.owner = owner;
    this.range = map;
    this.report = report;
    for (const entry of map.entries) {
      if (entry.key.type === 'string') this.entries.set(String(entry.key.value), entry);
      else refuseKey(entry, report);
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  node(name: string): YamlNode | undefined {
    return this.entries.get(name)?.value;
  }

  /**
   * Reports attributes that the owner does not have.
   * @param elsewhere attributes that it would have in another place, which the sentence names
   */
  allow(
    known: readonly string[],
    elsewhere?: { readonly attributes: readonly string[]; readonly where: string },
  ): void {
    for (const [name, { key }] of this.entries) {
      if (known.includes(name)) continue;
      if (elsewhere?.attributes.includes(name)) {
        this.report.add(key, `${capitalized(this.owner)} can have '${name}' only ${elsewhere.where}.`);
      } else {
        this.report.addUnknown(key, `Unknown attribute '${name}' of ${this.owner}.`, name, known);
      }
    }
  }

  require(name: string): void {
    if (!this.has(name)) this.report.add(this.firstLine(), `'${name}' is missing in ${this.owner}.`);
  }

  /** Text that is not empty. */
  text(name: string): string | null {
    const node = this.node(name);
    if (node === undefined) return null;
    if (node.kind === 'scalar' && node.type === 'string' && node.value !== '') return String(node.value);
    return this.refuse(name, node, 'text');
  }

  /** Checks what may stand beside the attributes that are meant; Mistral does not look at it again. */
  checkMeta(): void {
    this.text('name');
    this.text('description');
    this.names('tags');
    const version = this.node('version');
    if (version !== undefined && !isVersion(version)) this.refuse('version', version, "'2.0'");
  }

  /** A dictionary with at least one entry. */
  dictionary(name: string): MapNode | null {
    const node = this.node(name);
    if (node === undefined) return null;
    if (node.kind !== 'map') return this.refuse(name, node, 'a dictionary (name: value)');
    return checkDictionary(node, `'${name}' of ${this.owner}`, this.report) ? node : null;
  }

  /** The value of {@link dictionary}. */
  object(name: string): JsonObject | null {
    const node = this.dictionary(name);
    return node === null ? null : (toJson(node) as JsonObject);
  }

  /** A list of different names. */
  names(name: string): readonly string[] | null {
    const node = this.node(name);
    if (node === undefined) return null;
    const texts = node.kind === 'list' ? node.items.flatMap((item) => (isText(item) ? [String(item.value)] : [])) : [];
    if (node.kind !== 'list' || node.items.length === 0 || texts.length < node.items.length) {
      return this.refuse(name, node, 'a list of texts', node.kind === 'list' ? 'this list' : undefined);
    }
    if (refuseDuplicates(node.items, this.report)) return null;
    return texts;
  }

  /** One name, or a list of different names. */
  nameOrNames(name: string): readonly string[] | null {
    const node = this.node(name);
    if (node?.kind === 'scalar') {
      const text = this.text(name);
      return text === null ? null : [text];
    }
    return this.names(name);
  }

  /** A whole number from 0 on, or one expression. */
  number(name: string): number | string | null {
    const node = this.node(name);
    if (node === undefined) return null;
    const number = isText(node) && isExpression(String(node.value)) ? String(node.value) : toWholeNumber(node);
    return number ?? this.refuse(name, node, 'a whole number (0 or more) or one expression');
  }

  /** A whole number from 0 on. */
  wholeNumber(name: string): number | null {
    const node = this.node(name);
    if (node === undefined) return null;
    return toWholeNumber(node) ?? this.refuse(name, node, 'a whole number (0 or more)');
  }

  /** True, false or one expression. */
  truth(name: string): boolean | string | null {
    const node = this.node(name);
    if (node === undefined) return null;
    if (node.kind === 'scalar') {
      if (typeof node.value === 'boolean') return node.value;
      if (typeof node.value === 'string' && node.type === 'string' && isExpression(node.value)) return node.value;
    }
    return this.refuse(name, node, 'true, false or one expression');
  }

  expression(name: string): string | null {
    const node = this.node(name);
    if (node === undefined) return null;
    if (node.kind === 'scalar' && node.type === 'string' && isExpression(String(node.value))) return String(node.value);
    return this.refuse(name, node, 'one expression (<% ... %> or {{ ... }})');
  }

  /** Reports that the attribute is something else than expected. */
  refuse(name: string, node: YamlNode, expected: string, actual = describe(node)): null {
    this.report.add(node, `'${name}' of ${this.owner} must be ${expected}, not ${actual}.`);
    return null;
  }

  private firstLine(): Range {
    const { start, end } = this.range;
    const lineEnd = this.report.source.text.slice(start, Math.min(end, start + 200)).search(/[\r\n]/);
    return { start, end: lineEnd < 0 ? Math.min(end, start + 200) : start + lineEnd };
  }
}

/** Mistral takes any text that is not empty, and any number that is not negative. */
export function isVersion(node: YamlNode): boolean {
  if (node.kind !== 'scalar') return false;
  if (node.type === 'integer' || node.type === 'float') return !keyText(node).startsWith('-');
  return isText(node);
}

/** A float without a fraction is a whole number for Mistral. */
function toWholeNumber(node: YamlNode): number | null {
  if (node.kind !== 'scalar') return null;
  const number = node.value instanceof Float ? node.value.value : node.value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : null;
}

export function isText(node: YamlNode): node is YamlNode & { readonly kind: 'scalar' } {
  return node.kind === 'scalar' && node.type === 'string' && node.value !== '';
}
