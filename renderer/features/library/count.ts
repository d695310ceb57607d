/** "1 task", "3 tasks", "10,000 tasks": for words whose plural takes an s. */
export function count(number: number, word: string): string {
  return `${number.toLocaleString('en')} ${word}${number === 1 ? '' : 's'}`;
}
