import { ExpressionError } from '../../expression-error.ts';

/** The characters of a pattern one after the other, and the words for what is wrong with them. */
export class PatternReader {
  private readonly characters: readonly string[];
  position = 0;

  constructor(source: string) {
    this.characters = Array.from(source);
  }

  peek(): string {
    return this.characters[this.position] ?? '';
  }

  take(): string {
    return this.characters[this.position++] ?? '';
  }

  accept(character: string): boolean {
    const found = this.peek() === character;
    if (found) this.position++;
    return found;
  }

  fail(problem: string, position = this.position): never {
    throw new ExpressionError(`${problem} at position ${position}`);
  }

  /** What comes next, without taking it. */
  lookAhead(count: number): string {
    return this.characters.slice(this.position, this.position + count).join('');
  }

  /** What has been read since the place. */
  since(place: number): string {
    return this.characters.slice(place, this.position).join('');
  }

  digits(): string {
    let digits = '';
    while (/^[0-9]$/.test(this.peek())) digits += this.take();
    return digits;
  }

  /** A group's name up to its closing mark, which is taken too. */
  name(end: string): string {
    const start = this.position;
    let name = '';
    while (this.peek() !== end) {
      const character = this.take();
      if (character === '') this.fail(`missing ${end}, unterminated name`, start);
      name += character;
    }
    this.position++;
    if (name === '') this.fail('missing group name', start);
    if (!/^(?:[\p{L}_][\p{L}\p{N}_]*|[0-9]+)$/u.test(name)) this.fail(`bad character in group name '${name}'`, start);
    return name;
  }
}
