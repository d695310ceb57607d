import type { Input, Output } from '../../engine/api/methods.ts';
import type { CronTrigger } from '../../engine/api/resources.ts';
import { call, type Reply } from './client.ts';
import { selectEntryKey } from './library-actions.ts';
import { cronTriggerKey } from './library-entries.ts';
import { getState, update } from './store.ts';
import { askTrust } from './trust.ts';
import type { WorkflowKey } from './window-state.ts';

export type CronTriggerPlan = Input<'cronTriggers.save'>;
export type CronPreview = Output<'cronTriggers.preview'>;

/** Opens the form for a new cron trigger; `workflow`: what it starts, where that is known. */
export function newCronTrigger(workflow: WorkflowKey | null): void {
  update(() => ({ cronForm: { trigger: null, workflow } }));
}

export function editCronTrigger(trigger: CronTrigger): void {
  update(() => ({ cronForm: { trigger, workflow: null } }));
}

export function closeCronForm(): void {
  update(() => ({ cronForm: null }));
}

/** @returns null when it is stored, and shown; else why it was refused */
export async function saveCronTrigger(plan: CronTriggerPlan): Promise<string | null> {
  const reply = await call('cronTriggers.save', plan);
  if (!reply.ok) return reply.error.message;
  update(() => ({ cronForm: null, place: 'library' }));
  selectEntryKey(cronTriggerKey(plan.name));
  await allowToStart({ name: plan.workflow, namespace: plan.namespace ?? '' });
  return null;
}

/** Switches it on or off. */
export async function enableCronTrigger(trigger: CronTrigger, isEnabled: boolean): Promise<void> {
  const { dueAt: _due, last: _last, ...plan } = trigger;
  const reply = await call('cronTriggers.save', { ...plan, isEnabled });
  if (!reply.ok) update(() => ({ notice: { kind: 'error', message: reply.error.message } }));
  else if (isEnabled) await allowToStart({ name: trigger.workflow, namespace: trigger.namespace });
}

/** The next times that the pattern is due, or what is wrong with it. */
export function previewPattern(pattern: string, timeZone: string | null): Promise<Reply<CronPreview>> {
  return call('cronTriggers.preview', { pattern, timeZone });
}

/** When it is due nobody may be there to be asked, so it is asked now. */
async function allowToStart(workflow: WorkflowKey): Promise<void> {
  const { workflows } = getState();
  const isHere =
    workflows.status === 'loaded' &&
    workflows.value.some(({ name, namespace }) => name === workflow.name && namespace === workflow.namespace);
  if (!isHere) return;
  const refusal = await askTrust(workflow, 'Allow');
  if (refusal === null) return;
  const message = `${workflow.name} is not started by the cron trigger as long as you do not allow it what it may do.`;
  update(() => ({ notice: { kind: 'info', message } }));
}
