import type { Json } from '../model/json.ts';
import { ExpressionError } from './expression-error.ts';
import { strip } from './python/code-points.ts';
import { toText } from './python/text.ts';
import type { Scope } from './scope.ts';
import { type CompiledYaql, compileYaql } from './yaql/evaluate-yaql.ts';
import { parseYaql } from './yaql/parser.ts';

/** A text with expressions in it. */
export interface Template {
  /** @throws ExpressionError */
  evaluate(scope: Scope): Json;
}

/** An expression ends in the line that it begins in. */
export const YAQL_EXPRESSION = /<%[^\n]*?%>/g;

// Expressions come back again and again: reading one takes far longer than evaluating it.
const cache = new Map<string, Template | null>();
const CACHED_TEXTS = 5000;
const LONGEST_CACHED = 20_000;

/** What the text evaluates to, or null when there is no expression in it. */
export function template(text: string): Template | null {
  if (!text.includes('%') && !text.includes('{{')) return null;
  const cached = cache.get(text);
  if (cached !== undefined) return cached;
  const made = makeTemplate(text);
  if (text.length <= LONGEST_CACHED) {
    // The oldest goes: a Map keeps the order of insertion.
    if (cache.size >= CACHED_TEXTS)
      for (const oldest of cache.keys()) {
        cache.delete(oldest);
        break;
      }
    cache.set(text, made);
  }
  return made;
}

function makeTemplate(text: string): Template | null {
  const expressions = text.match(YAQL_EXPRESSION);
  if (expressions === null) return null;
  const [only] = expressions;
  if (only !== undefined && only.length === text.length) return new YaqlTemplate(yaqlSource(only));
  return new YaqlText(text, expressions);
}

/** A place in a text, in characters, and what is wrong there. */
export interface SyntaxProblem {
  readonly message: string;
  readonly offset: number;
  readonly length: number;
}

export function templateProblems(text: string): readonly SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  for (const match of text.matchAll(YAQL_EXPRESSION)) {
    const source = yaqlSource(match[0]);
    try {
      parseYaql(source);
    } catch (error) {
      const problem = expressionError(error);
      if (problem === null) throw error;
      const start = match.index + match[0].indexOf(source);
      const offset = Math.min(problem.offset, source.length);
      problems.push({ message: problem.message, offset: start + offset, length: Math.max(1, source.length - offset) });
    }
  }
  return problems;
}

/** The text between the marks. Mistral strips any of the marks' characters, however many there are. */
export function yaqlSource(marked: string): string {
  return strip(marked, '<%>');
}

/** A text that is one expression: its value keeps its type. */
class YaqlTemplate implements Template {
  private readonly source: string;
  private compiled: CompiledYaql | null = null;

  constructor(source: string) {
    this.source = source;
  }

  evaluate(scope: Scope): Json {
    try {
      this.compiled ??= compileYaql(strip(this.source, null));
      return this.compiled.json(scope);
    } catch (error) {
      throw yaqlError(error, this.source);
    }
  }
}

/** Expressions within a text: their values are put in their place as Python prints them. */
class YaqlText implements Template {
  private readonly text: string;
  private readonly expressions: readonly string[];
  private readonly compiled = new Map<string, CompiledYaql>();

  constructor(text: string, expressions: readonly string[]) {
    this.text = text;
    this.expressions = expressions;
  }

  evaluate(scope: Scope): Json {
    let result = this.text;
    for (const expression of this.expressions) {
      const source = yaqlSource(expression);
      try {
        const compiled = this.compiled.get(source) ?? compileYaql(strip(source, null));
        this.compiled.set(source, compiled);
        // Every occurrence is replaced, even one that an earlier value has brought along: so Mistral does it.
        result = result.split(expression).join(toText(compiled.value(scope)));
      } catch (error) {
        throw yaqlError(error, source);
      }
    }
    return result;
  }
}

function yaqlError(error: unknown, source: string): unknown {
  const cause = expressionError(error);
  if (cause === null) return error;
  const expression = strip(source, null);
  const message = `Can not evaluate YAQL expression [expression=${expression}, error=${cause.message}]`;
  return new ExpressionError(message, { expression, offset: cause.offset, stage: cause.stage });
}

/** The error as one of an expression: JavaScript's own limits are an expression's doing too. Null for any other error. */
function expressionError(error: unknown): ExpressionError | null {
  if (error instanceof ExpressionError) return error;
  if (error instanceof RangeError)
    return new ExpressionError(`The expression is too large to be evaluated (${error.message}).`);
  return null;
}
