import { RotateCcw } from 'lucide-react';
import type { InputDeclaration } from '../../../engine/api/resources.ts';
import { Field, type FieldControl, TextArea, TextInput } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './input-field.module.css';
import { changeKind, defaultDraft, type InputDraft, type InputKind, isSame } from './typed-input.ts';

const kinds: readonly { readonly kind: InputKind; readonly word: string }[] = [
  { kind: 'text', word: 'Text' },
  { kind: 'lines', word: 'Text, several lines' },
  { kind: 'number', word: 'Number' },
  { kind: 'boolean', word: 'True or false' },
  { kind: 'json', word: 'JSON' },
];

interface InputFieldProps {
  readonly declaration: InputDeclaration;
  readonly draft: InputDraft;
  readonly error: string | null;
  /** The form begins with it. */
  readonly isFirst: boolean;
  readonly onChange: (draft: InputDraft) => void;
  /** The person has left the field. */
  readonly onVisited: () => void;
}

/** One input of a workflow. Its type is that of its default; a person who knows better can choose another. */
export function InputField({ declaration, draft, error, isFirst, onChange, onVisited }: InputFieldProps) {
  const { name, required } = declaration;
  const unset = defaultDraft(declaration);
  return (
    <Field
      label={name}
      note={required ? 'required' : undefined}
      aside={
        <>
          {!required && !isSame(draft, unset) && (
            <IconButton label={`Put ${name} back to its default`} onClick={() => onChange(unset)}>
              <RotateCcw aria-hidden="true" />
            </IconButton>
          )}
          <select
            className={styles.kind}
            aria-label={`Type of ${name}`}
            value={draft.kind}
            onChange={(event) => {
              const chosen = kinds.find(({ kind }) => kind === event.target.value);
              if (chosen !== undefined) onChange(changeKind(draft, chosen.kind));
            }}
          >
            {kinds.map(({ kind, word }) => (
              <option key={kind} value={kind}>
                {word}
              </option>
            ))}
          </select>
        </>
      }
      error={error}
    >
      {(control) => (
        <Control
          control={control}
          draft={draft}
          required={required}
          isFirst={isFirst}
          onType={(text) => onChange({ ...draft, text })}
          onBlur={onVisited}
        />
      )}
    </Field>
  );
}

interface ControlProps {
  readonly control: FieldControl;
  readonly draft: InputDraft;
  readonly required: boolean;
  readonly isFirst: boolean;
  readonly onType: (text: string) => void;
  readonly onBlur: () => void;
}

function Control({ control, draft: { kind, text }, required, isFirst, onType, onBlur }: ControlProps) {
  const common = { ...control, 'data-input': true, 'data-autofocus': isFirst || undefined, onBlur };
  const shared = {
    ...common,
    'aria-required': required || undefined,
    value: text,
    onChange: (event: { readonly target: { readonly value: string } }) => onType(event.target.value),
  };
  switch (kind) {
    case 'text':
      return <TextInput {...shared} />;
    case 'number':
      return <TextInput {...shared} mono inputMode="decimal" />;
    case 'lines':
    case 'json':
      return (
        <div className={styles.area}>
          <TextArea {...shared} mono={kind === 'json'} rows={2} />
        </div>
      );
    case 'boolean':
      return (
        <div className={styles.check}>
          <input
            {...common}
            type="checkbox"
            checked={text === 'true'}
            onChange={(event) => onType(String(event.target.checked))}
          />
          <code aria-hidden="true">{text}</code>
        </div>
      );
  }
}
