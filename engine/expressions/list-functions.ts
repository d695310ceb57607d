import { FILTERS, TESTS } from './jinja/filters.ts';
import { GLOBALS } from './jinja/globals.ts';
import { MISTRAL_FUNCTIONS } from './mistral-functions.ts';
import { FAMILIES } from './yaql/library.ts';

/** Something that an expression can use, for an editor that offers it. */
export interface KnownFunction {
  readonly name: string;
  /** `f(x)`, `x.f()`, `x | f`, `x is f`. YAQL has functions that may be called in either of the first two ways. */
  readonly use: 'function' | 'method' | 'both' | 'filter' | 'test';
  readonly family: string;
  /** In their order; empty where a function takes any, or where they are not known. */
  readonly parameters: readonly string[];
}

/** Every function of the language; one that goes by several lists of parameters is there as often. */
export function listFunctions(language: 'yaql' | 'jinja'): readonly KnownFunction[] {
  return language === 'yaql' ? yaqlFunctions() : jinjaFunctions();
}

function yaqlFunctions(): readonly KnownFunction[] {
  return Object.entries(FAMILIES).flatMap(([family, definitions]) =>
    definitions.map(({ name, calling, parameters }) => ({
      name,
      use: calling,
      family,
      parameters: parameters.map((parameter) => parameter.name),
    })),
  );
}

function jinjaFunctions(): readonly KnownFunction[] {
  const named = (use: KnownFunction['use'], family: string, names: Iterable<string>): KnownFunction[] =>
    Array.from(names, (name) => ({ name, use, family, parameters: [] }));
  const mistral = MISTRAL_FUNCTIONS.map(({ name, parameters }) => ({
    name,
    use: 'function' as const,
    family: 'mistral',
    parameters: parameters.map((parameter) => parameter.name),
  }));
  return [
    ...mistral,
    ...named('function', 'globals', GLOBALS.keys()),
    ...named('filter', 'filters', FILTERS.keys()),
    ...named('test', 'tests', TESTS.keys()),
  ];
}
