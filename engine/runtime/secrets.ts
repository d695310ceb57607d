import type { TextMask } from '../actions/text-mask.ts';
import type { ExecutionTree } from '../core/execution-tree.ts';
import type { WorkflowExecutionId } from '../model/ids.ts';
import { BigInteger, encodeJson, Float, isObject, type Json, type JsonObject, nestsDeeperThan } from '../model/json.ts';
import type { DocumentFile, DocumentKind } from '../store/document-file.ts';
import { appearances } from './appearances.ts';
import { DEEPEST_RESULT } from './run-action.ts';

/**
 * Values that nobody should read: passwords, tokens. A definition, an input or an environment names one as
 * `${secret:NAME}`, and that is what is evaluated, journaled, shown and exported. The value takes its place only in the
 * input of an action that reaches out, when it runs; where the value comes back, in a result, a failure or a logged line,
 * `[secret NAME]` takes its place, also of what is usually made of it on the way ({@link appearances}), and of a number that
 * is written as the secret is (`12345`; not `12345` within `123456`, nor `42` of the secret `0042`). Anything else that is made
 * of a value, such as its hash or its length, is not recognised.
 */

export interface SecretDocument {
  readonly secrets: readonly { readonly name: string; readonly sealed: string }[];
}

export const secretsKind: DocumentKind<SecretDocument> = {
  version: 1,
  defaults: { secrets: [] },
  parse(data) {
    const { secrets } = data as SecretDocument;
    if (!Array.isArray(secrets)) throw new Error('it holds no secrets');
    return { secrets };
  },
};

/** Makes text unreadable for everybody else on this machine; the shell has the system's key ring do it. */
export interface SecretBox {
  readonly seal: (text: string) => string;
  /** @throws Error when it was sealed by somebody else */
  readonly open: (sealed: string) => string;
}

/** The message is for people. */
export class SecretError extends Error {}

/** Shorter ones would be found everywhere in what actions answer. */
const SHORTEST = 4;
const LONGEST = 64 * 1024;
const NAME = /^[A-Za-z0-9_.-]{1,100}$/;
const REFERENCE = /\$\{secret:([A-Za-z0-9_.-]{1,100})\}/g;

export class Secrets {
  private readonly document: DocumentFile<SecretDocument>;
  private readonly box: SecretBox | null;
  /** Values by name: those that were opened, and those that live only as long as this process. */
  private readonly values = new Map<string, string>();
  /** What stands for which value, the longest first; null: to be made again. */
  private masks: readonly Mask[] | null = null;
  /** Every value that was known since the start: what was replaced or deleted may still come back from somewhere. */
  private readonly seen = new Map<string, string>();

  /** @param box null where the system cannot keep secrets: then they are forgotten when the app ends */
  constructor(document: DocumentFile<SecretDocument>, box: SecretBox | null) {
    this.document = document;
    this.box = box;
  }

  /** Names in their order, and whether they are there after the next start. */
  list(): readonly { readonly name: string; readonly isKept: boolean }[] {
    const kept = this.document.data.secrets.map(({ name }) => name);
    const names = [...new Set([...kept, ...this.values.keys()])].toSorted();
    return names.map((name) => ({ name, isKept: kept.includes(name) }));
  }

  /**
   * Keeps a value under a name, in place of the one before. Resolves once it is on disk, sealed.
   *
   * @throws SecretError when the name or the value cannot be taken
   */
  async save(name: string, value: string): Promise<void> {
    if (!NAME.test(name)) throw new SecretError('A secret has a name of letters, digits, “_”, “.” and “-”.');
    if (value.length < SHORTEST || value.length > LONGEST) {
      throw new SecretError(`A secret has from ${SHORTEST} to ${LONGEST} characters.`);
    }
    if (this.box !== null) {
      const secret = { name, sealed: this.box.seal(value) };
      await this.document.update(({ secrets }) => ({
        secrets: [...secrets.filter((each) => each.name !== name), secret],
      }));
    }
    this.learn(name, value);
  }

  /** @returns whether there was one */
  async delete(name: string): Promise<boolean> {
    if (!this.list().some((each) => each.name === name)) return false;
    await this.document.update(({ secrets }) => ({ secrets: secrets.filter((each) => each.name !== name) }));
    this.values.delete(name);
    this.masks = null;
    return true;
  }

  /**
   * The input with the values in the place of their names. Only names that the execution's definitions, its input or its
   * parameters say as they are: an expression must not be able to make one up.
   *
   * @param tree null: a person has written the input, and may name any
   * @param more names that the action itself may have: those that were shown when it was allowed
   * @throws SecretError when there is no such secret, or the execution may not have it
   */
  reveal(input: JsonObject, tree: ExecutionTree | null, more: readonly string[]): JsonObject {
    let allowed: ReadonlySet<string> | null = null;
    return mapText(input, (text) =>
      text.replace(REFERENCE, (_reference, name: string) => {
        if (tree !== null) allowed ??= new Set([...namedIn(tree), ...more]);
        if (allowed?.has(name) === false) {
          throw new SecretError(
            `The secret '${name}' is named neither in the definition nor in what it was started with.`,
          );
        }
        return this.value(name);
      }),
    ) as JsonObject;
  }

  /**
   * The value with `[secret NAME]` in the place of every secret, and of everything that names one: what comes from outside
   * must not be able to ask for a value in a later task.
   */
  mask<T extends Json>(value: T): T {
    // Deeper values are refused as results anyway.
    if (nestsDeeperThan(value, DEEPEST_RESULT)) return value;
    const masks = this.allMasks();
    return mapText(
      value,
      (text) => masked(text, masks).replace(REFERENCE, '[secret $1]'),
      (number) => this.maskedNumber(number),
    ) as T;
  }

  /** For a text that comes in pieces, or will be cut: one for each text. */
  maskText(): TextMask {
    let held = '';
    return {
      add: (piece) => {
        const masks = this.allMasks();
        const text = held + piece;
        const cut = wholeUntil(text, masks);
        held = text.slice(cut);
        return masked(text.slice(0, cut), masks);
      },
      end: () => {
        const rest = masked(held, this.allMasks());
        held = '';
        return rest;
      },
    };
  }

  private maskedNumber(number: number | Float | BigInteger): Json {
    const text = String(typeof number === 'number' ? number : number.value);
    const name = this.seen.get(text) ?? (number instanceof Float ? this.seen.get(`${text}.0`) : undefined);
    return name === undefined ? number : `[secret ${name}]`;
  }

  private learn(name: string, value: string): string {
    this.values.set(name, value);
    this.seen.set(value, name);
    this.masks = null;
    return value;
  }

  private value(name: string): string {
    const known = this.values.get(name);
    if (known !== undefined) return known;
    const kept = this.document.data.secrets.find((each) => each.name === name);
    if (kept === undefined)
      throw new SecretError(`There is no secret '${name}'. Save it in the library, and run the task again.`);
    if (this.box === null)
      throw new SecretError(`The secret '${name}' cannot be read: this system's key ring is not there.`);
    try {
      return this.learn(name, this.box.open(kept.sealed));
    } catch {
      throw new SecretError(
        `The secret '${name}' cannot be read: it was kept by another person or machine. Save it again.`,
      );
    }
  }

  private allMasks(): readonly Mask[] {
    if (this.masks !== null) return this.masks;
    for (const { name } of this.document.data.secrets) this.openIfPossible(name);
    this.masks = [...this.seen]
      .flatMap(([value, name]) => appearances(value, 2 * SHORTEST).map((text) => ({ text, name: `[secret ${name}]` })))
      .toSorted((a, b) => b.text.length - a.text.length);
    return this.masks;
  }

  /** One that cannot be opened cannot be used either, so that nothing of it can come back. */
  private openIfPossible(name: string): void {
    try {
      this.value(name);
    } catch (error) {
      if (!(error instanceof SecretError)) throw error;
    }
  }
}

interface Mask {
  readonly text: string;
  readonly name: string;
}

function masked(text: string, masks: readonly Mask[]): string {
  return masks.reduce((before, mask) => before.replaceAll(mask.text, mask.name), text);
}

/** Up to where no text goes on that could turn out to be a secret. */
function wholeUntil(text: string, masks: readonly Mask[]): number {
  let cut = text.length;
  for (const { text: secret } of masks) {
    const first = secret.charAt(0);
    const start = Math.max(0, text.length - secret.length + 1);
    for (let at = text.indexOf(first, start); at !== -1 && at < cut; at = text.indexOf(first, at + 1)) {
      if (secret.startsWith(text.slice(at))) cut = at;
    }
  }
  // One that is there as a whole is not to be torn apart.
  for (let before = -1; before !== cut; ) {
    before = cut;
    for (const { text: secret } of masks) {
      const at = text.indexOf(secret, Math.max(0, cut - secret.length + 1));
      if (at !== -1 && at < cut) cut = at;
    }
  }
  return cut;
}

function namedIn(tree: ExecutionTree): ReadonlySet<string> {
  const root = tree.workflows.get(tree.rootId as WorkflowExecutionId);
  const texts = [...tree.definitions.values()].map(({ text }) => text);
  if (root !== undefined) texts.push(encodeJson(root.input), encodeJson(root.params));
  return new Set(texts.flatMap(secretsNamedIn));
}

/** The names of the secrets that a text names as they are. */
export function secretsNamedIn(text: string): readonly string[] {
  return [...text.matchAll(REFERENCE)].map(([, name]) => name ?? '');
}

/** The same value with every text in it changed, keys included, and every number if asked to. */
function mapText(
  value: Json,
  change: (text: string) => string,
  changeNumber: (number: number | Float | BigInteger) => Json = (number) => number,
): Json {
  const map = (each: Json): Json => {
    if (typeof each === 'string') return change(each);
    if (typeof each === 'number' || each instanceof Float || each instanceof BigInteger) return changeNumber(each);
    if (Array.isArray(each)) return each.map(map);
    if (!isObject(each)) return each;
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [change(key), map(inner)]));
  };
  return map(value);
}
