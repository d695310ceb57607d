import type { TaskDefinition, WorkflowDefinition } from '../language/definition.ts';
import type { Event } from '../model/events.ts';
import type { WorkflowExecutionId } from '../model/ids.ts';
import type { TaskExecution, WorkflowExecution } from '../model/records.ts';
import { apply } from './apply.ts';
import { type ExecutionTree, workflowIn } from './execution-tree.ts';
import type { World } from './world.ts';

/**
 * A decision in the making. Rules look at the tree as the events so far have made it and add their own; nobody outside
 * sees the tree before the decision is whole.
 */
export class Decision {
  readonly world: World;
  readonly events: Event[] = [];
  tree: ExecutionTree;
  /** Workflow executions in which something completed: they may have ended. */
  readonly touched = new Set<WorkflowExecutionId>();
  /** How many more tasks or items this decision may start. What is left over is done by the next one. */
  allowance: number;

  constructor(tree: ExecutionTree, world: World, allowance: number) {
    this.tree = tree;
    this.world = world;
    this.allowance = allowance;
  }

  emit(event: Event): void {
    this.events.push(event);
    this.tree = apply(this.tree, event, this.world.now);
  }

  /** All of it or nothing: when `part` throws, what it emitted never was. */
  attempt(part: () => void): void {
    const { tree } = this;
    const count = this.events.length;
    try {
      part();
    } catch (error) {
      this.tree = tree;
      this.events.length = count;
      throw error;
    }
  }

  definitionOf(workflow: WorkflowExecution): WorkflowDefinition {
    const source = this.tree.definitions.get(workflow.definitionId);
    if (source === undefined) throw new Error(`The tree has no definition ${workflow.definitionId}.`);
    return this.world.definition(workflow.definitionId, source, workflow.name);
  }

  definitionOfTask(task: TaskExecution): TaskDefinition {
    const workflow = workflowIn(this.tree, task.workflowId);
    const definition = this.definitionOf(workflow).tasks.get(task.name);
    if (definition === undefined) throw new Error(`The definition of '${workflow.name}' has no task '${task.name}'.`);
    return definition;
  }
}
