import type { CronTrigger } from '../../../engine/api/resources.ts';
import type { RunParams } from './run-params.ts';

/** What stands in the fields of a cron trigger, but for its input. */
export interface CronDraft {
  readonly name: string;
  readonly workflow: string;
  readonly namespace: string;
  readonly pattern: string;
  /** Empty: the zone of this machine. */
  readonly timeZone: string;
  readonly missed: 'skip' | 'catch up';
  /** Empty: without end. */
  readonly remaining: string;
  readonly isEnabled: boolean;
}

const first: CronDraft = {
  name: '',
  workflow: '',
  namespace: '',
  pattern: '0 9 * * mon-fri',
  timeZone: '',
  missed: 'skip',
  remaining: '',
  isEnabled: true,
};

export function cronDraft(
  trigger: CronTrigger | null,
  workflow: { readonly name: string; readonly namespace: string } | null,
): CronDraft {
  if (trigger === null) return { ...first, workflow: workflow?.name ?? '', namespace: workflow?.namespace ?? '' };
  const { timeZone, remaining, ...same } = trigger;
  return { ...first, ...pick(same), timeZone: timeZone ?? '', remaining: remaining === null ? '' : String(remaining) };
}

function pick({ name, workflow, namespace, pattern, missed, isEnabled }: Omit<CronTrigger, 'timeZone' | 'remaining'>) {
  return { name, workflow, namespace, pattern, missed, isEnabled };
}

export type CronField = 'name' | 'workflow' | 'pattern' | 'timeZone' | 'remaining';

/**
 * What is wrong with the draft, a sentence for each field; empty when it can be stored.
 *
 * @param taken the names of other cron triggers: it would take the place of one of them
 * @param preview what the engine says about pattern and time zone; null: nothing
 */
export function cronMistakes(
  { name, workflow, timeZone, remaining }: CronDraft,
  taken: readonly string[],
  preview: string | null,
): ReadonlyMap<CronField, string> {
  const mistakes = new Map<CronField, string>();
  if (name.trim() === '') mistakes.set('name', 'It needs a name.');
  else if (name.trim().length > 255) mistakes.set('name', 'The name is longer than 255 characters.');
  else if (taken.includes(name.trim())) mistakes.set('name', 'There is a cron trigger of this name.');
  if (workflow === '') mistakes.set('workflow', 'Choose what it starts.');
  if (preview !== null) {
    const isZone = timeZone !== '' && preview.includes(`'${timeZone}'`);
    mistakes.set(isZone ? 'timeZone' : 'pattern', preview);
  }
  if (remaining.trim() !== '' && !/^\d{1,9}$/.test(remaining.trim())) {
    mistakes.set('remaining', 'Write a whole number, or nothing.');
  }
  return mistakes;
}

/** The other way round than `paramsOf`; what the form does not know is not in it. */
export function runParamsOf(params: Readonly<Record<string, unknown>>): RunParams {
  const { env, task_name: taskName } = params;
  return { environment: typeof env === 'string' ? env : '', taskName: typeof taskName === 'string' ? taskName : '' };
}
