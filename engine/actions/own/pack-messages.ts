import { z } from 'zod';

/** What the engine asks of the process in which a person's own actions run. */
export type PackRequest =
  /** Loads the module, which runs what stands outside of its functions. */
  | { readonly type: 'describe'; readonly file: string }
  /** `input` is JSON text. */
  | {
      readonly type: 'run';
      readonly id: number;
      readonly file: string;
      readonly name: string;
      readonly input: string;
    }
  | { readonly type: 'abort'; readonly id: number };

const parameterType = z.enum(['text', 'number', 'boolean', 'list', 'dictionary']);

const packAction = z.object({
  name: z.string(),
  description: z.string(),
  parameters: z.array(
    z.object({
      name: z.string(),
      required: z.boolean(),
      description: z.string(),
      types: z.array(parameterType).nullable(),
    }),
  ),
  /** What a success gives, in words. */
  result: z.string().nullable(),
  /** How long it may run, in seconds. */
  timeout: z.number().positive().nullable(),
});
export type PackAction = z.infer<typeof packAction>;

/**
 * What that process says. Whatever runs there can write to the same channel, so every message is parsed; one that is
 * none of these is left alone.
 */
export const packMessage = z.discriminatedUnion('type', [
  /** It has started, and listens. */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('described'), file: z.string(), actions: z.array(packAction).max(1000) }),
  /** `isHarmless`: what it shares with other modules is as it was. */
  z.object({ type: z.literal('broken'), file: z.string(), message: z.string(), isHarmless: z.boolean() }),
  z.object({
    type: z.literal('reported'),
    id: z.number(),
    lines: z.array(z.object({ text: z.string(), source: z.enum(['stdout', 'stderr']).nullable() })),
    progress: z.object({ fraction: z.number().nullable(), text: z.string().nullable() }).nullable(),
  }),
  /** JSON text. */
  z.object({ type: z.literal('returned'), id: z.number(), json: z.string() }),
  z.object({ type: z.literal('failed'), id: z.number(), message: z.string() }),
  /** Something that belongs to no action threw: the process ends. */
  z.object({ type: z.literal('threw'), message: z.string() }),
]);
export type PackMessage = z.infer<typeof packMessage>;
