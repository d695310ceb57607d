import type { ActionResult } from '../../model/commands.ts';
import { fromEntries, isObject, type Json, type JsonObject } from '../../model/json.ts';
import { failed, succeeded } from '../action.ts';
import { textOr } from './read-input.ts';

/** What a person is asked: yes or no, or to fill in a form. */
export interface Question {
  readonly text: string;
  readonly details: string | null;
  /** What the two buttons say. */
  readonly yes: string;
  readonly no: string;
  /** Null for yes or no. */
  readonly fields: readonly Field[] | null;
}

interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly required: boolean;
  /** What stands there at first; null for nothing. */
  readonly default: Json;
  /** Only of a choice. */
  readonly choices: readonly string[];
}

type FieldType = (typeof FIELD_TYPES)[number];

const FIELD_TYPES = ['text', 'number', 'boolean', 'choice'] as const;
const MOST_FIELDS = 100;
const NAME = /^[A-Za-z_]\w*$/;

/** The question of an input of local.ask. @throws Error with a sentence when it cannot be asked */
export function readQuestion(input: JsonObject): Question {
  const { fields = null } = input;
  const isForm = Array.isArray(fields);
  if (isForm && (fields.length === 0 || fields.length > MOST_FIELDS)) {
    throw new Error(`A form must have 1 to ${MOST_FIELDS} fields.`);
  }
  const read = isForm ? (fields as readonly Json[]).map(readField) : null;
  const names = (read ?? []).map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`Two fields are named '${twice}'.`);
  return {
    text: textOr(input.question, ''),
    details: textOr(input.details, null),
    yes: textOr(input.yes, isForm ? 'Send' : 'Yes'),
    no: textOr(input.no, isForm ? 'Decline' : 'No'),
    fields: read,
  };
}

function readField(given: Json, index: number): Field {
  const which = `Field ${index + 1}`;
  if (!isObject(given)) throw new Error(`${which} must be a dictionary.`);
  const { name = null, label, type = 'text', required, default: first = null, choices = [] } = given;
  if (typeof name !== 'string' || !NAME.test(name)) throw new Error(`${which} must have a name of letters and digits.`);
  if (!FIELD_TYPES.includes(type as FieldType)) {
    throw new Error(`The type of the field '${name}' must be one of ${FIELD_TYPES.join(', ')}.`);
  }
  if (!Array.isArray(choices) || !choices.every((each) => typeof each === 'string')) {
    throw new Error(`The choices of the field '${name}' must be a list of texts.`);
  }
  if (type === 'choice' && choices.length === 0) throw new Error(`The field '${name}' must have choices.`);
  const field = { name, label: textOr(label, name), type: type as FieldType, required: required === true, choices };
  if (first !== null && !fits(field, first)) throw new Error(`The default of the field '${name}' does not fit.`);
  return { ...field, default: first };
}

/**
 * What comes of an answer: of yes or no itself, of a form the values of all its fields. Who declines a form lets the
 * action fail; who says no, only if it was to.
 *
 * @param answer true or false, or for a form a dictionary, or false to decline
 * @throws Error with a sentence when it is no answer to this question
 */
export function answerTo(question: Question, failsOnNo: boolean, answer: Json): ActionResult {
  const { fields } = question;
  if (answer === false) {
    return fields === null && !failsOnNo ? succeeded(false) : failed(`The answer was '${question.no}'.`);
  }
  if (fields === null) {
    if (answer === true) return succeeded(true);
    throw new Error('The answer must be yes or no.');
  }
  if (!isObject(answer)) throw new Error('The answer must be a filled in form.');
  const unknown = Object.keys(answer).find((name) => !fields.some((field) => field.name === name));
  if (unknown !== undefined) throw new Error(`The form has no field '${unknown}'.`);
  return succeeded(
    fromEntries(
      fields.map((field): [string, Json] => {
        const value = Object.hasOwn(answer, field.name) ? (answer[field.name] ?? null) : field.default;
        if (value === null || value === '') {
          if (field.required) throw new Error(`'${field.label}' must be filled in.`);
          return [field.name, value];
        }
        if (!fits(field, value)) throw new Error(`'${field.label}' ${EXPECTED[field.type]}.`);
        return [field.name, value];
      }),
    ),
  );
}

const EXPECTED: { readonly [type in FieldType]: string } = {
  text: 'must be a text',
  number: 'must be a number',
  boolean: 'must be yes or no',
  choice: 'must be one of its choices',
};

function fits({ type, choices }: Pick<Field, 'type' | 'choices'>, value: Json): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number' || (typeof value === 'object' && !Array.isArray(value) && !isObject(value));
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && choices.includes(value);
    default:
      return type satisfies never;
  }
}
