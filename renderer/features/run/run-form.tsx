import { Play } from 'lucide-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { WorkflowSummary } from '../../../engine/api/resources.ts';
import { closeRunForm, startExecution } from '../../state/run-actions.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { shortcut } from '../../ui/shortcut.ts';
import { InputField } from './input-field.tsx';
import { ParamsFields } from './params-fields.tsx';
import { recall, remember } from './remembered.ts';
import styles from './run-form.module.css';
import { paramsOf } from './run-params.ts';
import { defaultDraft, type InputDraft, initialDrafts, onWire, readInput } from './typed-input.ts';

interface RunFormProps {
  readonly workflow: WorkflowSummary;
  /** Values to begin with, before what was typed the last time. */
  readonly example: Readonly<Record<string, unknown>>;
}

/** Asks for a workflow's inputs, each in the manner of its type, and starts an execution with them. */
export function RunForm({ workflow, example }: RunFormProps) {
  const { name, namespace, input: declarations } = workflow;
  const [form, setForm] = useState(() => {
    const { drafts, description, params } = recall(workflow);
    return { drafts: initialDrafts(declarations, example, drafts), description, params };
  });
  // Nobody wants to hear about a field that they have not come to yet.
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const frame = useRef<HTMLFormElement>(null);
  const formId = useId();

  const reading = readInput(declarations, form.drafts);
  const errors: ReadonlyMap<string, string> = reading.ok ? new Map() : reading.errors;
  const setDraft = (input: string, draft: InputDraft) => {
    setForm((now) => ({ ...now, drafts: new Map(now.drafts).set(input, draft) }));
    setRefusal(null);
  };
  const visit = (input: string) => setVisited((now) => new Set(now).add(input));

  const run = async () => {
    if (busy) return;
    if (!reading.ok) {
      setVisited(new Set(errors.keys()));
      const wrong = declarations.findIndex((declaration) => errors.has(declaration.name));
      frame.current?.querySelectorAll<HTMLElement>('[data-input]')[wrong]?.focus();
      return;
    }
    setBusy(true);
    remember(workflow, form);
    const { description } = form;
    const params = paramsOf(workflow.type, form.params);
    const input = onWire(reading.input);
    const reply = await startExecution({ workflow: name, namespace, input, params, description });
    if (reply.ok) return;
    setRefusal(reply.error.message);
    setBusy(false);
  };
  const close = () => {
    remember(workflow, form);
    closeRunForm();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void run();
  };

  return (
    <Dialog
      title={`Run ${name}`}
      onClose={close}
      actions={
        <>
          {refusal !== null && (
            <p role="alert" className={styles.refusal}>
              {refusal}
            </p>
          )}
          <Button onClick={close}>Close</Button>
          <Button
            kind="primary"
            type="submit"
            form={formId}
            busy={busy}
            data-autofocus={declarations.length === 0 || undefined}
            // It stands outside of the form, and has the focus where there is nothing to fill in.
            onKeyDown={onKeyDown}
            icon={<Play aria-hidden="true" />}
          >
            Run <kbd className={styles.keys}>{shortcut('Enter')}</kbd>
          </Button>
        </>
      }
    >
      <form
        ref={frame}
        id={formId}
        className={styles.form}
        noValidate
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {workflow.description !== '' && <p className={styles.about}>{workflow.description}</p>}
        {declarations.length === 0 && <p className={styles.about}>This workflow takes no input.</p>}
        {declarations.map((declaration, index) => (
          <InputField
            key={declaration.name}
            declaration={declaration}
            draft={form.drafts.get(declaration.name) ?? defaultDraft(declaration)}
            error={visited.has(declaration.name) ? (errors.get(declaration.name) ?? null) : null}
            isFirst={index === 0}
            onChange={(draft) => setDraft(declaration.name, draft)}
            onVisited={() => visit(declaration.name)}
          />
        ))}
        <ParamsFields
          workflow={workflow}
          params={form.params}
          onChange={(params) => {
            setForm({ ...form, params });
            setRefusal(null);
          }}
        />
        <Field label="Description" note="optional, shown with the execution">
          {(control) => (
            <TextInput
              {...control}
              value={form.description}
              onChange={(event) => setForm({ ...form, description: event.target.value })}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
