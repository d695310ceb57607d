import { checkWorkbook, checkWorkflows } from '../../engine/language/check-definitions.ts';
import type { WorkflowDefinition } from '../../engine/language/definition.ts';

/** The workflow of this name in a text of workflows or in a workbook, which puts its own name before those in it. */
export function findWorkflow(text: string, name: string): WorkflowDefinition | null {
  const { workflows } = checkWorkflows(text);
  const found = workflows.find(({ definition }) => definition.name === name);
  if (found !== undefined) return found.definition;
  const { workbook } = checkWorkbook(text);
  return workbook?.workflows.find((workflow) => `${workbook.name}.${workflow.name}` === name) ?? null;
}
