import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { Question } from '../../../engine/api/resources.ts';
import type { Json } from '../../../engine/model/json.ts';
import { answerQuestion, closeQuestion } from '../../state/questions.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, type FieldControl, Select, TextInput } from '../../ui/field.tsx';
import { moment } from '../../ui/moment.ts';
import { fieldOfRefusal, firstDrafts, type QuestionField, readAnswer } from './answer.ts';
import styles from './questions.module.css';

const NO_FIELDS: readonly QuestionField[] = [];

/** One question: yes or no, or a form. Closing it leaves it open: it is answered by its two buttons only. */
export function QuestionForm({ question }: { readonly question: Question }) {
  const fields = question.fields ?? NO_FIELDS;
  const [drafts, setDrafts] = useState(() => firstDrafts(fields));
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState<'yes' | 'no' | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const formId = useId();

  const complain = (wrong: ReadonlyMap<string, string>) => {
    setErrors(wrong);
    const first = fields.findIndex(({ name }) => wrong.has(name));
    form.current?.querySelectorAll<HTMLElement>('[data-input]')[first]?.focus();
  };
  const send = async (button: 'yes' | 'no', answer: Json) => {
    if (busy !== null) return;
    setBusy(button);
    setRefusal(null);
    const wrong = await answerQuestion(question, answer);
    setBusy(null);
    if (wrong === null) return;
    const field = fieldOfRefusal(fields, wrong);
    if (field === null) setRefusal(wrong);
    else complain(new Map([[field.name, wrong]]));
  };
  const sendForm = () => {
    const answer = readAnswer(fields, drafts);
    if (answer.ok) void send('yes', answer.values);
    else complain(answer.errors);
  };
  const write = (name: string, text: string) => {
    setDrafts((now) => new Map(now).set(name, text));
    setErrors((now) => new Map([...now].filter(([each]) => each !== name)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    sendForm();
  };

  const isForm = question.fields !== null;
  return (
    <Dialog
      title={question.text}
      onClose={closeQuestion}
      actions={
        <>
          {refusal !== null && (
            <p role="alert" className={styles.refusal}>
              {refusal}
            </p>
          )}
          <Button busy={busy === 'no'} onClick={() => void send('no', false)}>
            {question.no}
          </Button>
          <Button
            kind="primary"
            busy={busy === 'yes'}
            {...(isForm ? { type: 'submit', form: formId } : { onClick: () => void send('yes', true) })}
          >
            {question.yes}
          </Button>
        </>
      }
    >
      <p className={styles.where} tabIndex={isForm ? undefined : -1} data-autofocus={!isForm || undefined}>
        {question.execution}
        {question.task !== null && ` / ${question.task}`} · asked {moment(question.askedAt)}
      </p>
      {question.details !== null && <p className={styles.details}>{question.details}</p>}
      {isForm && (
        <form
          ref={form}
          id={formId}
          className={styles.form}
          noValidate
          onKeyDown={onKeyDown}
          onSubmit={(event) => {
            event.preventDefault();
            sendForm();
          }}
        >
          {fields.map((field, index) => (
            <Field
              key={field.name}
              label={field.label}
              note={field.required && field.type !== 'boolean' ? 'required' : undefined}
              error={errors.get(field.name) ?? null}
            >
              {(control) => (
                <Control
                  control={control}
                  field={field}
                  text={drafts.get(field.name) ?? ''}
                  isFirst={index === 0}
                  onType={(text) => write(field.name, text)}
                />
              )}
            </Field>
          ))}
        </form>
      )}
    </Dialog>
  );
}

interface ControlProps {
  readonly control: FieldControl;
  readonly field: QuestionField;
  readonly text: string;
  readonly isFirst: boolean;
  readonly onType: (text: string) => void;
}

function Control({ control, field: { type, required, choices }, text, isFirst, onType }: ControlProps) {
  const shared = { ...control, 'data-input': true, 'data-autofocus': isFirst || undefined };
  const written = {
    ...shared,
    'aria-required': required || undefined,
    value: text,
    onChange: (event: { readonly target: { readonly value: string } }) => onType(event.target.value),
  };
  switch (type) {
    case 'text':
      return <TextInput {...written} />;
    case 'number':
      return <TextInput {...written} mono inputMode="decimal" />;
    case 'choice':
      return (
        <Select {...written}>
          {(text === '' || !required) && <option value="">{required ? 'Choose…' : 'None'}</option>}
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </Select>
      );
    case 'boolean':
      return (
        <input
          {...shared}
          type="checkbox"
          className={styles.check}
          checked={text === 'true'}
          onChange={(event) => onType(String(event.target.checked))}
        />
      );
  }
}
