/** A piece of YAML that looks the same throughout. `expression`: what stands between `<% %>` or `{{ }}`. */
export interface YamlToken {
  readonly kind: 'plain' | 'comment' | 'key' | 'expression';
  readonly text: string;
}

// A comment begins a line or follows a space; a key begins a line, after dashes or not, and ends with a colon.
const PATTERN =
  /(^|[ \t])(#.*)|^([ \t]*(?:- +)*)("[^"\n]*"|'[^'\n]*'|[^\s#"'[\]{}-][^\n#:]*?)(?=:(?:[ \t\r]|$))|<%.*?%>|\{\{.*?\}\}/gm;

/** The text in pieces to be coloured: for the eye only, and right for what people write, not for all that YAML allows. */
export function yamlTokens(text: string): readonly YamlToken[] {
  const tokens: YamlToken[] = [];
  let end = 0;
  const push = (kind: YamlToken['kind'], part: string) => {
    const last = tokens.at(-1);
    if (part === '') return;
    if (kind === 'plain' && last?.kind === 'plain') tokens[tokens.length - 1] = { kind, text: last.text + part };
    else tokens.push({ kind, text: part });
  };
  for (const match of text.matchAll(PATTERN)) {
    const [whole, beforeComment, comment, indent, key] = match;
    push('plain', text.slice(end, match.index));
    if (comment !== undefined) {
      push('plain', beforeComment ?? '');
      push('comment', comment);
    } else if (key !== undefined) {
      push('plain', indent ?? '');
      push('key', key);
    } else push('expression', whole);
    end = match.index + whole.length;
  }
  push('plain', text.slice(end));
  return tokens;
}
