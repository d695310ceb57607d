import { ExpressionError } from './expression-error.ts';

/**
 * What one evaluation may cost. An expression comes from a workflow that somebody else may have written, so nothing
 * it says may hang or exhaust the program: every loop, call and copy below is paid for, and whoever runs out gets an error.
 */
export const LIMITS = {
  /** Characters of one expression's text. */
  sourceLength: 100_000,
  /** How deep an expression's own text may nest. */
  sourceDepth: 400,
  /** Units of work, each worth some sixty nanoseconds: some 300 ms on a machine that does nothing else. */
  steps: 5_000_000,
  /** Calls inside calls while evaluating, and how deep a value may nest. */
  depth: 250,
  /** Items of one collection. */
  items: 1_000_000,
  /** Characters of one string. */
  characters: 10_000_000,
  /** Bits of one integer; Python itself refuses to print more than some 14,000 of them. */
  integerBits: 100_000,
} as const;

// Evaluation is synchronous, so there is never more than one budget at a time; one inside another shares it.
let steps = 0;
let depth = 0;
let running = false;
let dataArrays: 'list' | 'tuple' = 'list';

/**
 * Runs one evaluation with a fresh budget. YAQL takes the lists in its data for tuples, Jinja2 for lists.
 * @param units less of it than anybody may have
 */
export function withBudget<A, T>(
  arrays: 'list' | 'tuple',
  evaluate: (argument: A) => T,
  argument: A,
  units: number = LIMITS.steps,
): T {
  if (running) return evaluate(argument);
  running = true;
  dataArrays = arrays;
  steps = units;
  depth = 0;
  try {
    return evaluate(argument);
  } finally {
    running = false;
    dataArrays = 'list';
  }
}

/** What a plain array counts as in the language that is being evaluated. */
export function dataArrayType(): 'list' | 'tuple' {
  return dataArrays;
}

/** Pays for work: a unit for every sixty nanoseconds or so that it takes, what it leaves to be collected included. */
export function spend(units: number): void {
  steps -= units;
  if (steps < 0 && running) throw new ExpressionError('The expression takes too long: it was stopped.');
}

/** Pays for going through a text once, as comparing, searching and measuring it do. */
export function spendText(length: number): void {
  if (length >= 32) spend(length >>> 5);
}

/** What an entry pays at most for the growth of the table that it goes into. */
const MOST_FOR_GROWTH = 8;

/**
 * Pays for entering so many more into a map, a set or an object that has had so many: a table is moved about in memory
 * while it grows, so that the larger it is the longer an entry takes.
 */
export function spendEntries(count: number, had = 0): void {
  spend(count * (3 + Math.min(MOST_FOR_GROWTH, (had + (count >>> 1)) >>> 13)));
}

/** Pays for arithmetic whose cost grows with the product of two integers' sizes. */
export function spendProduct(bits: number, otherBits: number): void {
  spend(((bits >>> 6) * (otherBits >>> 6)) >>> 7);
}

/** Pays for one level of nesting; whoever enters leaves, save by an error. */
export function enter(): void {
  if (++depth > LIMITS.depth) {
    throw new ExpressionError('The expression nests too deeply (maximum recursion depth exceeded).');
  }
}

export function leave(): void {
  depth--;
}

/** The result, or the error that there was instead of one, for whoever can go on without. */
export function attempt<T>(run: () => T): T | ExpressionError {
  const before = depth;
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    depth = before;
    // An error knows where it comes from, which costs more than most of what can go wrong.
    spend(50);
    return error;
  }
}

/** Refuses a collection that would be too large, before it is made, and pays for making it. */
export function claimItems(count: number): void {
  if (count > LIMITS.items) {
    throw new ExpressionError(`The expression would make a collection of more than ${LIMITS.items} items.`);
  }
  spend(count);
}

/** Refuses a string that would be too long, before it is made, and pays for making it. */
export function claimCharacters(count: number): void {
  if (count > LIMITS.characters) {
    throw new ExpressionError(`The expression would make a text of more than ${LIMITS.characters} characters.`);
  }
  spend(count >>> 4);
}
