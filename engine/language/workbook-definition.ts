import type { ActionDefinition } from './action-definition.ts';
import type { WorkflowDefinition } from './definition.ts';

/**
 * A checked workbook. Its workflows and actions have their short names here; outside of it they are known as
 * `workbook.name`. Inside, a task finds the short name first.
 */
export interface WorkbookDefinition {
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly workflows: readonly WorkflowDefinition[];
  readonly actions: readonly ActionDefinition[];
}
