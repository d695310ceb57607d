import type { Json } from '../model/json.ts';
import { claimCharacters } from './budget.ts';
import { ExpressionError } from './expression-error.ts';
import { type CompiledJinja, compileJinja, parseTemplate } from './jinja/evaluate-jinja.ts';
import { findMarked } from './marks.ts';
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

// Expressions come back again and again: reading one takes far longer than evaluating it.
const cache = new Map<string, Template | null>();
const CACHED_TEXTS = 5000;
const LONGEST_CACHED = 20_000;
const MOST_REPLACING = 1_000_000_000;

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
  // Jinja2 comes first: where a text has both, YAQL's marks are plain text in a template.
  if (isJinja(text)) return new JinjaTemplate(text);
  const expressions = findMarked(text, '<%', '%>').map((marked) => marked.text);
  if (expressions.length === 0) return null;
  const [only] = expressions;
  if (only !== undefined && only.length === text.length) return new YaqlTemplate(yaqlSource(only));
  return new YaqlText(text, expressions);
}

function isJinja(text: string): boolean {
  return findMarked(text, '{{', '}}').length > 0 || findMarked(text, '{%', '%}').length > 0;
}

/** A place in a text, in characters, and what is wrong there. */
export interface SyntaxProblem {
  readonly message: string;
  readonly offset: number;
  readonly length: number;
}

/** What is wrong with the text's expressions by their syntax alone. */
export function templateProblems(text: string): readonly SyntaxProblem[] {
  const yaql = findMarked(text, '<%', '%>');
  if (!isJinja(text)) return yaql.flatMap((marked) => yaqlProblems(marked.text, marked.index));
  const problems = jinjaProblems(text);
  const [other] = yaql;
  if (problems.length > 0 || other === undefined) return problems;
  const message =
    "The line already contains an expression of type 'jinja'. Mixing expression types in a single line is not allowed.";
  return [{ message, offset: other.index, length: other.text.length }];
}

function yaqlProblems(marked: string, start: number): readonly SyntaxProblem[] {
  const source = yaqlSource(marked);
  const problem = failureOf(() => parseYaql(source));
  if (problem === null) return [];
  const inner = start + marked.indexOf(source);
  const offset = Math.min(problem.offset, source.length);
  return [{ message: problem.message, offset: inner + offset, length: Math.max(1, source.length - offset) }];
}

function jinjaProblems(text: string): readonly SyntaxProblem[] {
  const problem = failureOf(() => parseTemplate(text));
  if (problem === null) return [];
  const offset = Math.min(problem.offset, Math.max(0, text.length - 1));
  return [{ message: `Syntax error '${problem.message}'.`, offset, length: Math.max(1, text.length - offset) }];
}

function failureOf(parse: () => unknown): ExpressionError | null {
  try {
    parse();
    return null;
  } catch (error) {
    const problem = expressionError(error);
    if (problem === null) throw error;
    return problem;
  }
}

/** The text between the marks. Mistral strips any of the marks' characters, however many there are. */
function yaqlSource(marked: string): string {
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
      throw evaluationError('YAQL', error, strip(this.source, null));
    }
  }
}

/** A text of Jinja2: either one value, or a template. */
class JinjaTemplate implements Template {
  private readonly text: string;
  private compiled: CompiledJinja | null = null;

  constructor(text: string) {
    this.text = text;
  }

  evaluate(scope: Scope): Json {
    try {
      this.compiled ??= compileJinja(this.text);
      return this.compiled(scope);
    } catch (error) {
      throw evaluationError('Jinja', error, this.text);
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
    // Each expression is looked for in the whole text.
    if (this.text.length * this.expressions.length > MOST_REPLACING) {
      throw new ExpressionError('The text is too long for so many expressions.');
    }
    let result = this.text;
    for (const expression of this.expressions) {
      const source = yaqlSource(expression);
      try {
        const compiled = this.compiled.get(source) ?? compileYaql(strip(source, null));
        this.compiled.set(source, compiled);
        // Every occurrence is replaced, even one that an earlier value has brought along: so Mistral does it.
        const parts = result.split(expression);
        if (parts.length === 1) continue;
        const value = toText(compiled.value(scope));
        claimCharacters(result.length + value.length * (parts.length - 1));
        result = parts.join(value);
      } catch (error) {
        throw evaluationError('YAQL', error, strip(source, null));
      }
    }
    return result;
  }
}

function evaluationError(language: 'YAQL' | 'Jinja', error: unknown, expression: string): unknown {
  const cause = expressionError(error);
  if (cause === null) return error;
  const message = `Can not evaluate ${language} expression [expression=${expression}, error=${cause.message}]`;
  const { offset, stage, reason } = cause;
  return new ExpressionError(message, { expression, offset, stage, reason });
}

/** The error as one of an expression: JavaScript's own limits are an expression's doing too. Null for any other error. */
function expressionError(error: unknown): ExpressionError | null {
  if (error instanceof ExpressionError) return error;
  if (error instanceof RangeError)
    return new ExpressionError(`The expression is too large to be evaluated (${error.message}).`);
  return null;
}
