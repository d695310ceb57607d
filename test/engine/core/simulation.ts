import { checkInput } from '../../../engine/actions/action.ts';
import { actions } from '../../../engine/actions/registry.ts';
import { plainText } from '../../../engine/actions/text-mask.ts';
import { applyAll } from '../../../engine/core/apply.ts';
import { decide, type Verdict } from '../../../engine/core/decide.ts';
import { type ExecutionTree, emptyTree, tasksIn, workflowIn } from '../../../engine/core/execution-tree.ts';
import { effectFor, outstanding } from '../../../engine/core/outstanding.ts';
import type { World } from '../../../engine/core/world.ts';
import { checkWorkflows } from '../../../engine/language/check-definitions.ts';
import type { WorkflowDefinition } from '../../../engine/language/definition.ts';
import type { Command } from '../../../engine/model/commands.ts';
import type { Effect } from '../../../engine/model/effects.ts';
import type { Commit } from '../../../engine/model/events.ts';
import type { DefinitionId, WorkflowExecutionId } from '../../../engine/model/ids.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import type { ActionExecution, TaskExecution } from '../../../engine/model/records.ts';
import { isCompleted } from '../../../engine/model/states.ts';

/**
 * The core without a machine: time stands still until nothing else is left to do, ids count up, and the real actions are
 * run in turn. What happens is therefore the same every time.
 */
export class Simulation {
  readonly commits: Commit[] = [];
  readonly rootId: WorkflowExecutionId;
  tree: ExecutionTree;
  now = 1_700_000_000_000;
  private readonly definitions: ReadonlyMap<string, WorkflowDefinition>;
  private readonly text: string;
  private readonly prefix: string;
  private ids = 0;

  /** @param prefix of all ids: two simulations that meet need different ones */
  constructor(text: string, prefix = '00000000') {
    const { workflows, problems } = checkWorkflows(text);
    if (problems.length > 0) throw new Error(problems.map((each) => `${each.line}: ${each.message}`).join('\n'));
    this.text = text;
    this.definitions = new Map(workflows.map((each) => [each.definition.name, each.definition]));
    this.prefix = prefix;
    this.rootId = `${prefix}-root` as WorkflowExecutionId;
    this.tree = emptyTree(this.rootId);
  }

  start(workflow: string, input: JsonObject = {}, params: JsonObject = {}): Verdict {
    const command = { type: 'StartWorkflow', id: this.rootId, workflow, namespace: '', input, params } as const;
    return this.command({ ...command, description: '' });
  }

  command(command: Command): Verdict {
    const verdict = decide(this.tree, command, this.world());
    if (verdict.type === 'decided' && verdict.events.length > 0) {
      this.commits.push({ at: this.now, events: verdict.events });
      this.tree = verdict.tree;
    }
    return verdict;
  }

  /** Does one thing that is owed: runs an action, or lets the next time come. False when nothing is left to do. */
  step(): boolean {
    const [action] = [...this.tree.running, ...this.tree.waiting];
    const key = action === undefined ? 'continue' : `action:${action}`;
    const next = effectFor(this.tree, key) ?? soonest(outstanding(this.tree));
    if (next === undefined) return false;
    switch (next.type) {
      case 'continue':
        this.command({ type: 'Continue' });
        return true;
      case 'awaitTimer':
        this.now = Math.max(this.now, next.timer.dueAt);
        this.command({ type: 'FireTimer', id: next.timer.id });
        return true;
      case 'beginAction':
        this.command({ type: 'BeginAction', id: next.action.id });
        return true;
      case 'runAction': {
        const { runs, id } = next.action;
        const { signal } = new AbortController();
        const context = {
          signal,
          actionId: id,
          origin: null,
          refusesLocalAddresses: false,
          desktop: null,
          maskText: () => plainText,
          progress: () => {},
          log: () => {},
        };
        const result = actions.get(runs.name)?.run(runs.input, context);
        if (result === undefined || result instanceof Promise) throw new Error(`${runs.name} cannot be simulated`);
        this.command({ type: 'CompleteAction', id, result });
        return true;
      }
      default:
        return next satisfies never;
    }
  }

  /** Goes on until nothing is left to do. @throws when it does not come to an end */
  run(limit = 200_000): this {
    for (let steps = 0; this.step(); steps++)
      if (steps > limit) throw new Error('The execution does not come to an end.');
    return this;
  }

  /** Goes on to the end, resuming it as soon as it is paused: no time passes meanwhile. */
  runAndResume(limit = 10_000): this {
    for (let steps = 0; steps < limit; steps++) if (!this.stepOrResume()) return this;
    throw new Error('The execution does not come to an end.');
  }

  /** Does one thing that is owed, or resumes the execution when it is paused. False when nothing is left to do. */
  stepOrResume(): boolean {
    if (this.root.state !== 'PAUSED') return this.step();
    this.drain();
    if (this.root.state === 'PAUSED') this.command({ type: 'ResumeExecution', id: this.rootId, env: null });
    return true;
  }

  /** The actions that somebody outside has to complete, in the order in which they began. */
  get awaited(): readonly ActionExecution[] {
    const open = [...this.tree.actions.values()].filter(({ isSync, state }) => !isSync && !isCompleted(state));
    return open.sort((a, b) => a.order - b.order);
  }

  /** Goes on until only time has to pass. */
  drain(limit = 10_000): this {
    const isLeft = (): boolean => outstanding(this.tree).some((effect) => effect.type !== 'awaitTimer');
    for (let steps = 0; isLeft(); steps++) {
      if (steps > limit) throw new Error('The execution does not come to rest.');
      this.step();
    }
    return this;
  }

  get root() {
    return workflowIn(this.tree, this.rootId);
  }

  tasks(name?: string): readonly TaskExecution[] {
    return tasksIn(this.tree, this.rootId).filter((task) => name === undefined || task.name === name);
  }

  /** The tree that the commits lead to. */
  replay(commits: readonly Commit[] = this.commits): ExecutionTree {
    return commits.reduce((tree, { at, events }) => applyAll(tree, events, at), emptyTree(this.rootId));
  }

  private world(): World {
    return {
      now: this.now,
      newId: () => `${this.prefix}-${String(++this.ids).padStart(6, '0')}`,
      random: () => 0.5,
      definition: (_id, _text, name) => this.definition(name),
      findWorkflow: (name, namespace) => {
        const definition = this.definitions.get(name);
        if (definition === undefined) return null;
        const definitionId = 'the-text' as DefinitionId;
        const source = { kind: 'workflow', text: this.text } as const;
        return { name, namespace, workbook: null, definitionId, source, definition };
      },
      findAction: (name) => {
        const action = actions.get(name);
        if (action === undefined) return null;
        const { isSync, isPure } = action;
        return { type: 'built-in', name, isSync, isPure, checkInput: (input) => checkInput(action, input) };
      },
      environment: () => null,
    };
  }

  definition(name: string): WorkflowDefinition {
    const definition = this.definitions.get(name);
    if (definition === undefined) throw new Error(`no workflow ${name}`);
    return definition;
  }
}

function soonest(effects: readonly Effect[]): Effect | undefined {
  return effects
    .filter((effect) => effect.type === 'awaitTimer')
    .sort((a, b) => a.timer.dueAt - b.timer.dueAt || (a.key < b.key ? -1 : 1))[0];
}
