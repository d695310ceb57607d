import { isObject, type JsonObject } from '../model/json.ts';
import { mergeDeep } from '../model/merge-deep.ts';
import { toJson, type YamlNode } from '../yaml/node.ts';
import { Attributes, META } from './attributes.ts';
import type { Publishing } from './definition.ts';
import { checkTemplate } from './expression-syntax.ts';
import type { Report } from './report.ts';

const SECTIONS = ['branch', 'global', 'atomic'] as const;

/** Reads `publish: {branch: ..., global: ..., atomic: ...}` of an on-clause. */
export function readPublishing(node: YamlNode, clause: string, report: Report): Publishing | null {
  if (node.kind !== 'map') {
    report.add(node, `'publish' of ${clause} must be a dictionary with 'branch', 'global' or 'atomic'.`);
    return null;
  }
  const attributes = new Attributes(node, `'publish' of ${clause}`, report);
  attributes.allow([...SECTIONS, ...META]);
  attributes.checkMeta();
  if (!SECTIONS.some((section) => attributes.has(section))) {
    report.add(node, `'publish' of ${clause} must have 'branch', 'global' or 'atomic'.`);
  }
  const [branch, global, atomic] = SECTIONS.map((section) => {
    const dictionary = attributes.dictionary(section);
    if (dictionary === null) return null;
    checkTemplate(dictionary, report);
    return toJson(dictionary) as JsonObject;
  });
  return { branch: branch ?? null, global: global ?? null, atomic: atomic ?? null };
}

/**
 * What a task publishes when it ends in a state, by Mistral's rules: the task's own `publish` wins over that of the
 * state's clause, and that of `on-complete` wins over both. A section that only the weaker of two has is kept, one that
 * only the stronger has is lost.
 */
export function mergePublishing(
  own: JsonObject | null,
  onComplete: Publishing | null,
  onState: Publishing | null,
): Publishing | null {
  const plain: Publishing | null = own === null ? null : { branch: own, global: null, atomic: null };
  const base = plain !== null && onComplete !== null ? overlay(plain, onComplete) : (plain ?? onComplete);
  if (onState === null || base === null) return onState ?? base;
  return overlay(onState, base);
}

function overlay(weaker: Publishing, stronger: Publishing): Publishing {
  return {
    branch: overlaySection(weaker.branch, stronger.branch),
    global: overlaySection(weaker.global, stronger.global),
    atomic: overlaySection(weaker.atomic, stronger.atomic),
  };
}

function overlaySection(weaker: Publishing['branch'], stronger: Publishing['branch']): Publishing['branch'] {
  if (!isObject(weaker) || !isObject(stronger)) return weaker;
  return mergeDeep(weaker, stronger);
}
