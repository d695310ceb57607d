/**
 * The words of a command line, as a POSIX shell takes quotes and backslashes and nothing else.
 *
 * @throws Error with a sentence when a quote does not end
 */
export function splitWords(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (const [part, space, single, double, escaped, plain] of line.matchAll(PARTS)) {
    if (space !== undefined) {
      if (word !== null) words.push(word);
      word = null;
    } else if (single === undefined && double === undefined && escaped === undefined && plain === undefined) {
      throw new Error(`a quote of the command does not end: ${part}`);
    } else {
      word = (word ?? '') + (single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain ?? '');
    }
  }
  return word === null ? words : [...words, word];
}

const PARTS = /(\s+)|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\]+)|[\s\S]+/g;
