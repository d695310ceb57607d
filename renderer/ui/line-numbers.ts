/** The numbers of the lines of a text, one below the other. */
export function lineNumbers(text: string): string {
  return Array.from({ length: countLines(text) }, (_, index) => index + 1).join('\n');
}

export function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
