import type { WorkflowKey } from '../../state/window-state.ts';
import { noParams, type RunParams } from './run-params.ts';
import type { Drafts } from './typed-input.ts';

/** What the person typed into a run form. */
export interface Remembered {
  readonly drafts: Drafts;
  readonly description: string;
  readonly params: RunParams;
}

/** For as long as the window is there: inputs may hold passwords, which do not belong on the disk. */
const forms = new Map<string, Remembered>();

export function remember(workflow: WorkflowKey, form: Remembered): void {
  forms.set(keyOf(workflow), form);
}

/** What was typed for this workflow the last time. */
export function recall(workflow: WorkflowKey): Remembered {
  return forms.get(keyOf(workflow)) ?? { drafts: new Map(), description: '', params: noParams };
}

function keyOf({ name, namespace }: WorkflowKey): string {
  return JSON.stringify([namespace, name]);
}
