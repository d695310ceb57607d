import type { Json } from '../../../engine/model/json.ts';
import { Field, TextArea } from '../field.tsx';
import { type JsonReading, readJson } from './json-text.ts';

interface JsonFieldProps {
  readonly label: string;
  readonly note?: string;
  readonly hint?: string;
  readonly text: string;
  /** What is wrong with the text beside that it is no JSON. */
  readonly error?: string | null;
  readonly onChange: (text: string) => void;
}

/** A JSON value to be typed. What is wrong with it is said as soon as one stops, with its line and column. */
export function JsonField({ label, note, hint, text, error = null, onChange }: JsonFieldProps) {
  const reading = readJson(text);
  const lines = Math.min(16, Math.max(4, text.split('\n').length));
  return (
    <Field
      label={label}
      {...(note !== undefined && { note })}
      {...(hint !== undefined && { hint })}
      error={problemOf(reading) ?? error}
    >
      {(control) => (
        <TextArea {...control} mono rows={lines} value={text} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}

/** The value of a text that was typed; null while it is none. */
export function readTyped(text: string): { readonly value: Json } | null {
  const reading = readJson(text);
  return reading.ok ? { value: reading.value } : null;
}

function problemOf(reading: JsonReading): string | null {
  if (reading.ok) return null;
  const { message, line, column } = reading.problem;
  return `Line ${line}, column ${column}: ${message}`;
}
