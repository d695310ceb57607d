import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BigInteger, Float } from '../../engine/model/json.ts';
import type { ScalarNode, YamlNode } from '../../engine/yaml/node.ts';
import { readYaml } from '../../engine/yaml/read-yaml.ts';

export interface YamlOracleResult {
  readonly id: string;
  readonly feature: 'yaml';
  readonly passed: boolean;
  readonly detail: string;
}

interface OracleLine {
  readonly text: string;
  readonly value?: unknown;
  readonly error?: string;
}

/** Reads every text of DIR/yaml/pyyaml.jsonl and compares it with what PyYAML's `safe_load` made of it. */
export function runYamlOracle(dir: string): readonly YamlOracleResult[] {
  const path = join(dir, 'yaml', 'pyyaml.jsonl');
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      const detail = compare(JSON.parse(line) as OracleLine);
      return { id: `yaml-${index + 1}`, feature: 'yaml', passed: detail === '', detail };
    });
}

/** What differs; empty when nothing does. */
function compare(oracle: OracleLine): string {
  const { root, errors } = readYaml(oracle.text, { anchors: true });
  const refused = errors[0]?.message;
  const text = JSON.stringify(oracle.text);
  if (oracle.value === '<recursive>') {
    // Nothing that contains itself can be stored, so it is refused where PyYAML makes an endless list of it.
    return refused?.includes('contain itself') ? '' : `${text}: expected a refusal, got ${refused ?? 'a value'}`;
  }
  if (oracle.error !== undefined) {
    return refused !== undefined ? '' : `${text}: expected ${oracle.error}, got ${JSON.stringify(describe(root))}`;
  }
  if (refused !== undefined) return `${text}: refused (${refused}), expected ${JSON.stringify(oracle.value)}`;
  const actual = JSON.stringify(describe(root));
  const expected = JSON.stringify(normalize(oracle.value));
  return actual === expected ? '' : `${text}: got ${actual}, expected ${expected}`;
}

/** The oracle's way of writing a value. */
function describe(node: YamlNode | null): unknown {
  if (node === null) return null;
  if (node.kind === 'list') return node.items.map(describe);
  if (node.kind === 'map') return { __d: node.entries.map(({ key, value }) => [describe(key), describe(value)]) };
  return describeScalar(node);
}

function describeScalar(node: ScalarNode): unknown {
  const { value } = node;
  if (node.type === 'date') return `<date>${value}`;
  if (node.type === 'binary') return `<bytes>${value}`;
  if (value instanceof BigInteger) return value.value.toString();
  if (node.type === 'float') return `F:${String(value instanceof Float ? value.value : value)}`;
  return value;
}

/** Our values have neither sets nor zones nor bytes: what stands for them in the store is compared. */
function normalize(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalize);
  if (typeof value === 'string') return normalizeText(value);
  if (typeof value !== 'object' || value === null) return value;
  if ('__s' in value) return normalize(value.__s);
  return '__d' in value ? { __d: normalize(value.__d) } : value;
}

function normalizeText(text: string): string {
  if (text.startsWith('F:')) return text.replace('inf', 'Infinity').replace('nan', 'NaN');
  const [, day, time, fraction = ''] = /^<datetime>(\S+) (\d\d:\d\d:\d\d)(?:\.(\d+))?/.exec(text) ?? [];
  if (day !== undefined) return `<date>${day}T${time}.${fraction.padEnd(6, '0')}`;
  const bytes = /^<bytes>b'(.*)'$/.exec(text)?.[1];
  return bytes === undefined ? text : `<bytes>${Buffer.from(bytes).toString('base64')}`;
}
