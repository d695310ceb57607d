import { isAlias, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import { Float } from '../../model/json.ts';
import { claimCharacters, enter, leave, spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { dictEntries, makeSet, setEntry } from './dict.ts';
import { Dict, type DictEntries, isDict, isFloat, isInteger, List, sequenceItems, type Value } from './value.ts';
import { readScalar } from './yaml-scalar.ts';

/**
 * The text as Mistral's `yaml_parse` reads it: YAML 1.1 as PyYAML understands it, with `&` and `*` nothing but text.
 * @throws ExpressionError when the text is no YAML
 */
export function parseYaml(text: string): Value {
  claimCharacters(text.length);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: 'failsafe',
    version: '1.1',
    uniqueKeys: false,
    lineCounter: lines,
    prettyErrors: false,
    strict: false,
  });
  // Mistral lets a text begin with an at sign.
  const problem = document.errors.find(({ code, pos }) => code !== 'BAD_SCALAR_START' || text[pos[0]] !== '@');
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw new ExpressionError(`${problem.message} in line ${line}, column ${col}`);
  }
  return document.contents === null ? null : toValue(document.contents);
}

const TAG = 'tag:yaml.org,2002:';

function toValue(node: ParsedNode): Value {
  spend(1);
  if (isAlias(node)) return `*${node.source}`;
  if (isScalar(node)) return scalar(node);
  if (node.anchor !== undefined) throw new ExpressionError(`Anchors such as &${node.anchor} are not supported.`);
  enter();
  const value = isSeq(node) ? new List(node.items.map((item) => toValue(item as ParsedNode))) : mapping(node);
  leave();
  return value;
}

function scalar(node: Scalar.Parsed): Value {
  const text = String(node.value ?? '');
  if (node.anchor !== undefined) return text === '' ? `&${node.anchor}` : `&${node.anchor} ${text}`;
  switch (node.tag) {
    case undefined:
      return node.type === 'PLAIN' || node.type === undefined ? readScalar(text) : text;
    case '!':
    case `${TAG}str`:
      return text;
    case `${TAG}float`: {
      const value = readScalar(text);
      return typeof value === 'number'
        ? isFloat(value)
          ? value
          : new Float(value)
        : checkTag(node.tag, value, isFloat(value));
    }
    case `${TAG}int`: {
      const value = readScalar(text);
      return checkTag(node.tag, value, isInteger(value));
    }
    case `${TAG}bool`: {
      const value = readScalar(text);
      return checkTag(node.tag, value, typeof value === 'boolean');
    }
    case `${TAG}null`:
      return null;
    default:
      return checkTag(node.tag, null, false);
  }
}

function checkTag(tag: string, value: Value, fits: boolean): Value {
  if (!fits) throw new ExpressionError(`could not determine a constructor for the tag '${tag}'`);
  return value;
}

function mapping(node: YAMLMap.Parsed): Value {
  const own: (readonly [Value, Value])[] = [];
  const merged: (readonly [Value, Value])[] = [];
  for (const { key, value } of node.items) {
    const entryValue = value === null ? null : toValue(value as ParsedNode);
    const isMerge = isScalar(key) && key.type === 'PLAIN' && key.value === '<<';
    const entryKey = key === null || isMerge ? null : toValue(key as ParsedNode);
    if (isMerge) merged.push(...mergedEntries(entryValue));
    else own.push([entryKey, entryValue]);
  }
  const entries: DictEntries = new Map();
  for (const [key, value] of [...merged, ...own]) setEntry(entries, key, value);
  if (node.tag === `${TAG}set`)
    return makeSet(
      dictEntries(new Dict(entries, false)).map(([key]) => key),
      false,
    );
  if (node.tag !== undefined && node.tag !== `${TAG}map`) return checkTag(node.tag, null, false);
  return new Dict(entries, false);
}

/** What `<<` brings in: the first of several dictionaries counts, so the last comes first. */
function mergedEntries(value: Value): readonly (readonly [Value, Value])[] {
  if (isDict(value)) return dictEntries(value);
  const dicts = sequenceItems(value);
  if (dicts === null) throw new ExpressionError('expected a mapping or list of mappings for merging');
  return [...dicts].reverse().flatMap((each) => {
    if (!isDict(each)) throw new ExpressionError('expected a mapping for merging');
    return dictEntries(each);
  });
}
