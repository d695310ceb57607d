import { checkWorkbook, checkWorkflows } from '../../engine/language/check-definitions.ts';
import type { WorkflowDefinition } from '../../engine/language/definition.ts';

/** A workflow of a text, and all that the text has. */
export interface FoundWorkflow {
  /** Null when the text does not have it, or is not understood. */
  readonly workflow: WorkflowDefinition | null;
  readonly beside: readonly WorkflowDefinition[];
}

/** The workflow of this name in a text of workflows or in a workbook, which puts its own name before those in it. */
export function findWorkflow(text: string, name: string): FoundWorkflow {
  const { workflows } = checkWorkflows(text);
  if (workflows.length > 0) {
    const beside = workflows.map(({ definition }) => definition);
    return { workflow: beside.find((each) => each.name === name) ?? null, beside };
  }
  const { workbook } = checkWorkbook(text);
  const beside = workbook?.workflows ?? [];
  return { workflow: beside.find((each) => `${workbook?.name}.${each.name}` === name) ?? null, beside };
}
