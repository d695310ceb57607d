import { claimCharacters, enter, leave, spend, spendText } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { codePoints } from './code-points.ts';
import { dictGet } from './dict.ts';
import { formatValue } from './format-spec.ts';
import { partOf } from './parts.ts';
import { ascii, repr, toText } from './text.ts';
import { isDict, sequenceItems, typeName, type Value } from './value.ts';

/** Python's `template.format(*args, **named)`. @throws ExpressionError in Python's words */
export function formatText(template: string, args: readonly Value[], named: ReadonlyMap<string, Value>): string {
  return new Formatter(args, named).format(template, 2);
}

class Formatter {
  private readonly args: readonly Value[];
  private readonly named: ReadonlyMap<string, Value>;
  /** The next of the arguments for a field without a name; null once fields are numbered by hand. */
  private next: number | null = 0;

  constructor(args: readonly Value[], named: ReadonlyMap<string, Value>) {
    this.args = args;
    this.named = named;
  }

  /** @param depth how deep fields may nest: a field's own format may have fields in it */
  format(template: string, depth: number): string {
    spendText(template.length);
    if (depth < 0) throw new ExpressionError('Max string recursion exceeded');
    let result = '';
    let index = 0;
    while (index < template.length) {
      const character = template[index] ?? '';
      if (character === '{' || character === '}') {
        if (template[index + 1] === character) {
          result += character;
          index += 2;
          continue;
        }
        if (character === '}') throw new ExpressionError("Single '}' encountered in format string");
        const end = fieldEnd(template, index + 1);
        result += this.field(template.slice(index + 1, end), depth);
        claimCharacters(result.length);
        index = end + 1;
      } else {
        const end = nextBrace(template, index);
        result += template.slice(index, end);
        index = end;
      }
    }
    return result;
  }

  private field(field: string, depth: number): string {
    spend(10);
    const match = /^((?:[^![:]|\[[^\]]*\])*)(?:!([^:]*))?(?::([\s\S]*))?$/.exec(field);
    if (match === null) throw new ExpressionError("expected ':' after conversion specifier");
    const [, name = '', conversion, spec = ''] = match;
    const value = this.value(name);
    enter();
    const inner = this.format(spec, depth - 1);
    leave();
    return formatValue(conversion === undefined ? value : converted(value, conversion), inner);
  }

  private value(field: string): Value {
    const [, name = '', path = ''] = /^([^.[]*)([\s\S]*)$/.exec(field) ?? [];
    let value = this.argument(name);
    for (const [, attribute, index] of path.matchAll(/\.([^.[]*)|\[([^\]]*)\]/g)) {
      value = attribute === undefined ? item(value, index ?? '') : part(value, attribute);
    }
    return value;
  }

  private argument(name: string): Value {
    if (name !== '' && !/^\d+$/.test(name)) {
      const value = this.named.get(name);
      if (value === undefined) throw new ExpressionError(repr(name));
      return value;
    }
    let index: number;
    if (name === '') {
      if (this.next === null) {
        throw new ExpressionError('cannot switch from manual field specification to automatic field numbering');
      }
      index = this.next++;
    } else {
      if (this.next !== null && this.next > 0) {
        throw new ExpressionError('cannot switch from automatic field numbering to manual field specification');
      }
      this.next = null;
      index = Number(name);
    }
    const value = this.args[index];
    if (value === undefined) {
      throw new ExpressionError(`Replacement index ${index} out of range for positional args tuple`);
    }
    return value;
  }
}

function part(value: Value, name: string): Value {
  const found = partOf(value, name);
  if (found === undefined) throw new ExpressionError(`'${typeName(value)}' object has no attribute '${name}'`);
  return found;
}

function item(value: Value, index: string): Value {
  if (index === '') throw new ExpressionError('Empty attribute in format string');
  const key = /^\d+$/.test(index) ? Number(index) : index;
  const items = typeof value === 'string' ? codePoints(value) : sequenceItems(value);
  const found = isDict(value) ? dictGet(value, key) : typeof key === 'number' ? items?.[key] : undefined;
  if (found !== undefined) return found;
  if (isDict(value)) throw new ExpressionError(repr(key));
  throw new ExpressionError(
    items === null ? `'${typeName(value)}' object is not subscriptable` : `${typeName(value)} index out of range`,
  );
}

function converted(value: Value, conversion: string): string {
  switch (conversion) {
    case 's':
      return toText(value);
    case 'r':
      return repr(value);
    case 'a':
      return ascii(value);
    default:
      throw new ExpressionError(`Unknown conversion specifier '${conversion}'`);
  }
}

/** Where the next brace is, or the end. */
function nextBrace(template: string, start: number): number {
  let end = start;
  while (end < template.length && template[end] !== '{' && template[end] !== '}') end++;
  return end;
}

/** Where the field that begins here ends, with the fields in it. */
function fieldEnd(template: string, start: number): number {
  let open = 1;
  for (let index = start; index < template.length; index++) {
    const character = template[index];
    if (character === '{') open++;
    else if (character === '}' && --open === 0) return index;
  }
  throw new ExpressionError(
    start >= template.length ? "Single '{' encountered in format string" : "expected '}' before end of string",
  );
}
