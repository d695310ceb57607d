import { claimCharacters, LIMITS } from '../budget.ts';

/** What a template has rendered so far. */
export class Output {
  private readonly parts: string[] = [];
  private size = 0;

  write(text: string): void {
    this.size += text.length;
    claimCharacters(this.size > LIMITS.characters ? this.size : text.length);
    this.parts.push(text);
  }

  text(): string {
    return this.parts.join('');
  }
}
