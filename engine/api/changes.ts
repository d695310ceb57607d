import { z } from 'zod';
import {
  actionSummary,
  cronTrigger,
  environment,
  executionSummary,
  node,
  question,
  trouble,
  workbookSummary,
  workflowSummary,
} from './resources.ts';

/**
 * What a backend tells without being asked. Batches come at most once per frame; nothing is told before it is on disk.
 * A change says how things are now, not how they came to be, so applying one twice does no harm.
 */
const change = z.discriminatedUnion('type', [
  /** A root execution is new or changed: for the list. */
  z.object({ type: z.literal('execution'), execution: executionSummary }),
  z.object({ type: z.literal('executionDeleted'), id: z.string() }),
  /**
   * Nodes of a watched tree that are new or changed, in their order. `revision` grows with each change, also of a tree that is
   * watched anew. `left`: so many nodes of the tree are yet to come.
   */
  z.object({
    type: z.literal('nodes'),
    rootId: z.string(),
    revision: z.number(),
    nodes: z.array(node),
    left: z.number(),
  }),
  /** A watched tree of which rows were sent cannot be read: it is not watched any more. `message` is a sentence. */
  z.object({ type: z.literal('watchFailed'), rootId: z.string(), message: z.string() }),
  /** The library changed; each of these lists is complete. */
  z.object({ type: z.literal('workflows'), workflows: z.array(workflowSummary) }),
  z.object({ type: z.literal('actions'), actions: z.array(actionSummary) }),
  z.object({ type: z.literal('workbooks'), workbooks: z.array(workbookSummary) }),
  z.object({ type: z.literal('environments'), environments: z.array(environment) }),
  z.object({ type: z.literal('cronTriggers'), cronTriggers: z.array(cronTrigger) }),
  /** What the person is asked; the list is complete. */
  z.object({ type: z.literal('questions'), questions: z.array(question) }),
  /** The list is complete; empty when all is well again. */
  z.object({ type: z.literal('troubles'), troubles: z.array(trouble) }),
]);
export type Change = z.infer<typeof change>;
