import type { ReactNode } from 'react';
import type { WorkflowDefinition } from '../../engine/language/definition.ts';

/**
 * Draws a workflow without any execution. The frame of the window gives it to whoever shows one, because features do not know
 * each other.
 */
export type GraphOf = (
  definition: WorkflowDefinition,
  /** All workflows of its text, which may run each other. */
  beside: readonly WorkflowDefinition[],
  selected: string | null,
  onSelect: (task: string) => void,
) => ReactNode;
