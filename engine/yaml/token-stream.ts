import type { Token, TokenType } from './token.ts';
import { YamlError } from './yaml-error.ts';

/** The tokens of a text, one after the other. */
export class TokenStream {
  private readonly tokens: readonly Token[];
  private next = 0;

  /** @param tokens the last one is `text-end` or an error */
  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  /** @throws YamlError where the scanner could not go on */
  peek(): Token {
    const token = this.tokens[this.next];
    if (token === undefined) throw new Error('There is nothing behind the end of the text.');
    if (token.error !== null) throw token.error;
    return token;
  }

  /** Whether the next token is of one of the types. */
  at(first: TokenType, second?: TokenType, third?: TokenType, fourth?: TokenType): boolean {
    const { type } = this.peek();
    return type === first || type === second || type === third || type === fourth;
  }

  take(): Token {
    const token = this.peek();
    this.next += 1;
    return token;
  }

  /** Takes the next token if it is of the type. */
  skip(type: TokenType): boolean {
    if (!this.at(type)) return false;
    this.next += 1;
    return true;
  }
}

/** An error at a token, which is at least one character wide. */
export function errorAt(token: Token, message: string): YamlError {
  return new YamlError(message, token.start, Math.max(token.end, token.start + 1));
}
