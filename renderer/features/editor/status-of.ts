import type { DocumentKind } from '../../state/text-document.ts';
import type { Checked } from './check-text.ts';

/** In a sentence: what is wrong, or what the text defines. */
export function statusOf({ kind, problems, hints, workflows, others }: Checked): string {
  if (problems.length > 0) {
    return `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}. Nothing is stored until the text is right.`;
  }
  const names = [...workflows.map(({ name }) => name), ...others];
  if (names.length === 0) return NOTHING[kind];
  if (hints.length === 0) return 'No problems.';
  return `No problems, ${hints.length === 1 ? 'one hint' : `${hints.length} hints`}.`;
}

const NOTHING: Readonly<Record<DocumentKind, string>> = {
  workflow: 'This text defines no workflow.',
  workbook: 'This workbook is empty.',
  action: 'This text defines no action.',
  environment: 'This text defines no environment.',
};
