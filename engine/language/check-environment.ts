import { Float, fromEntries, isObject, type Json, type JsonObject } from '../model/json.ts';
import { toJsonText } from '../model/json-text.ts';
import { toJson } from '../yaml/node.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { Attributes } from './attributes.ts';
import { describe } from './describe.ts';
import type { Problem } from './problem.ts';
import { Report } from './report.ts';
import { SourceText } from './source-text.ts';

export interface CheckedEnvironment {
  readonly name: string;
  readonly description: string;
  readonly variables: JsonObject;
}

/** Checks the text of an environment, as Mistral's own client reads it: `name` and `variables`, in YAML or JSON. Null with any problem. */
export function checkEnvironment(text: string): {
  readonly environment: CheckedEnvironment | null;
  readonly problems: readonly Problem[];
} {
  const source = new SourceText(text);
  const { root, errors } = readYaml(text, { anchors: true });
  if (errors.length > 0) {
    return {
      environment: null,
      problems: errors.map(({ message, start, end }) => source.problem(message, start, end)),
    };
  }
  const report = new Report(source);
  if (root?.kind !== 'map') {
    const place = root ?? { start: 0, end: 1 };
    const what = root === null ? 'nothing' : describe(root);
    report.add(place, `An environment must be a dictionary with 'name' and 'variables', not ${what}.`);
    return { environment: null, problems: report.problems };
  }
  const attributes = new Attributes(root, 'the environment', report);
  attributes.allow(['name', 'description', 'variables']);
  attributes.require('name');
  attributes.require('variables');
  const variables = attributes.node('variables');
  if (variables !== undefined && variables.kind !== 'map') {
    attributes.refuse('variables', variables, 'a dictionary (name: value)');
  }
  const environment = {
    name: attributes.text('name') ?? '',
    description: attributes.text('description') ?? '',
    variables: variables?.kind === 'map' ? (toJson(variables) as JsonObject) : fromEntries([]),
  };
  return { environment: report.problems.length === 0 ? environment : null, problems: report.problems };
}

/** The text that {@link checkEnvironment} reads as this environment: each variable in a line of its own. */
export function environmentText(name: string, variables: JsonObject): string {
  const lines = Object.entries(variables).map(([key, value]) => `  ${keyText(key)}: ${flowText(value)}\n`);
  return `name: ${JSON.stringify(name)}\nvariables:${lines.length === 0 ? ' {}\n' : `\n${lines.join('')}`}`;
}

/** JSON as YAML 1.1 reads it: there a number with an exponent has a point, and infinities are numbers. */
function flowText(value: Json): string {
  if (value instanceof Float && !Number.isFinite(value.value)) {
    return Number.isNaN(value.value) ? '.nan' : value.value > 0 ? '.inf' : '-.inf';
  }
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(flowText).join(', ')}]`;
  if (!isObject(value)) return toJsonText(value).replace(/^(-?\d+)e/, '$1.0e');
  const pairs = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${flowText(each)}`);
  return `{${pairs.join(', ')}}`;
}

function keyText(key: string): string {
  const isPlain = /^[A-Za-z_][\w-]*$/.test(key) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(key);
  return isPlain ? key : JSON.stringify(key);
}
