/** The three kinds of text that Mistral stores. */
export type DefinitionKind = 'workflow' | 'workbook' | 'action';

/**
 * What a text is most likely meant to be, also while it is being written. A workbook says its own name and holds its
 * workflows or actions under a heading; ad-hoc actions have a base and no tasks; everything else is workflows.
 */
export function kindOfText(text: string): DefinitionKind {
  if (/^name:/m.test(text) && /^(workflows|actions):/m.test(text)) return 'workbook';
  return /^[ \t]+base:/m.test(text) && !/^[ \t]+tasks:/m.test(text) ? 'action' : 'workflow';
}
