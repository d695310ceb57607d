/** "1 task", "3 tasks": for words whose plural takes an s. */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
