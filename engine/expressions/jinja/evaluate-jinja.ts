import type { Json } from '../../model/json.ts';
import { LIMITS, withBudget } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { findMarked } from '../marks.ts';
import { toJson } from '../python/to-json.ts';
import type { Scope } from '../scope.ts';
import { compileExpression } from './compile-expression.ts';
import { compileStatements, type Render } from './compile-statements.ts';
import { ExpressionParser } from './expression-parser.ts';
import { Frame } from './frame.ts';
import { tokenizeExpression, tokenizeTemplate } from './lexer.ts';
import { Output } from './output.ts';
import { StatementParser } from './statement-parser.ts';
import { TemplateReference } from './template-reference.ts';
import { TemplateRun } from './template-run.ts';
import { TokenStream } from './token-stream.ts';
import type { Template } from './tree.ts';
import { defined } from './undefined.ts';

/** A template, read once and evaluated often. */
export type CompiledJinja = (scope: Scope) => Json;

/** @throws ExpressionError when the text is no template */
export function compileJinja(source: string): CompiledJinja {
  if (source.length > LIMITS.sourceLength) throw new ExpressionError('The template is too long.', { stage: 'parse' });
  const [first] = findMarked(source, '{{', '}}');
  // Mistral takes the first value for granted.
  if (first === undefined) throw new ExpressionError('list index out of range');
  const compiled = first.text === source ? compileNative(source.slice(2, -2)) : compileTemplate(source);
  return (scope) => withBudget('list', compiled, scope);
}

/** A text that is one expression: its value keeps its type. */
function compileNative(source: string): CompiledJinja {
  const stream = new TokenStream(tokenizeExpression(source));
  const tree = new ExpressionParser(stream).expression();
  if (stream.current.type !== 'end') stream.fail('chunk after expression');
  const evaluate = compileExpression(tree, false);
  return (scope) => toJson(defined(evaluate(new Frame(new TemplateRun(scope), null))));
}

function compileTemplate(source: string): CompiledJinja {
  const { statements, blocks } = parseTemplate(source);
  const render = compileStatements(statements, false);
  const compiled = Array.from(blocks, ([name, body]) => [name, compileStatements(body, false)] as const);
  return (scope) => {
    const run = new TemplateRun(scope);
    const root = new Frame(run, null);
    const renderBlock = (block: Render) => (): string => renderText(block, root.child());
    run.self = new TemplateReference(new Map(compiled.map(([name, block]) => [name, renderBlock(block)])));
    return renderText(render, root);
  };
}

function renderText(render: Render, frame: Frame): string {
  const output = new Output();
  render(frame, output);
  return output.text();
}

/** @throws ExpressionError of the stage `parse` */
export function parseTemplate(source: string): Template {
  if (source.length > LIMITS.sourceLength) throw new ExpressionError('The template is too long.', { stage: 'parse' });
  return new StatementParser(new TokenStream(tokenizeTemplate(source))).template();
}
