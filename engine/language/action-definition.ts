import type { Json, JsonObject } from '../model/json.ts';
import type { InputDeclaration } from './definition.ts';

/** A checked ad-hoc action: another action with its input and output rewritten. */
export interface ActionDefinition {
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** The action that does the work. May be an ad-hoc action itself. */
  readonly base: string;
  /** A template for the input of the base; inline parameters are merged in. Expressions see the declared input. */
  readonly baseInput: JsonObject;
  readonly input: readonly InputDeclaration[];
  /** A template that sees the result of the base; null when the result stays as it is. */
  readonly output: Json;
}
