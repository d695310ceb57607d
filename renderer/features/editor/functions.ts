import { type KnownFunction, listFunctions } from '../../../engine/expressions/list-functions.ts';

type Language = 'yaql' | 'jinja';

/** A function with all the lists of parameters that it goes by. */
export interface DescribedFunction {
  readonly name: string;
  readonly use: KnownFunction['use'];
  readonly family: string;
  /** As it is called: `$.skip(count)`, `x | upper`. */
  readonly signatures: readonly string[];
}

const known = new Map<Language, readonly DescribedFunction[]>();

/** What an expression of the language can use, for people: operators, which have names of their own, are left out. */
export function functionsOf(language: Language): readonly DescribedFunction[] {
  const before = known.get(language);
  if (before !== undefined) return before;
  const byName = new Map<string, { readonly first: KnownFunction; readonly signatures: string[] }>();
  for (const each of listFunctions(language)) {
    if (!/^[A-Za-z_]\w*$/.test(each.name)) continue;
    const key = `${each.name} ${each.use === 'filter' || each.use === 'test' ? each.use : ''}`;
    const entry = byName.get(key) ?? { first: each, signatures: [] };
    byName.set(key, entry);
    const signature = signatureOf(each);
    if (!entry.signatures.includes(signature)) entry.signatures.push(signature);
  }
  const described = [...byName.values()].map(({ first: { name, use, family }, signatures }) => ({
    name,
    use,
    family,
    signatures,
  }));
  known.set(language, described);
  return described;
}

function signatureOf({ name, use, parameters }: KnownFunction): string {
  switch (use) {
    case 'filter':
      return `value | ${name}`;
    case 'test':
      return `value is ${name}`;
    case 'method':
      return `${parameters[0] ?? 'value'}.${name}(${parameters.slice(1).join(', ')})`;
    case 'function':
    case 'both':
      return `${name}(${parameters.join(', ')})`;
  }
}
