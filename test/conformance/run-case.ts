import { type ExecutionTree, tasksIn, workflowIn } from '../../engine/core/execution-tree.ts';
import { outstanding } from '../../engine/core/outstanding.ts';
import { type ReportOptions, report } from '../../engine/core/report.ts';
import type { ActionExecutionId, WorkflowExecutionId } from '../../engine/model/ids.ts';
import { isObject, type Json, type JsonObject } from '../../engine/model/json.ts';
import { isCompleted } from '../../engine/model/states.ts';
import type { Answer } from '../../engine/runtime/engine.ts';
import { type Case, type CaseResult, levelOne, type Step } from './case.ts';
import { match } from './compare.mjs';
import { actionsOf, observe, observeAction } from './observe.ts';
import type { Server } from './server.ts';

/** How long a case may take to get where it should, in milliseconds. */
const PATIENCE = 12_000;

/** Runs one case on the engine and says where it differs from what Mistral did. */
export async function runCase(server: Server, each: Case): Promise<CaseResult> {
  const run = new CaseRun(server, each);
  try {
    await run.go();
  } catch (error) {
    run.level1.push(error instanceof Unsupported ? error.message : `the runner failed: ${String(error)}`);
  }
  const { id, feature, quirk } = each;
  return { id, feature, isQuirk: quirk !== undefined, level1: run.level1, level2: run.level2 };
}

class Unsupported extends Error {}

class CaseRun {
  readonly level1: string[] = [];
  readonly level2: string[] = [];
  private isDeleted = false;
  private readonly server: Server;
  private readonly each: Case;

  constructor(server: Server, each: Case) {
    this.server = server;
    this.each = each;
  }

  async go(): Promise<void> {
    const { each, server } = this;
    for (const { name, variables } of each.environments ?? []) {
      await server.library.saveEnvironment(name, variables as JsonObject);
    }
    for (const [index, definition] of each.definitions.entries()) {
      const { kind, yaml, namespace = '' } = definition;
      const { problems } = await server.library.save(yaml, namespace, kind);
      if (problems.length === 0) continue;
      const error = problems.map((problem) => problem.message).join('\n');
      this.compare(each.expect, { valid: false, http_status: 400, definition: index, error_contains: error });
      return;
    }
    if (each.run === undefined || each.expect.valid === false) {
      this.compare(each.expect, { valid: true });
      return;
    }
    if (each.run.workflow !== undefined) await this.runWorkflow(each.run.workflow, each.run);
    else if (each.run.action !== undefined) await this.runAction(each.run.action, each.run);
  }

  /** Mistral can answer at once with the result (`run_sync`), or without keeping it; what is kept in the end is compared. */
  private async runAction(action: string, run: NonNullable<Case['run']>): Promise<void> {
    const { each, server } = this;
    const answer = await server.engine.startAction({
      action,
      namespace: run.namespace ?? '',
      input: run.input as JsonObject,
      safeRerun: false,
      timeout: typeof run.params.timeout === 'number' ? run.params.timeout : null,
      isAwaited: run.params.run_sync === true,
      isSaved: run.params.save_result === true,
    });
    if (answer.type === 'refused') {
      const error = { http_status: statusOf(answer), error_contains: answer.reason };
      this.compare(each.expect, { valid: true, start_error: error });
      return;
    }
    const { rootId } = answer.tree;
    for (const step of each.steps ?? []) {
      const result = await this.updateStandalone(rootId as ActionExecutionId, step);
      const error = result.type === 'refused' ? { error_contains: result.reason } : {};
      if (step.expect !== undefined) this.compare(step.expect, { http_status: statusOf(result), ...error });
    }
    await server.until(rootId, isSettled, PATIENCE);
    const ended = (await this.tree(rootId)).actions.get(rootId as ActionExecutionId);
    if (ended === undefined) throw new Error('the action is gone');
    const final = { ...observeAction(ended), task_execution_id: ended.taskId };
    const { immediate } = each.expect as { readonly immediate: { readonly output: unknown; readonly state: string } };
    if (immediate.state === 'RUNNING') this.compare(each.expect.final, final);
    else this.compare({ output: immediate.output, state: immediate.state }, final);
  }

  private updateStandalone(id: ActionExecutionId, step: Step): Promise<Answer> {
    return this.updateTo(id, id, step);
  }

  /** What Mistral's API makes of an update: a failure always says something, a cancelled action has no result. */
  private async updateTo(rootId: string, id: ActionExecutionId, step: Step): Promise<Answer> {
    const { engine } = this.server;
    const output = (typeof step.output === 'string' ? parsed(step.output) : (step.output ?? {})) as Json;
    const isEmpty = output === null || (isObject(output) && Object.keys(output).length === 0);
    switch (step.state) {
      case 'RUNNING':
      case 'PAUSED':
        return engine.submit(rootId, { type: 'UpdateAction', id, state: step.state });
      case 'CANCELLED':
        return engine.submit(rootId, { type: 'CompleteAction', id, result: { state: 'CANCELLED', value: null } });
      case 'SUCCESS':
      case 'ERROR': {
        if (output !== null && !isObject(output)) {
          return { type: 'refused', code: 'INVALID', reason: 'The output must be an object.' };
        }
        const value = step.state === 'ERROR' && isEmpty ? 'Unknown error' : output;
        return engine.submit(rootId, { type: 'CompleteAction', id, result: { state: step.state, value } });
      }
      default: {
        const reason = `Error. Expected one of ['SUCCESS', 'ERROR', 'CANCELLED', 'PAUSED', 'RUNNING'], actual: ${step.state}`;
        return { type: 'refused', code: 'INVALID', reason };
      }
    }
  }

  private async runWorkflow(workflow: string, run: NonNullable<Case['run']>): Promise<void> {
    const { each, server } = this;
    const answer = await server.engine.startWorkflow({
      workflow,
      namespace: run.namespace ?? '',
      input: run.input as JsonObject,
      params: run.params as JsonObject,
      description: '',
    });
    if (answer.type === 'refused') {
      const error = { http_status: statusOf(answer), error_contains: answer.reason };
      this.compare(each.expect, { valid: true, start_error: error });
      return;
    }
    const rootId = answer.tree.rootId as WorkflowExecutionId;
    for (const step of each.steps ?? []) await this.step(rootId, step);
    if (this.isDeleted) return;
    const isOver = (tree: ExecutionTree): boolean =>
      each.final === 'settle' ? isSettled(tree) : isCompleted(tree.workflows.get(rootId)?.state ?? 'RUNNING');
    await server.until(rootId, isOver, PATIENCE);
    // What was at work when the execution ended still comes in; on a busy machine it takes its time.
    await server.until(rootId, isSettled, 500);
    await server.quiet(rootId, 60);
    this.compare(each.expect, { valid: true, ...(await this.observe(rootId)) });
  }

  private async observe(id: WorkflowExecutionId): Promise<Record<string, unknown>> {
    const tree = await this.tree(id);
    return observe(tree, id, (each, workflow) => this.server.library.definitionOf(each, workflow));
  }

  private async tree(rootId: string): Promise<ExecutionTree> {
    const tree = await this.server.engine.tree(rootId);
    if (tree === null) throw new Error('the execution is gone');
    return tree;
  }

  private async step(rootId: WorkflowExecutionId, step: Step): Promise<void> {
    const { server } = this;
    switch (step.op) {
      case 'wait_state':
        await this.wait(rootId, step, (tree, id) => tree.workflows.get(id)?.state === step.state);
        return;
      case 'wait_task':
        await this.wait(rootId, step, (tree, id) => {
          const tasks = tasksIn(tree, id).filter((task) => task.name === step.task && shown(task.state) === step.state);
          return tasks.length >= (step.count ?? 1);
        });
        return;
      case 'wait_action':
        await this.wait(rootId, step, (tree, id) => {
          const task = tasksIn(tree, id).findLast(({ name }) => name === step.task);
          const actions = task === undefined ? [] : actionsOf(tree, task);
          return actions.filter(({ state }) => state === step.state).length >= (step.count ?? 1);
        });
        return;
      case 'sleep':
        await new Promise((resolve) => setTimeout(resolve, (step.seconds ?? 0) * 1000));
        return;
      case 'snapshot': {
        await server.until(rootId, isSettled, 2000);
        await server.quiet(rootId, 60);
        this.compare(step.expect, { snapshot: await this.observe(rootId) });
        return;
      }
      case 'sink': {
        const response = await fetch(`${server.helper}/sink/${step.key}`);
        const events = (await response.json()) as readonly Record<string, unknown>[];
        const seen = events.map((each) => ({
          event: each.event,
          keys: Object.keys(each).sort(),
          name: each.name,
          state: each.state,
        }));
        this.compare(step.expect, { events: seen });
        return;
      }
      case 'report': {
        const tree = await this.tree(rootId);
        const workflow = workflowIn(tree, await this.selected(rootId, step));
        const body = report(tree, workflow, {
          ...reportOptions(step.query),
          estimatedTime: workflow.state === 'RUNNING' ? -1 : 0,
        });
        this.compare(step.expect, { http_status: 200, body });
        return;
      }
      case 'delete_execution': {
        const { state } = workflowIn(await this.tree(rootId), rootId);
        const isAllowed = isCompleted(state) || step.force === true;
        const error = `Only completed executions can be deleted. Use --force to override this. Execution ${rootId} is in ${state} state`;
        if (isAllowed) await server.engine.delete(rootId);
        this.compare(step.expect, isAllowed ? { http_status: 204 } : { http_status: 403, error_contains: error });
        this.isDeleted = isAllowed;
        return;
      }
      default: {
        const id = await this.selected(rootId, step);
        const answer = await this.operate(rootId, id, step);
        const error = answer.type === 'refused' ? { error_contains: answer.reason } : {};
        if (step.expect !== undefined) this.compare(step.expect, { http_status: statusOf(answer), ...error });
      }
    }
  }

  private async operate(rootId: WorkflowExecutionId, id: WorkflowExecutionId, step: Step): Promise<Answer> {
    const { engine } = this.server;
    const env = (step.env ?? null) as JsonObject | null;
    const message = step.state_info ?? null;
    switch (step.op) {
      case 'pause':
        if (env !== null) return { type: 'refused', code: 'INVALID', reason: 'env comes with resume only' };
        return engine.submit(rootId, { type: 'PauseExecution', id, message });
      case 'resume':
        return engine.submit(rootId, { type: 'ResumeExecution', id, env });
      case 'cancel':
        return engine.submit(rootId, { type: 'StopExecution', id, state: 'CANCELLED', message });
      case 'set_state': {
        const { state } = step;
        if (state !== 'SUCCESS' && state !== 'ERROR' && state !== 'CANCELLED') {
          return { type: 'refused', code: 'INVALID', reason: `Cannot change state to ${state}.` };
        }
        return engine.submit(rootId, { type: 'StopExecution', id, state, message });
      }
      case 'update_env':
        return engine.submit(rootId, { type: 'UpdateExecution', id, env: env ?? {} });
      case 'set_description':
        return engine.submit(rootId, { type: 'UpdateExecution', id, description: step.description ?? '' });
      case 'rerun':
        return this.rerun(rootId, id, step, env);
      case 'update_action':
        return this.updateAction(rootId, id, step);
      default:
        throw new Unsupported(`the operation ${step.op} is not there yet`);
    }
  }

  private async rerun(
    rootId: WorkflowExecutionId,
    id: WorkflowExecutionId,
    step: Step,
    env: JsonObject | null,
  ): Promise<Answer> {
    if (step.state !== undefined && step.state !== 'RUNNING') {
      return {
        type: 'refused',
        code: 'INVALID',
        reason: 'Invalid task state. Only updating task to rerun or skip is supported.',
      };
    }
    if (step.reset === undefined) return { type: 'refused', code: 'INVALID', reason: 'Mandatory field missing: reset' };
    const task = tasksIn(await this.tree(rootId), id).findLast(({ name }) => name === step.task);
    if (task === undefined) throw new Error(`there is no task ${step.task}`);
    return this.server.engine.submit(rootId, { type: 'RerunTask', id: task.id, reset: step.reset, env });
  }

  private async updateAction(rootId: WorkflowExecutionId, id: WorkflowExecutionId, step: Step): Promise<Answer> {
    const tree = await this.tree(rootId);
    const task = tasksIn(tree, id).findLast(({ name }) => name === step.task);
    const from = step.from ?? null;
    const matches = (state: string): boolean =>
      from === 'ANY' || (from === null ? state === 'RUNNING' || state === 'PAUSED' : state === from);
    const action = (task === undefined ? [] : [...actionsOf(tree, task)])
      .filter(({ state }) => matches(state))
      .sort((a, b) => (JSON.stringify(a.input) < JSON.stringify(b.input) ? -1 : 1))[step.index ?? 0];
    if (action === undefined) throw new Error(`there is no such action of task ${step.task}`);
    return this.updateTo(rootId, action.id, step);
  }

  private async wait(
    rootId: WorkflowExecutionId,
    step: Step,
    condition: (tree: ExecutionTree, id: WorkflowExecutionId) => boolean,
  ): Promise<void> {
    const met = await this.server.until(
      rootId,
      (tree) => {
        const id = select(tree, rootId, step.on ?? []);
        return id !== null && condition(tree, id);
      },
      PATIENCE,
    );
    if (!met) this.level1.push(`waited in vain for ${step.task ?? 'the execution'} to be ${step.state}`);
  }

  private async selected(rootId: WorkflowExecutionId, step: Step): Promise<WorkflowExecutionId> {
    const id = select(await this.tree(rootId), rootId, step.on ?? []);
    if (id === null) throw new Error(`there is no execution below ${step.on?.join(' / ')}`);
    return id;
  }

  private compare(expected: unknown, actual: unknown): void {
    const byClass = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value), (key, each) =>
        key === 'http_status' ? (Number(each) >= 400 ? 'refused' : 'done') : each,
      );
    const one = match(levelOne(byClass(expected)), byClass(actual));
    this.level1.push(...one);
    if (one.length === 0) this.level2.push(...match(byClass(expected), byClass(actual)));
  }
}

/** The query of a report, as a dictionary or as the text of a URL. */
function reportOptions(query: Step['query']): Omit<ReportOptions, 'estimatedTime'> {
  const entries = typeof query === 'string' ? new URLSearchParams(query) : Object.entries(query ?? {});
  const given = new Map([...entries].map(([name, value]) => [name, String(value).toLowerCase()]));
  return {
    errorsOnly: given.get('errors_only') === 'true',
    maxDepth: Number(given.get('max_depth') ?? -1),
    statisticsOnly: given.get('statistics_only') === 'true',
  };
}

const shown = (state: string): string => (state === 'RUNNING_DELAYED' ? 'DELAYED' : state);

function isSettled(tree: ExecutionTree): boolean {
  return outstanding(tree).length === 0;
}

/** Follows the last nested execution of each named task; `task#2` is the one of item 2. */
function select(tree: ExecutionTree, rootId: WorkflowExecutionId, path: readonly string[]): WorkflowExecutionId | null {
  let id: WorkflowExecutionId = rootId;
  for (const step of path) {
    const [name, item] = step.split('#');
    const task = tree.workflows.has(id) ? tasksIn(tree, id).findLast((each) => each.name === name) : undefined;
    const nested = task === undefined ? [] : [...(tree.workflowsOf.get(task.id) ?? [])];
    const found =
      item === undefined ? nested.at(-1) : nested.find((each) => tree.workflows.get(each)?.index === Number(item));
    if (found === undefined) return null;
    id = found;
  }
  return id;
}

function statusOf(answer: Answer): number {
  if (answer.type === 'done') return 200;
  return answer.code === 'NOT_FOUND' ? 404 : 400;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
