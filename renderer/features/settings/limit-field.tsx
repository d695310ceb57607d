import { useState } from 'react';
import { Field, TextInput } from '../../ui/field.tsx';

interface LimitFieldProps {
  readonly label: string;
  /** Says what it means when it is empty. */
  readonly hint: string;
  /** Null: no limit. */
  readonly value: number | null;
  readonly most: number;
  readonly onChange: (value: number | null) => void;
}

/** A whole number, or nothing. Counts when the field is left or Enter is pressed, so that nothing goes while a number is typed. */
export function LimitField({ label, hint, value, most, onChange }: LimitFieldProps) {
  const [typed, setTyped] = useState(value === null ? '' : `${value}`);
  const number = typed.trim() === '' ? null : Number(typed);
  const isValid = number === null || (Number.isInteger(number) && number >= 1 && number <= most);
  const keep = (): void => {
    if (isValid && number !== value) onChange(number);
  };
  return (
    <Field label={label} hint={hint} error={isValid ? null : `A whole number from 1 to ${most}, or nothing.`}>
      {(control) => (
        <TextInput
          {...control}
          inputMode="numeric"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={keep}
          onKeyDown={(event) => event.key === 'Enter' && keep()}
        />
      )}
    </Field>
  );
}
