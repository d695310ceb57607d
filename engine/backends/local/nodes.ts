import type { ActionNode, ExecutionSummary, Node, TaskNode, WorkflowNode } from '../../api/resources.ts';
import { actionIn, type ExecutionTree, taskIn, tasksIn, workflowIn } from '../../core/execution-tree.ts';
import { waitsFor, whyWaiting } from '../../core/why.ts';
import type { WorkflowDefinition } from '../../language/definition.ts';
import type { Event } from '../../model/events.ts';
import type { ActionExecutionId, TaskExecutionId, WorkflowExecutionId } from '../../model/ids.ts';
import { isObject, type Json } from '../../model/json.ts';
import type { ActionExecution, TaskExecution, WorkflowExecution } from '../../model/records.ts';
import { isCompleted } from '../../model/states.ts';
import { isForWantOfTrust } from '../../runtime/action-gate.ts';

/** Gives the parsed definition that a tree uses. */
export type DefinitionLookup = (tree: ExecutionTree, workflow: WorkflowExecution) => WorkflowDefinition;

/** What is known of an action that runs beyond its record; null when nothing. */
export type ReportLookup = (actionId: string) => {
  readonly progress: NonNullable<ActionNode['progress']> | null;
  readonly lines: number;
  /** What it waits for, if it has not begun yet, in a sentence. */
  readonly waits: string | null;
} | null;

/** Turns the records of one tree into the rows that the window shows. */
export class NodeView {
  private readonly tree: ExecutionTree;
  private readonly lookup: DefinitionLookup;
  private readonly reported: ReportLookup;
  private running: ReadonlyMap<WorkflowExecutionId, number> | null = null;

  /** @param reported left out where rows are kept for later: what runs now is over then */
  constructor(tree: ExecutionTree, lookup: DefinitionLookup, reported: ReportLookup = () => null) {
    this.tree = tree;
    this.lookup = lookup;
    this.reported = reported;
  }

  /** The row of the list of executions. */
  root(): ExecutionSummary {
    const workflow = this.tree.workflows.get(this.tree.rootId as WorkflowExecutionId);
    return workflow === undefined
      ? this.action(actionIn(this.tree, this.tree.rootId as ActionExecutionId))
      : this.workflow(workflow);
  }

  /** All rows in the order in which they came to be. */
  all(): readonly Node[] {
    return this.some(this.byLevel());
  }

  /**
   * The ids of all rows, each parent before what is below it: level by level, so that a tree that is sent in pages is shown
   * from the top. Costs what is taken of it.
   */
  *byLevel(): Generator<string> {
    const { rootId, workflows, tasksOf, actionsOf, workflowsOf } = this.tree;
    for (let level: string[] = [rootId]; level.length > 0; ) {
      const below: string[] = [];
      for (const id of level) {
        yield id;
        if (workflows.has(id as WorkflowExecutionId)) {
          for (const task of tasksOf.get(id as WorkflowExecutionId) ?? []) below.push(task);
        } else {
          for (const action of actionsOf.get(id as TaskExecutionId) ?? []) below.push(action);
          for (const workflow of workflowsOf.get(id as TaskExecutionId) ?? []) below.push(workflow);
        }
      }
      level = below;
    }
  }

  /** In the order in which they came to be. */
  some(ids: Iterable<string>): readonly Node[] {
    return [...ids]
      .map((id) => this.node(id))
      .filter((node) => node !== null)
      .sort((a, b) => a.order - b.order);
  }

  private node(id: string): Node | null {
    const workflow = this.tree.workflows.get(id as WorkflowExecutionId);
    if (workflow !== undefined) return this.workflow(workflow);
    const task = this.tree.tasks.get(id as TaskExecutionId);
    if (task !== undefined) return this.task(task);
    const action = this.tree.actions.get(id as ActionExecutionId);
    return action === undefined ? null : this.action(action);
  }

  private workflow(workflow: WorkflowExecution): WorkflowNode {
    const { id, parentTaskId, name, namespace, state, description, createdAt, finishedAt, order } = workflow;
    const isItem = parentTaskId !== null && taskIn(this.tree, parentTaskId).items !== null;
    const handledErrors = (workflow.taskCounts.ERROR ?? 0) - workflow.unhandledErrors;
    return {
      kind: 'workflow',
      id,
      rootId: this.tree.rootId,
      parentId: parentTaskId,
      order,
      name,
      message: firstLine(workflow.stateInfo),
      createdAt,
      startedAt: createdAt,
      finishedAt,
      state,
      description,
      index: isItem ? workflow.index : null,
      taskCounts: Object.fromEntries(Object.entries(workflow.taskCounts).filter(([, count]) => count > 0)),
      ...(handledErrors > 0 && { handledErrors }),
      runningActions: this.runningBelow(id),
      ...(namespace !== '' && { namespace }),
      ...(workflow.interruption && { interruption: workflow.interruption }),
    };
  }

  /** Below the root is everything: its row, which is made for every commit, costs the same however much runs. */
  private runningBelow(id: WorkflowExecutionId): number {
    if (id === this.tree.rootId) return this.tree.running.size;
    this.running ??= runningActions(this.tree);
    return this.running.get(id) ?? 0;
  }

  private task(task: TaskExecution): TaskNode {
    const workflow = workflowIn(this.tree, task.workflowId);
    // Of a tree of which only the beginning has been read they are missing: they stand at its end.
    const isDefined = this.tree.definitions.has(workflow.definitionId);
    const definition = isDefined ? this.lookup(this.tree, workflow) : null;
    const { runs, policies } = definition?.tasks.get(task.name) ?? { runs: null, policies: null };
    const retries = policies?.retry?.count ?? 0;
    const commands = task.next.flatMap(({ type, name }) => (type === 'command' && name !== 'noop' ? [name] : []));
    const awaited = definition === null ? [] : waitsFor(this.tree, task, definition, MOST_AWAITED);
    const waiting = definition === null ? null : whyWaiting(this.tree, task, definition);
    return {
      kind: 'task',
      id: task.id,
      rootId: this.tree.rootId,
      parentId: task.workflowId,
      order: task.order,
      name: task.name,
      message: waiting ?? firstLine(task.stateInfo),
      createdAt: task.createdAt,
      startedAt: task.startedAt,
      finishedAt: task.finishedAt,
      state: task.state,
      type: task.type,
      runs: runs?.name ?? '',
      errorHandled: task.errorHandled,
      attempt: typeof retries === 'number' && retries > 0 ? { number: task.retries + 1, of: retries + 1 } : null,
      items: itemCounts(task, this.tree.waitingOf.get(task.id) ?? 0),
      ...(task.state === 'ERROR' && isForWantOfTrust(task.stateInfo) && { wantsTrust: true }),
      ...(commands.length > 0 && { commands }),
      ...(awaited.length > 0 && { waitsFor: [...awaited] }),
      // Where the workflow has ended, nothing goes on.
      dueAt: isCompleted(workflow.state) ? null : (this.tree.timers.get(`${task.id}:delay`)?.dueAt ?? null),
      childCount: (this.tree.actionsOf.get(task.id)?.size ?? 0) + (this.tree.workflowsOf.get(task.id)?.size ?? 0),
    };
  }

  private action(action: ActionExecution): ActionNode {
    const { id, taskId, order, name, state, attempt, accepted, isSync, createdAt, begunAt, finishedAt } = action;
    const waits = begunAt === null && !isCompleted(state);
    const result = state === 'ERROR' ? action.output?.result : null;
    const report = isCompleted(state) ? null : this.reported(id);
    return {
      kind: 'action',
      id,
      rootId: this.tree.rootId,
      parentId: taskId,
      order,
      name,
      // Nobody remembers what it waited for in the past.
      message: waits ? (report?.waits ?? 'Waits for its turn') : firstLine(reasonIn(result ?? null)),
      createdAt,
      startedAt: begunAt,
      finishedAt,
      state,
      index: taskId !== null && taskIn(this.tree, taskId).items !== null ? action.index : null,
      attempt,
      accepted,
      ...(report === null || report.progress === null ? {} : { progress: report.progress }),
      ...(report === null || report.lines === 0 ? {} : { logLines: report.lines }),
      ...(waits ? { hasBegun: false as const } : {}),
      isSync,
    };
  }
}

/** A join may wait for a thousand tasks. */
const MOST_AWAITED = 20;

/** What a failure says of itself: a text, or the `error` of a result that says more. */
function reasonIn(result: Json): string | null {
  const said = isObject(result) ? result.error : result;
  return typeof said === 'string' ? said : null;
}

/** @param waiting how many have not begun; those of an earlier attempt may be among them */
function itemCounts({ items }: TaskExecution, waiting: number): TaskNode['items'] {
  if (items === null) return null;
  const { count, running, succeeded, failed, cancelled } = items;
  return { total: count, running: Math.max(0, running - waiting), succeeded, failed: failed + cancelled };
}

/** Long texts are looked at in the inspector. */
function firstLine(text: string | null): string | null {
  if (text === null) return null;
  const line = text.trimStart().split('\n', 1)[0] ?? '';
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}

/** How many actions run below each workflow execution, at any depth. */
function runningActions(tree: ExecutionTree): ReadonlyMap<WorkflowExecutionId, number> {
  const counts = new Map<WorkflowExecutionId, number>();
  for (const id of tree.running) {
    let { taskId } = actionIn(tree, id);
    while (taskId !== null) {
      const { workflowId } = taskIn(tree, taskId);
      counts.set(workflowId, (counts.get(workflowId) ?? 0) + 1);
      taskId = workflowIn(tree, workflowId).parentTaskId;
    }
  }
  return counts;
}

/**
 * The rows that an event may have changed, those above it included, and those that say why they wait: for a task, or for
 * their workflow.
 */
export function touchedNodes(tree: ExecutionTree, event: Event, lookup: DefinitionLookup): readonly string[] {
  switch (event.type) {
    case 'DefinitionUsed':
    case 'RouteClosed':
      return [];
    case 'JoinInformed': {
      const taskId = tree.joins.get(event.workflowId)?.get(event.join)?.taskId;
      return taskId === undefined || taskId === null ? [] : [taskId];
    }
    case 'TimerFired': {
      const taskId = event.id.slice(0, event.id.lastIndexOf(':'));
      return tree.tasks.has(taskId as TaskExecutionId) ? withWaiting(tree, taskId as TaskExecutionId, lookup) : [];
    }
    case 'TaskDelayed':
      return withWaiting(tree, event.timer.taskId, lookup);
    case 'TimeoutArmed':
      return withAncestors(tree, event.timer.taskId);
    case 'VariablesPublished':
      return withAncestors(tree, event.taskId);
    case 'ActionScheduled':
    case 'ActionBegun':
    case 'ActionRepeated':
    case 'ActionStateChanged':
    case 'ActionCompleted': {
      const { taskId } = actionIn(tree, event.id);
      return taskId === null ? [event.id] : [event.id, ...withAncestors(tree, taskId)];
    }
    case 'TaskRetried':
    case 'TaskRerun':
    case 'ItemsExpanded':
      return [...withWaiting(tree, event.id, lookup), ...madeBy(tree, event.id)];
    case 'WorkflowPaused':
    case 'WorkflowResumed':
    case 'WorkflowEnded':
    case 'WorkflowReopened':
      return [...workflowWithAncestors(tree, event.id), ...waitingIn(tree, event.id)];
    case 'WorkflowStarted':
    case 'VarsSet':
    case 'WorkflowUpdated':
    case 'WorkflowTakenUp':
    case 'StepsHeld':
    case 'HeldReleased':
      return workflowWithAncestors(tree, event.id);
    default:
      return withWaiting(tree, event.id, lookup);
  }
}

/** The tasks of a workflow execution that say what it is that they wait for: it may be the workflow itself. */
function waitingIn(tree: ExecutionTree, id: WorkflowExecutionId): readonly TaskExecutionId[] {
  const { taskCounts } = workflowIn(tree, id);
  const states = (['IDLE', 'WAITING', 'RUNNING_DELAYED'] as const).filter((state) => (taskCounts[state] ?? 0) > 0);
  if (states.length === 0) return [];
  return tasksIn(tree, id).flatMap((task) => (states.some((state) => state === task.state) ? [task.id] : []));
}

/** What a task has run so far: when it begins anew, that does not count any more. */
function madeBy(tree: ExecutionTree, id: TaskExecutionId): readonly string[] {
  return [...(tree.actionsOf.get(id) ?? []), ...(tree.workflowsOf.get(id) ?? [])];
}

/** A task, all above it, and the joins that say how it stands, since they wait for it. */
function withWaiting(tree: ExecutionTree, id: TaskExecutionId, lookup: DefinitionLookup): readonly string[] {
  const ids = withAncestors(tree, id);
  const { workflowId, name } = taskIn(tree, id);
  const joins = tree.joins.get(workflowId);
  const workflow = workflowIn(tree, workflowId);
  if (joins === undefined || joins.size === 0 || !tree.definitions.has(workflow.definitionId)) return ids;
  const after = lookup(tree, workflow).graph.outbound.get(name) ?? [];
  return [...ids, ...after.flatMap((each) => joins.get(each)?.taskId ?? [])];
}

function workflowWithAncestors(tree: ExecutionTree, id: WorkflowExecutionId): readonly string[] {
  const { parentTaskId } = workflowIn(tree, id);
  return parentTaskId === null ? [id] : [id, ...withAncestors(tree, parentTaskId)];
}

function withAncestors(tree: ExecutionTree, id: TaskExecutionId): readonly string[] {
  const ids: string[] = [];
  let taskId: TaskExecutionId | null = id;
  while (taskId !== null) {
    const { workflowId }: TaskExecution = taskIn(tree, taskId);
    ids.push(taskId, workflowId);
    taskId = workflowIn(tree, workflowId).parentTaskId;
  }
  return ids;
}
