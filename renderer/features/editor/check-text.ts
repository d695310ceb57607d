import { checkActions, checkWorkbook, checkWorkflows } from '../../../engine/language/check-definitions.ts';
import { checkEnvironment } from '../../../engine/language/check-environment.ts';
import type { WorkflowDefinition } from '../../../engine/language/definition.ts';
import type { Problem } from '../../../engine/language/problem.ts';
import type { DocumentKind } from '../../state/text-document.ts';

/** What a text defines, or what is wrong with it. With problems it defines nothing. */
export interface Checked {
  readonly kind: DocumentKind;
  readonly text: string;
  readonly problems: readonly Problem[];
  /** What is accepted and hardly meant. */
  readonly hints: readonly Problem[];
  readonly workflows: readonly WorkflowDefinition[];
  /** Short names of what is defined beside the workflows. */
  readonly others: readonly string[];
}

/** Checks a text as the engine will when it is stored. */
export function checkText(kind: DocumentKind, text: string): Checked {
  const common = { kind, text };
  switch (kind) {
    case 'workflow': {
      const { workflows, ...findings } = checkWorkflows(text);
      return { ...common, ...findings, workflows: workflows.map(({ definition }) => definition), others: [] };
    }
    case 'workbook': {
      const { workbook, ...findings } = checkWorkbook(text);
      const others = (workbook?.actions ?? []).map(({ name }) => name);
      return { ...common, ...findings, workflows: workbook?.workflows ?? [], others };
    }
    case 'action': {
      const { actions, ...findings } = checkActions(text);
      return { ...common, ...findings, workflows: [], others: actions.map(({ definition }) => definition.name) };
    }
    case 'environment': {
      const { environment, problems } = checkEnvironment(text);
      return { ...common, problems, hints: [], workflows: [], others: environment === null ? [] : [environment.name] };
    }
  }
}
