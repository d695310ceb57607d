import { spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { makeDict } from '../python/dict.ts';
import { repr } from '../python/text.ts';
import { Markup, Tuple, type Value } from '../python/value.ts';
import { type CallArguments, Callable } from './callable.ts';
import type { Evaluate } from './compile-expression.ts';
import type { Frame } from './frame.ts';
import { Output } from './output.ts';
import { Undefined } from './undefined.ts';

export interface MacroDefinition {
  /** Null for what a call block brings. */
  readonly name: string | null;
  readonly parameters: readonly string[];
  /** Of the last parameters. */
  readonly defaults: readonly Evaluate[];
  readonly body: (frame: Frame, output: Output) => void;
  /** Which of the names that a macro can ask for its body mentions. */
  readonly usesVarargs: boolean;
  readonly usesKwargs: boolean;
  readonly usesCaller: boolean;
}

/** A part of a template that can be called like a function, with the text that it renders for a result. */
export class Macro extends Callable {
  readonly typeName = 'Macro';
  private readonly definition: MacroDefinition;
  /** Where it was defined: it sees what is set there. */
  private readonly frame: Frame;

  constructor(definition: MacroDefinition, frame: Frame) {
    super();
    this.definition = definition;
    this.frame = frame;
  }

  override repr(): string {
    const { name } = this.definition;
    return `<Macro ${name === null ? 'anonymous' : repr(name)}>`;
  }

  override attribute(name: string): Value | undefined {
    const { parameters, usesVarargs, usesKwargs, usesCaller } = this.definition;
    switch (name) {
      case 'name':
        return this.definition.name;
      case 'arguments':
        return new Tuple(parameters);
      case 'catch_varargs':
        return usesVarargs;
      case 'catch_kwargs':
        return usesKwargs;
      case 'caller':
        return usesCaller;
      default:
        return undefined;
    }
  }

  call(args: CallArguments): Value {
    spend(8);
    const frame = this.frame.child();
    this.bind(frame, args);
    const output = new Output();
    this.definition.body(frame, output);
    return frame.run.autoescape ? new Markup(output.text()) : output.text();
  }

  private bind(frame: Frame, { positional, named }: CallArguments): void {
    const { name, parameters, defaults, usesVarargs, usesKwargs, usesCaller } = this.definition;
    const shown = repr(name);
    const rest = new Map(named);
    const firstDefault = parameters.length - defaults.length;
    for (const [index, parameter] of parameters.entries()) {
      const value = index < positional.length ? positional[index] : rest.get(parameter);
      if (index >= positional.length) rest.delete(parameter);
      const fallback = defaults[index - firstDefault];
      if (value !== undefined) frame.set(parameter, value);
      else if (fallback !== undefined) frame.set(parameter, fallback(frame));
      else frame.set(parameter, new Undefined(`parameter '${parameter}' was not provided`));
    }
    if (usesCaller && !parameters.includes('caller')) {
      frame.set('caller', rest.get('caller') ?? new Undefined('No caller defined'));
      rest.delete('caller');
    }
    if (usesKwargs) frame.set('kwargs', makeDict(rest, false));
    else for (const key of rest.keys()) throw new ExpressionError(`macro ${shown} takes no keyword argument '${key}'`);
    if (usesVarargs) {
      frame.set('varargs', new Tuple(positional.slice(parameters.length)));
    } else if (positional.length > parameters.length) {
      throw new ExpressionError(`macro ${shown} takes not more than ${parameters.length} argument(s)`);
    }
  }
}
