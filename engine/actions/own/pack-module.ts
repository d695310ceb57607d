import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromJSONSchema, type ZodType } from 'zod';
import type { PackAction } from './pack-messages.ts';

/** One action of a module, ready to be run. */
export interface LoadedAction {
  readonly described: PackAction;
  readonly input: ZodType;
  readonly output: ZodType | null;
  readonly run: (input: unknown, context: object) => unknown;
}

// What zod makes when it is first asked is made before any module can be in its way.
fromJSONSchema({ type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false }).safeParse({});

/** Names as tasks can write them. */
const NAME = /^[A-Za-z_][\w-]*(\.[\w-]+)*$/;
const LONGEST_NAME = 200;
const LONGEST_TEXT = 4000;

type Schema = { readonly [keyword: string]: unknown };

/**
 * The actions that a module exports: every object that has a function `run`.
 *
 * @param file a file URL
 * @param stripping the address of strip-types.ts
 * @throws Error that says what is wrong, and where
 */
export async function loadModule(file: string, stripping: string): Promise<ReadonlyMap<string, LoadedAction>> {
  const module = await importModule(file, stripping);
  const loaded = new Map<string, LoadedAction>();
  for (const [exported, value] of Object.entries(module)) {
    if (!isRecord(value) || typeof value.run !== 'function') continue;
    const action = readAction(exported, value);
    if (loaded.has(action.described.name)) throw new Error(`it has two actions named '${action.described.name}'`);
    loaded.set(action.described.name, action);
  }
  if (loaded.size === 0) throw new Error("it exports no action: an object with a 'name' and a function 'run'");
  return loaded;
}

async function importModule(file: string, stripping: string): Promise<Schema> {
  try {
    return (await import(file)) as Schema;
  } catch (error) {
    // Node keeps the place of a syntax error to itself.
    if (error instanceof SyntaxError) {
      const { parseProblem } = (await import(stripping)) as typeof import('./strip-types.ts');
      const problem = parseProblem(await readFile(fileURLToPath(file), 'utf8'), path.basename(fileURLToPath(file)));
      if (problem !== null) throw problem;
    }
    throw error;
  }
}

function readAction(exported: string, value: Schema): LoadedAction {
  const { name, description = '', input = {}, output = null, timeout = null, run } = value;
  if (typeof name !== 'string' || !NAME.test(name) || name.length > LONGEST_NAME) {
    throw new Error(`the name of '${exported}' must be a text of letters, digits, '_', '-' and dots, as 'acme.greet'`);
  }
  const wrong = (what: string): Error => new Error(`${name}: ${what}`);
  if (typeof description !== 'string') throw wrong("its 'description' must be a text");
  if (timeout !== null && !(typeof timeout === 'number' && timeout > 0)) {
    throw wrong("its 'timeout' must be a number of seconds");
  }
  if (!isRecord(input)) throw wrong("its 'input' must be a JSON schema of a dictionary");
  if (output !== null && !isRecord(output)) throw wrong("its 'output' must be a JSON schema");
  const { properties = {}, required = [] } = input;
  if (!isRecord(properties)) throw wrong("the 'properties' of its 'input' must be a dictionary");
  if (!Array.isArray(required)) throw wrong("what is 'required' of its 'input' must be a list of names");
  return {
    described: {
      name,
      description: short(description),
      parameters: Object.entries(properties).map(([each, schema]) =>
        parameterOf(each, schema, required.includes(each)),
      ),
      result: output === null ? null : short(output.description ?? typeOf(output)),
      timeout,
    },
    input: schemaOf({ additionalProperties: false, ...input, type: 'object' }, (why) => wrong(`its 'input': ${why}`)),
    output: output === null ? null : schemaOf(output, (why) => wrong(`its 'output': ${why}`)),
    run: (given, context) => (run as LoadedAction['run']).call(value, given, context),
  };
}

function schemaOf(schema: Schema, wrong: (why: string) => Error): ZodType {
  try {
    return fromJSONSchema(schema);
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

const TYPES: { readonly [type: string]: NonNullable<PackAction['parameters'][number]['types']>[number] } = {
  string: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  array: 'list',
  object: 'dictionary',
};

function parameterOf(name: string, schema: unknown, required: boolean): PackAction['parameters'][number] {
  const { type, description = '' } = isRecord(schema) ? schema : {};
  const types = [type].flat().map((each) => (Object.hasOwn(TYPES, String(each)) ? TYPES[String(each)] : undefined));
  const known = types.filter((each) => each !== undefined);
  // What may be null, too, is left to the schema.
  return { name, required, description: short(description), types: known.length === types.length ? known : null };
}

function typeOf({ type }: Schema): string {
  return [type ?? 'any value'].flat().join(' or ');
}

function short(text: unknown): string {
  return String(text).slice(0, LONGEST_TEXT);
}

function isRecord(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
