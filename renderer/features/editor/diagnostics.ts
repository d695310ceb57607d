import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { Problem } from '../../../engine/language/problem.ts';

/** Problems and hints as the editor marks them: at least one character is underlined, and a near name can be put in. */
export function diagnosticsOf(
  { problems, hints }: { readonly problems: readonly Problem[]; readonly hints: readonly Problem[] },
  doc: Text,
): readonly Diagnostic[] {
  return [...marksOf(problems, 'error', doc), ...marksOf(hints, 'warning', doc)];
}

function marksOf(problems: readonly Problem[], severity: Diagnostic['severity'], doc: Text): readonly Diagnostic[] {
  return problems.map((problem) => {
    const { from, to } = rangeOf(problem, doc);
    const { suggestion } = problem;
    return {
      from,
      to,
      severity,
      message: problem.message,
      ...(suggestion !== null && {
        actions: [
          {
            name: `Use ${suggestion}`,
            apply: (view, start, end) => view.dispatch({ changes: { from: start, to: end, insert: suggestion } }),
          },
        ],
      }),
    };
  });
}

/** Where a problem is in a document that may have changed a little since it was checked. */
export function rangeOf(
  { line, column, endLine, endColumn }: Problem,
  doc: Text,
): { readonly from: number; readonly to: number } {
  const from = offsetIn(doc, line, column);
  const to = Math.max(from, offsetIn(doc, endLine, endColumn));
  if (to > from) return { from, to };
  const end = doc.lineAt(from).to;
  return from < end ? { from, to: from + 1 } : { from: Math.max(doc.lineAt(from).from, from - 1), to: from };
}

function offsetIn(doc: Text, line: number, column: number): number {
  const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(from + column - 1, to);
}
