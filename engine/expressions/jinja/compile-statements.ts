import { spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { iterate } from '../python/iterate.ts';
import { asText } from '../python/operators.ts';
import { Markup, typeName, type Value } from '../python/value.ts';
import { callValue } from './call-value.ts';
import { compileArguments, compileBlockFilter, compileExpression } from './compile-expression.ts';
import { escaped } from './filters/html-filters.ts';
import type { Frame } from './frame.ts';
import { Loop } from './loop.ts';
import { Macro, type MacroDefinition } from './macro.ts';
import { Namespace } from './namespace.ts';
import { Output } from './output.ts';
import type { CallStatement, ForStatement, Parameters, Statement, Target } from './tree.ts';
import { defined } from './undefined.ts';
import { items, str, truth } from './values.ts';

/** Renders something to the output. */
export type Render = (frame: Frame, output: Output) => void;

/** @throws ExpressionError for a filter or test that does not exist */
export function compileStatements(statements: readonly Statement[], soft: boolean): Render {
  const steps = statements.map((statement) => compileStatement(statement, soft));
  const [only] = steps;
  if (only !== undefined && steps.length === 1) return only;
  return (frame, output) => {
    for (const step of steps) step(frame, output);
  };
}

function compileStatement(statement: Statement, soft: boolean): Render {
  switch (statement.type) {
    case 'text': {
      const { text } = statement;
      return (_frame, output) => output.write(text);
    }
    case 'print': {
      const value = compileExpression(statement.value, soft);
      return (frame, output) => output.write(frame.run.autoescape ? escaped(value(frame)).text : str(value(frame)));
    }
    case 'if':
      return compileIf(statement);
    case 'for':
      return compileFor(statement, soft);
    case 'set': {
      const value = compileExpression(statement.value, soft);
      return (frame) => assign(statement.target, value(frame), frame);
    }
    case 'set-block': {
      const body = compileStatements(statement.body, soft);
      const filter = statement.filter === null ? null : compileBlockFilter(statement.filter);
      return (frame) => {
        const text = rendered(body, frame);
        const value = frame.run.autoescape ? new Markup(text) : text;
        assign(statement.target, filter === null ? value : filter(frame, value), frame);
      };
    }
    case 'filter-block': {
      const body = compileStatements(statement.body, soft);
      const filter = compileBlockFilter(statement.filter);
      return (frame, output) => output.write(str(filter(frame, rendered(body, frame))));
    }
    case 'macro': {
      const definition = macroDefinition(statement.name, statement.parameters, statement.body, soft);
      return (frame) => frame.set(statement.name, new Macro(definition, frame));
    }
    case 'call-block':
      return compileCallBlock(statement, soft);
    case 'with': {
      const variables = statement.variables.map(([target, value]) => [target, compileExpression(value, soft)] as const);
      const body = compileStatements(statement.body, soft);
      return (frame, output) => {
        const inner = frame.child();
        for (const [target, value] of variables) assign(target, value(frame), inner);
        body(inner, output);
      };
    }
    case 'block': {
      const body = compileStatements(statement.body, soft);
      // Without `scoped` a block sees what the template has set, and not what is around it.
      return (frame, output) => body((statement.isScoped ? frame : frame.root()).child(), output);
    }
    case 'autoescape':
      return compileAutoescape(compileExpression(statement.on, soft), compileStatements(statement.body, soft));
    case 'load':
      return () => {
        throw new ExpressionError('no loader for this environment specified');
      };
  }
}

function rendered(body: Render, frame: Frame): string {
  const output = new Output();
  body(frame.child(), output);
  return output.text();
}

function compileIf(statement: Extract<Statement, { type: 'if' }>): Render {
  // What stands in a branch may never be reached.
  const branches = statement.branches.map(({ test, body }) => ({
    test: compileExpression(test, true),
    body: compileStatements(body, true),
  }));
  const otherwise = compileStatements(statement.otherwise, true);
  return (frame, output) => {
    const branch = branches.find(({ test }) => truth(test(frame)));
    (branch?.body ?? otherwise)(frame, output);
  };
}

function compileAutoescape(on: (frame: Frame) => Value, body: Render): Render {
  return (frame, output) => {
    const { run } = frame;
    const before = run.autoescape;
    run.autoescape = truth(on(frame));
    body(frame.child(), output);
    run.autoescape = before;
  };
}

function compileFor(statement: ForStatement, soft: boolean): Render {
  const source = compileExpression(statement.items, soft);
  const test = statement.test === null ? null : compileExpression(statement.test, soft);
  const body = compileStatements(statement.body, soft);
  const otherwise = compileStatements(statement.otherwise, soft);
  const loopOver = (value: Value, depth: number, frame: Frame, output: Output): void => {
    const chosen: Value[] = [];
    for (const item of items(value)) {
      spend(1);
      if (test !== null) {
        const inner = frame.child();
        assign(statement.target, item, inner);
        if (!truth(test(inner))) continue;
      }
      chosen.push(item);
    }
    const loop = new Loop(chosen, depth, statement.recursive ? recurse(frame) : null);
    for (const [index, item] of chosen.entries()) {
      spend(3);
      loop.index0 = index;
      const inner = frame.child();
      inner.set('loop', loop);
      assign(statement.target, item, inner);
      body(inner, output);
    }
    if (chosen.length === 0) otherwise(frame.child(), output);
  };
  const recurse =
    (frame: Frame) =>
    (value: Value, depth: number): Value => {
      const output = new Output();
      loopOver(value, depth, frame, output);
      return frame.run.autoescape ? new Markup(output.text()) : output.text();
    };
  return (frame, output) => loopOver(source(frame), 0, frame, output);
}

function compileCallBlock(statement: CallStatement, soft: boolean): Render {
  const callee = compileExpression(statement.call.callee, soft);
  const args = compileArguments(statement.call.args, soft);
  const definition = macroDefinition(null, statement.parameters, statement.body, soft);
  return (frame, output) => {
    const { positional, named } = args(frame);
    const caller = new Macro(definition, frame);
    output.write(str(callValue(callee(frame), { positional, named: new Map([...named, ['caller', caller]]) })));
  };
}

function macroDefinition(
  name: string | null,
  { names, defaults }: Parameters,
  body: readonly Statement[],
  soft: boolean,
): MacroDefinition {
  return {
    name,
    parameters: names,
    defaults: defaults.map((each) => compileExpression(each, soft)),
    body: compileStatements(body, soft),
    usesVarargs: mentions(body, 'varargs'),
    usesKwargs: mentions(body, 'kwargs'),
    usesCaller: mentions(body, 'caller'),
  };
}

/** Whether the name is looked up anywhere in a tree. */
function mentions(tree: unknown, name: string): boolean {
  if (typeof tree !== 'object' || tree === null) return false;
  if ('type' in tree && tree.type === 'name' && 'name' in tree && tree.name === name) return true;
  return Object.values(tree).some((part) => mentions(part, name));
}

function assign(target: Target, value: Value, frame: Frame): void {
  switch (target.type) {
    case 'name':
      frame.set(target.name, value);
      return;
    case 'namespace-item': {
      const namespace = frame.get(target.namespace);
      if (!(namespace instanceof Namespace))
        throw new ExpressionError('cannot assign attribute on non-namespace object');
      namespace.variables.set(target.name, value);
      return;
    }
    case 'targets': {
      const values = unpack(value, target.items.length);
      for (const [index, item] of target.items.entries()) assign(item, values[index] ?? null, frame);
    }
  }
}

function unpack(value: Value, wanted: number): readonly Value[] {
  const source = asText(defined(value)) ?? iterate(value);
  if (source === null) throw new ExpressionError(`cannot unpack non-iterable ${typeName(value)} object`);
  const values: Value[] = [];
  for (const item of source) {
    values.push(item);
    if (values.length > wanted) throw new ExpressionError(`too many values to unpack (expected ${wanted})`);
  }
  if (values.length < wanted) {
    throw new ExpressionError(`not enough values to unpack (expected ${wanted}, got ${values.length})`);
  }
  return values;
}
