import { useEffect, useId, useRef, useState } from 'react';
import type { CronTrigger, WorkflowSummary } from '../../../engine/api/resources.ts';
import { type CronPreview, closeCronForm, previewPattern, saveCronTrigger } from '../../state/cron-triggers.ts';
import { useStore } from '../../state/store.ts';
import type { WorkflowKey } from '../../state/window-state.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Select, TextInput } from '../../ui/field.tsx';
import { formatMomentIn } from '../../ui/moment.ts';
import { type CronDraft, type CronField, cronDraft, cronMistakes, runParamsOf } from './cron-draft.ts';
import styles from './cron-trigger-form.module.css';
import { InputField } from './input-field.tsx';
import { ParamsFields } from './params-fields.tsx';
import { paramsOf } from './run-params.ts';
import { type Drafts, defaultDraft, initialDrafts, onWire, readInput } from './typed-input.ts';

const ZONES = Intl.supportedValuesOf('timeZone');
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const NONE: readonly never[] = [];

/** The form that makes or changes a cron trigger, while one is asked for. */
export function CronTriggerDialog() {
  const form = useStore((state) => state.cronForm);
  return form === null ? null : <CronTriggerForm key={form.trigger?.name} {...form} />;
}

interface CronTriggerFormProps {
  /** Null: a new one. */
  readonly trigger: CronTrigger | null;
  /** What a new one starts, where that is known. */
  readonly workflow: WorkflowKey | null;
}

function CronTriggerForm({ trigger, workflow: given }: CronTriggerFormProps) {
  const workflows = useStore((state) => (state.workflows.status === 'loaded' ? state.workflows.value : NONE));
  const triggers = useStore((state) => (state.cronTriggers.status === 'loaded' ? state.cronTriggers.value : NONE));
  const [draft, setDraft] = useState(() => cronDraft(trigger, given));
  const [inputs, setInputs] = useState<Drafts>(new Map());
  const [params, setParams] = useState(() => runParamsOf(trigger?.params ?? {}));
  // Nobody wants to hear about a field that they have not come to yet.
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set(['pattern', 'timeZone']));
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const frame = useRef<HTMLFormElement>(null);
  const formId = useId();
  const zonesId = useId();

  const preview = usePreview(draft);
  const workflow = workflows.find(({ name, namespace }) => name === draft.workflow && namespace === draft.namespace);
  const example = trigger !== null && trigger.workflow === draft.workflow ? trigger.input : {};
  const declarations = workflow?.input ?? NONE;
  const drafts: Drafts = new Map([...initialDrafts(declarations, example), ...inputs]);
  const reading = readInput(declarations, drafts);
  const wrongInputs: ReadonlyMap<string, string> = reading.ok ? new Map() : reading.errors;
  const taken = trigger === null ? triggers.map(({ name }) => name) : NONE;
  const mistakes = cronMistakes(draft, taken, preview?.type === 'error' ? preview.message : null);
  const change = (part: Partial<CronDraft>) => {
    setDraft((now) => ({ ...now, ...part }));
    setRefusal(null);
  };
  const visit = (field: string) => setVisited((now) => new Set(now).add(field));
  const errorOf = (field: CronField) => (visited.has(field) ? (mistakes.get(field) ?? null) : null);

  const save = async () => {
    if (busy) return;
    if (mistakes.size > 0 || !reading.ok) {
      setVisited(new Set([...mistakes.keys(), ...[...wrongInputs.keys()].map(inputKey)]));
      // Once the fields are marked.
      requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
      return;
    }
    setBusy(true);
    const { remaining, timeZone, name, ...rest } = draft;
    const { env: _env, task_name: _task, ...others } = trigger?.params ?? {};
    const wrong = await saveCronTrigger({
      ...rest,
      name: name.trim(),
      timeZone: timeZone === '' ? null : timeZone,
      remaining: remaining.trim() === '' ? null : Number(remaining),
      input: onWire(reading.input),
      params: { ...others, ...paramsOf(workflow?.type ?? 'direct', params) },
    });
    setBusy(false);
    setRefusal(wrong);
  };

  return (
    <Dialog
      title={trigger === null ? 'New cron trigger' : `Change ${trigger.name}`}
      width="wide"
      onClose={closeCronForm}
      actions={
        <>
          {refusal !== null && (
            <p role="alert" className={styles.refusal}>
              {refusal}
            </p>
          )}
          <Button onClick={closeCronForm}>Close</Button>
          <Button kind="primary" type="submit" form={formId} busy={busy}>
            Save
          </Button>
        </>
      }
    >
      <form
        ref={frame}
        id={formId}
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div className={styles.pair}>
          <Field label="Name" error={errorOf('name')}>
            {(control) => (
              <TextInput
                {...control}
                data-autofocus={trigger === null || undefined}
                readOnly={trigger !== null}
                value={draft.name}
                onChange={(event) => change({ name: event.target.value })}
                onBlur={() => visit('name')}
              />
            )}
          </Field>
          <Field label="Workflow" error={errorOf('workflow')}>
            {(control) => (
              <Select
                {...control}
                value={keyOf(draft.namespace, draft.workflow)}
                onChange={(event) => {
                  const chosen = workflows.find((each) => keyOf(each.namespace, each.name) === event.target.value);
                  if (chosen === undefined) return;
                  change({ workflow: chosen.name, namespace: chosen.namespace });
                  setInputs(new Map());
                }}
              >
                {draft.workflow === '' && <option value={keyOf('', '')}>Choose…</option>}
                {draft.workflow !== '' && workflow === undefined && (
                  <option value={keyOf(draft.namespace, draft.workflow)}>{draft.workflow} (not in the library)</option>
                )}
                {workflows.map((each) => (
                  <option key={keyOf(each.namespace, each.name)} value={keyOf(each.namespace, each.name)}>
                    {titleOf(each)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <div className={styles.pair}>
          <Field
            label="Pattern"
            hint="Minute, hour, day, month, weekday; with six fields, the first is seconds"
            error={errorOf('pattern')}
          >
            {(control) => (
              <TextInput
                {...control}
                mono
                data-autofocus={trigger !== null || undefined}
                value={draft.pattern}
                onChange={(event) => change({ pattern: event.target.value })}
              />
            )}
          </Field>
          <Field
            label="Time zone"
            note="optional"
            hint={`Empty: that of this computer, ${HERE}`}
            error={errorOf('timeZone')}
          >
            {(control) => (
              <>
                <TextInput
                  {...control}
                  list={zonesId}
                  value={draft.timeZone}
                  onChange={(event) => change({ timeZone: event.target.value.trim() })}
                />
                <datalist id={zonesId}>
                  {ZONES.map((zone) => (
                    <option key={zone} value={zone} />
                  ))}
                </datalist>
              </>
            )}
          </Field>
        </div>
        <Times preview={preview} timeZone={draft.timeZone} />
        <div className={styles.pair}>
          <Field label="Times that were missed" hint="While the app was closed, or the computer asleep">
            {(control) => (
              <Select
                {...control}
                value={draft.missed}
                onChange={(event) => change({ missed: event.target.value === 'skip' ? 'skip' : 'catch up' })}
              >
                <option value="skip">Skip them</option>
                <option value="catch up">Catch up: start once for all of them</option>
              </Select>
            )}
          </Field>
          <Field label="Executions left" note="optional" hint="Empty: without end" error={errorOf('remaining')}>
            {(control) => (
              <TextInput
                {...control}
                mono
                inputMode="numeric"
                value={draft.remaining}
                onChange={(event) => change({ remaining: event.target.value })}
                onBlur={() => visit('remaining')}
              />
            )}
          </Field>
        </div>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={draft.isEnabled}
            onChange={(event) => change({ isEnabled: event.target.checked })}
          />
          Switched on
        </label>
        {declarations.map((declaration) => (
          <InputField
            key={`${draft.workflow} ${declaration.name}`}
            declaration={declaration}
            draft={drafts.get(declaration.name) ?? defaultDraft(declaration)}
            error={visited.has(inputKey(declaration.name)) ? (wrongInputs.get(declaration.name) ?? null) : null}
            isFirst={false}
            onChange={(typed) => setInputs((now) => new Map(now).set(declaration.name, typed))}
            onVisited={() => visit(inputKey(declaration.name))}
          />
        ))}
        {workflow !== undefined && <ParamsFields workflow={workflow} params={params} onChange={setParams} />}
      </form>
    </Dialog>
  );
}

/** The next times, as they are where the pattern is meant. */
function Times({ preview, timeZone }: { readonly preview: CronPreview | null; readonly timeZone: string }) {
  const times = preview?.type === 'times' ? preview.times : [];
  return (
    <section className={styles.times} aria-label="Next times">
      <p className={styles.label}>Next times</p>
      {times.length === 0 ? (
        <p className={styles.none}>{preview === null ? '' : 'None.'}</p>
      ) : (
        <ol>
          {times.map((time) => (
            <li key={time}>{formatMomentIn(time, timeZone === '' ? HERE : timeZone)}</li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** Null until the first answer is there. */
function usePreview({ pattern, timeZone }: CronDraft): CronPreview | null {
  const [preview, setPreview] = useState<CronPreview | null>(null);
  useEffect(() => {
    let current = true;
    void previewPattern(pattern, timeZone === '' ? null : timeZone).then((reply) => {
      if (current) setPreview(reply.ok ? reply.output : { type: 'error', message: reply.error.message });
    });
    return () => {
      current = false;
    };
  }, [pattern, timeZone]);
  return preview;
}

function inputKey(name: string): string {
  return `input ${name}`;
}

function keyOf(namespace: string, name: string): string {
  return JSON.stringify([namespace, name]);
}

function titleOf({ name, namespace }: WorkflowSummary): string {
  return namespace === '' ? name : `${name} (${namespace})`;
}
