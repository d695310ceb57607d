/**
 * The lines of the mapping entry that begins at this line, as far as it is indented: comments and empty lines after it
 * are left out. Lines count from 1; `from` and `to` are both included.
 */
export function blockAt(text: string, line: number): { readonly from: number; readonly to: number } {
  const lines = text.split(/\r\n|\r|\n/);
  const indent = indentOf(lines[line - 1] ?? '');
  let to = line;
  for (let next = line + 1; next <= lines.length; next++) {
    const content = lines[next - 1] ?? '';
    if (/^\s*(#|$)/.test(content)) continue;
    if (indentOf(content) <= indent) break;
    to = next;
  }
  return { from: line, to };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The entry that begins at this line, moved to the left as far as it is indented. */
export function linesOf(text: string, line: number): string {
  const { from, to } = blockAt(text, line);
  const lines = text.split(/\r\n|\r|\n/).slice(from - 1, to);
  const indent = indentOf(lines[0] ?? '');
  return lines.map((each) => each.slice(Math.min(indent, indentOf(each)))).join('\n');
}
