import type { Trigger } from '../model/records.ts';
import { type Context, merge } from './context.ts';
import { type ExecutionTree, outboundContext, taskIn } from './execution-tree.ts';

/** The variables that come in from the tasks that triggered this one, merged where there are several. */
export function arrivedContext(tree: ExecutionTree, triggeredBy: readonly Trigger[]): Context {
  return merge(triggeredBy.map((trigger) => outboundContext(tree, taskIn(tree, trigger.taskId))));
}
